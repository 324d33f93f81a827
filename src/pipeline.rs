//! Processes blocks on several threads, and delivers the results in order.
//!
//! Each worker reads a block, processes it while it is still in the core's cache, and delivers the
//! result. Reading and delivering each hold a lock and happen in the order of the blocks; the work
//! in between runs in parallel. A pipeline knows nothing about JSON or accounts.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The number of results per worker that may wait for an earlier one.
const MAX_WAITING: usize = 4;

/// Delivers results to the sink in the order of their blocks.
struct Ordered<R, S> {
    /// The number of the block whose result is delivered next.
    due: usize,
    /// The results from block `due` on, `None` for those that are missing.
    waiting: VecDeque<Option<R>>,
    sink: S,
}

struct Source<N> {
    next: N,
    /// The number of blocks read so far.
    count: usize,
    ended: bool,
}

/// Processes every block that `next` returns on up to `jobs` threads, including the calling one,
/// and passes the results to `sink` in the order of the blocks.
///
/// `worker` is called once per thread, and returns the function that processes blocks there. If no
/// more threads can be started, those that there are do the work. Memory is bounded, because only a
/// few results per thread may wait.
///
/// # Errors
///
/// Returns the first error of `next` or `sink`. The blocks read before an error of `next` still
/// reach `sink`.
pub fn run<B, R, E, W>(
    jobs: usize,
    next: impl FnMut() -> Result<Option<B>, E> + Send,
    worker: impl Fn() -> W + Sync,
    sink: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    W: FnMut(usize, B) -> R,
    R: Send,
    E: Send,
{
    run_on(jobs, thread::Builder::new, next, worker, sink)
}

/// Does the work of [`run`], on threads that `builder` builds.
fn run_on<B, R, E, W>(
    jobs: usize,
    builder: impl Fn() -> thread::Builder,
    next: impl FnMut() -> Result<Option<B>, E> + Send,
    worker: impl Fn() -> W + Sync,
    sink: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    W: FnMut(usize, B) -> R,
    R: Send,
    E: Send,
{
    let source = Mutex::new(Source { next, count: 0, ended: false });
    let ordered = Mutex::new(Ordered { due: 0, waiting: VecDeque::new(), sink });
    let advanced = Condvar::new();
    let failure = Mutex::new(None);
    let run_worker = || {
        let mut work = worker();
        let result = loop {
            let (number, block) = match take(&source) {
                Ok(Some(block)) => block,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            };
            let result = work(number, block);
            let turn = lock(&ordered);
            let mut turn = advanced
                .wait_while(turn, |ordered| {
                    number >= ordered.due.saturating_add(jobs * MAX_WAITING)
                })
                .unwrap_or_else(PoisonError::into_inner);
            let delivered = deliver(&mut turn, number, result);
            drop(turn);
            advanced.notify_all();
            if delivered.is_err() {
                break delivered;
            }
        };
        if let Err(error) = result {
            lock(&source).ended = true;
            lock(&failure).get_or_insert(error);
        }
    };
    thread::scope(|scope| {
        for _ in 1..jobs {
            // The system may have no more threads to offer.
            if builder().spawn_scoped(scope, run_worker).is_err() {
                break;
            }
        }
        run_worker();
    });
    lock(&failure).take().map_or(Ok(()), Err)
}

/// A value that each block passes on to the next: what a block must know about earlier ones.
pub struct Relay<T> {
    /// The number of the block whose turn it is, and the value.
    state: Mutex<(usize, T)>,
    advanced: Condvar,
}

impl<T> Relay<T> {
    /// The value for the first block.
    pub const fn new(value: T) -> Self {
        Self { state: Mutex::new((0, value)), advanced: Condvar::new() }
    }

    /// Waits until every block with a lower number has passed the value on, and does so; `step`
    /// returns what it makes of the value, and the value for the next block. Every block must call
    /// this exactly once.
    pub fn pass<R>(&self, number: usize, step: impl FnOnce(&T) -> (R, T)) -> R {
        let state = self.advanced.wait_while(lock(&self.state), |(turn, _)| *turn < number);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        let (result, next) = step(&state.1);
        *state = (number + 1, next);
        drop(state);
        self.advanced.notify_all();
        result
    }
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

/// Stores a result, and passes to the sink every result whose turn has come.
fn deliver<R, E>(
    ordered: &mut Ordered<R, impl FnMut(R) -> Result<(), E>>,
    number: usize,
    result: R,
) -> Result<(), E> {
    if number < ordered.due {
        // The sink has failed, so nothing is delivered anymore.
        return Ok(());
    }
    let index = number - ordered.due;
    if ordered.waiting.len() <= index {
        ordered.waiting.resize_with(index + 1, || None);
    }
    ordered.waiting[index] = Some(result);
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

/// Locks a mutex even if another thread panicked while holding it: the panic itself ends the run.
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
    fn results_arrive_in_the_order_of_the_blocks_on_any_number_of_threads() {
        for jobs in [1, 2, 3, 8] {
            let mut results = Vec::new();
            let slow_when_even = |_, number: u32| {
                if number.is_multiple_of(2) {
                    thread::yield_now();
                }
                number * 2
            };
            let result = run(
                jobs,
                numbers(500),
                || slow_when_even,
                |result| {
                    results.push(result);
                    Ok(())
                },
            );
            assert_eq!(result, Ok(()));
            assert_eq!(
                results,
                (0..500).map(|number| number * 2).collect::<Vec<_>>(),
                "{jobs} threads"
            );
        }
    }

    #[test]
    fn the_calling_thread_does_all_the_work_if_no_other_can_be_started() {
        // More than the address space.
        let too_large = || thread::Builder::new().stack_size(1 << 50);
        assert!(too_large().spawn(|| ()).is_err());
        let mut results = Vec::new();
        let caller = thread::current().id();
        let result = run_on(
            8,
            too_large,
            numbers(500),
            || move |_, number| (number, thread::current().id() == caller),
            |result| {
                results.push(result);
                Ok(())
            },
        );
        assert_eq!(result, Ok(()));
        assert_eq!(results, (0..500).map(|number| (number, true)).collect::<Vec<_>>());
    }

    #[test]
    fn a_failing_sink_ends_the_run_and_receives_nothing_more() {
        let mut results = Vec::new();
        let result = run(
            3,
            numbers(u32::MAX),
            || |_, number| number,
            |number| {
                results.push(number);
                if number == 20 { Err("full".to_owned()) } else { Ok(()) }
            },
        );
        assert_eq!(result, Err("full".to_owned()));
        assert_eq!(results, (0..=20).collect::<Vec<_>>());
    }

    #[test]
    fn blocks_read_before_the_source_fails_still_arrive() {
        let mut count = 0;
        let mut numbers = numbers(10);
        let failing = move || match numbers()? {
            Some(number) => Ok(Some(number)),
            None => Err("gone".to_owned()),
        };
        let result = run(
            2,
            failing,
            || |_, number| number,
            |_| {
                count += 1;
                Ok(())
            },
        );
        assert_eq!(result, Err("gone".to_owned()));
        assert_eq!(count, 10);
    }

    #[test]
    fn a_relay_goes_from_block_to_block_in_their_order() {
        let sum = Relay::new(0);
        let mut sums = Vec::new();
        let end = run(
            3,
            numbers(200),
            || |block, number: u32| sum.pass(block, |sum| (*sum, sum + number)),
            |before| {
                sums.push(before);
                Ok(())
            },
        );
        assert_eq!(end, Ok(()));
        assert_eq!(
            sums,
            (0..200).map(|number: u32| number * number.saturating_sub(1) / 2).collect::<Vec<_>>()
        );
    }
}
