//! Erases the progress bar when a run is interrupted.

use indicatif::ProgressBar;

/// Erases the bar when the user or the system ends the run. The run then ends by the signal, as it
/// would have otherwise.
#[cfg(unix)]
pub fn erase_when_interrupted(bar: &ProgressBar) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let bar = bar.clone();
    // If the thread cannot be started, a line of the bar remains on the screen. The thread is what
    // catches the signals, so without it they still end the run.
    let _ = std::thread::Builder::new().spawn(move || {
        let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
        for signal in signals.forever() {
            if !bar.is_finished() {
                bar.finish_and_clear();
            }
            let _ = emulate_default_handler(signal);
        }
    });
}

/// Does nothing. On this system, a line of the bar remains on the screen.
#[cfg(not(unix))]
pub fn erase_when_interrupted(_: &ProgressBar) {}
