//! Progress on the terminal: shown only where something takes longer than a second, and never a respondent's value.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is being done now. Silent where standard error is not a terminal.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub fn new(quiet: bool) -> Progress {
        let bar = ProgressBar::new_spinner();
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg} ({elapsed})")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        bar.set_draw_target(match quiet {
            true => ProgressDrawTarget::hidden(),
            false => ProgressDrawTarget::stderr_with_hz(4),
        });
        if !quiet {
            bar.enable_steady_tick(Duration::from_secs(1));
        }
        Progress { bar }
    }

    pub fn step(&self, id: &str) {
        self.bar.set_message(id.to_owned());
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
