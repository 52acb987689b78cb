//! Progress of long steps, shown on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;
use yicha::explain::Lang;

/// Shows what is being done. Nothing is shown where there is no terminal.
pub struct Progress {
    lang: Lang,
    shown: bool,
}

impl Progress {
    /// Shows progress on standard error.
    pub const fn shown(lang: Lang) -> Self {
        Self { lang, shown: true }
    }

    /// Shows nothing.
    pub const fn hidden() -> Self {
        Self { lang: Lang::En, shown: false }
    }

    /// Does one thing of unknown length.
    pub fn step<T>(&self, zh: &str, en: &str, work: impl FnOnce() -> T) -> T {
        let bar = self.bar(0, "{spinner} {msg} {elapsed}", zh, en);
        bar.enable_steady_tick(Duration::from_millis(80));
        let answer = work();
        bar.finish_and_clear();
        answer
    }

    /// Does many things of a kind; `work` calls the given function after each.
    pub fn many<T>(
        &self,
        count: usize,
        zh: &str,
        en: &str,
        work: impl FnOnce(&dyn Fn()) -> T,
    ) -> T {
        let bar = self.bar(count as u64, "{msg} {wide_bar} {pos}/{len} {eta}", zh, en);
        let answer = work(&|| bar.inc(1));
        bar.finish_and_clear();
        answer
    }

    fn bar(&self, count: u64, template: &str, zh: &str, en: &str) -> ProgressBar {
        let target =
            if self.shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(count), target);
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(self.lang.pick(zh, en).to_owned());
        bar
    }
}
