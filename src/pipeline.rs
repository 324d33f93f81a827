//! Blocks of work in order, on several threads.
//!
//! Every worker reads a block itself, works on it while it is still in that core's cache, and hands
//! the result over. Reading and handing over happen under a lock each, in the order of the blocks;
//! the work in between runs in parallel. A pipeline knows nothing of JSON or accounts.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Results that may wait for an earlier one, for each worker.
const WAITING: usize = 4;

/// The results, in the order of their blocks.
struct Ordered<R, S> {
    /// The number of the block whose result comes next.
    due: usize,
    /// Results of later blocks; the first is that of the next block, which is missing.
    waiting: VecDeque<Option<R>>,
    sink: S,
}

struct Source<N> {
    next: N,
    /// Blocks that were read.
    count: usize,
    ended: bool,
}

/// Runs `work` on every block that `next` gives, on `jobs` threads (the calling one is among them),
/// and hands the results to `sink` in the order of the blocks.
///
/// `worker` makes the work of one thread. Memory is bounded: no more than a few results for each
/// thread wait.
///
/// # Errors
///
/// The first error of `next` or `sink`. What was read before an error of `next` still reaches
/// `sink`.
pub fn run<B, R, E, W>(
    jobs: usize,
    next: impl FnMut() -> Result<Option<B>, E> + Send,
    worker: impl Fn() -> W + Sync,
    sink: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    W: FnMut(B) -> R,
    R: Send,
    E: Send,
{
    run_on(jobs, thread::Builder::new, next, worker, sink)
}

/// The same, on threads that `builder` builds.
fn run_on<B, R, E, W>(
    jobs: usize,
    builder: impl Fn() -> thread::Builder,
    next: impl FnMut() -> Result<Option<B>, E> + Send,
    worker: impl Fn() -> W + Sync,
    sink: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    W: FnMut(B) -> R,
    R: Send,
    E: Send,
{
    let source = Mutex::new(Source { next, count: 0, ended: false });
    let ordered = Mutex::new(Ordered { due: 0, waiting: VecDeque::new(), sink });
    let moved = Condvar::new();
    let failure = Mutex::new(None);
    let run_worker = || {
        let mut work = worker();
        let result = loop {
            let (number, block) = match take(&source) {
                Ok(Some(block)) => block,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            };
            let result = work(block);
            let turn = lock(&ordered);
            let mut turn = moved
                .wait_while(turn, |ordered| number >= ordered.due.saturating_add(jobs * WAITING))
                .unwrap_or_else(PoisonError::into_inner);
            let handed = hand_over(&mut turn, number, result);
            drop(turn);
            moved.notify_all();
            if handed.is_err() {
                break handed;
            }
        };
        if let Err(error) = result {
            lock(&source).ended = true;
            lock(&failure).get_or_insert(error);
        }
    };
    thread::scope(|scope| {
        for _ in 1..jobs {
            // Where no more threads can be had, those that there are do the work.
            if builder().spawn_scoped(scope, run_worker).is_err() {
                break;
            }
        }
        run_worker();
    });
    lock(&failure).take().map_or(Ok(()), Err)
}

fn take<B, E>(
    source: &Mutex<Source<impl FnMut() -> Result<Option<B>, E>>>,
) -> Result<Option<(usize, B)>, E> {
    let mut source = lock(source);
    if source.ended {
        return Ok(None);
    }
    match (source.next)() {
        Ok(Some(block)) => {
            source.count += 1;
            Ok(Some((source.count - 1, block)))
        }
        end => {
            source.ended = true;
            end.map(|_| None)
        }
    }
}

/// Puts a result in its place, and gives the sink every result whose turn has come.
fn hand_over<R, E>(
    ordered: &mut Ordered<R, impl FnMut(R) -> Result<(), E>>,
    number: usize,
    result: R,
) -> Result<(), E> {
    if number < ordered.due {
        // An earlier result failed, and no turn comes any more.
        return Ok(());
    }
    let place = number - ordered.due;
    if ordered.waiting.len() <= place {
        ordered.waiting.resize_with(place + 1, || None);
    }
    ordered.waiting[place] = Some(result);
    while let Some(Some(_)) = ordered.waiting.front() {
        ordered.due += 1;
        if let Some(Some(result)) = ordered.waiting.pop_front()
            && let Err(error) = (ordered.sink)(result)
        {
            ordered.due = usize::MAX;
            ordered.waiting.clear();
            return Err(error);
        }
    }
    Ok(())
}

/// A lock that outlives a panic elsewhere: the panic itself ends the run.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(to: u32) -> impl FnMut() -> Result<Option<u32>, String> + Send {
        let mut numbers = 0..to;
        move || Ok(numbers.next())
    }

    #[test]
    fn results_come_in_the_order_of_the_blocks_whatever_the_number_of_threads() {
        for jobs in [1, 2, 3, 8] {
            let mut results = Vec::new();
            let slow_when_even = |number: u32| {
                if number.is_multiple_of(2) {
                    thread::yield_now();
                }
                number * 2
            };
            let end = run(
                jobs,
                numbers(500),
                || slow_when_even,
                |result| {
                    results.push(result);
                    Ok(())
                },
            );
            assert_eq!(end, Ok(()));
            assert_eq!(
                results,
                (0..500).map(|number| number * 2).collect::<Vec<_>>(),
                "{jobs} threads"
            );
        }
    }

    #[test]
    fn where_no_thread_can_be_started_one_thread_does_all_the_work() {
        // More than there are addresses.
        let too_large = || thread::Builder::new().stack_size(1 << 50);
        assert!(too_large().spawn(|| ()).is_err());
        let mut results = Vec::new();
        let own = thread::current().id();
        let end = run_on(
            8,
            too_large,
            numbers(500),
            || move |number| (number, thread::current().id() == own),
            |result| {
                results.push(result);
                Ok(())
            },
        );
        assert_eq!(end, Ok(()));
        assert_eq!(results, (0..500).map(|number| (number, true)).collect::<Vec<_>>());
    }

    #[test]
    fn a_failing_sink_ends_the_run_and_gets_nothing_more() {
        let mut results = Vec::new();
        let end = run(
            3,
            numbers(u32::MAX),
            || |number| number,
            |number| {
                results.push(number);
                if number == 20 { Err("full".to_owned()) } else { Ok(()) }
            },
        );
        assert_eq!(end, Err("full".to_owned()));
        assert_eq!(results, (0..=20).collect::<Vec<_>>());
    }

    #[test]
    fn what_was_read_before_a_failing_source_still_arrives() {
        let mut count = 0;
        let mut numbers = numbers(10);
        let failing = move || match numbers()? {
            Some(number) => Ok(Some(number)),
            None => Err("gone".to_owned()),
        };
        let end = run(
            2,
            failing,
            || |number| number,
            |_| {
                count += 1;
                Ok(())
            },
        );
        assert_eq!(end, Err("gone".to_owned()));
        assert_eq!(count, 10);
    }
}
