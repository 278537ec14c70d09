//! Long work in the background: named threads, progress, cancel. The only place that makes threads.
//!
//! A task is a closure that gets its [`Progress`] and answers with an [`Outcome`]; the workspace takes finished outcomes
//! in [`Workspace::receive`](super::Workspace::receive). In tests tasks run at once, on the spot.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use super::Outcome;

/// The stack of a task in bytes, as the main thread has it: readers of other people's files nest as those do, within bounds.
const STACK: usize = 8 << 20;

/// How far a task is; shared between its thread and the screen.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
    detail: Mutex<String>,
}

impl Progress {
    /// Says how much of how much is done, in any unit.
    pub fn set(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Says what is being worked on.
    pub fn say(&self, detail: impl Into<String>) {
        if let Ok(mut d) = self.detail.lock() {
            *d = detail.into();
        }
    }

    /// What is being worked on.
    pub fn detail(&self) -> String {
        self.detail.lock().map(|d| d.clone()).unwrap_or_default()
    }

    /// From 0 to 1; `None` while the total is not known.
    pub fn fraction(&self) -> Option<f32> {
        let total = self.total.load(Ordering::Relaxed);
        (total > 0).then(|| (self.done.load(Ordering::Relaxed) as f32 / total as f32).min(1.0))
    }

    /// Asks the task to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// A task under way.
#[derive(Clone, Debug)]
pub struct Running {
    /// Tells tasks apart.
    pub number: u64,
    /// What it does, for the status line: `Importing 3 files`.
    pub name: String,
    /// How far it is.
    pub progress: Arc<Progress>,
    /// Whether Cancel makes sense.
    pub can_cancel: bool,
}

type Waker = Arc<dyn Fn() + Send + Sync>;

/// All tasks of the workspace.
pub struct Tasks {
    inline: bool,
    running: Vec<Running>,
    count: u64,
    waker: Option<Waker>,
    sender: Sender<(u64, Outcome)>,
    receiver: Receiver<(u64, Outcome)>,
}

impl Tasks {
    /// On threads of their own.
    pub fn threaded() -> Self {
        let (sender, receiver) = channel();
        Self { inline: false, running: Vec::new(), count: 0, waker: None, sender, receiver }
    }

    /// On the spot, for tests and the command line.
    pub fn inline() -> Self {
        Self { inline: true, ..Self::threaded() }
    }

    /// What to call when a task has finished, so that the screen wakes up.
    pub fn set_waker(&mut self, waker: Waker) {
        self.waker = Some(waker);
    }

    /// Those under way, oldest first.
    pub fn running(&self) -> &[Running] {
        &self.running
    }

    /// Starts one that is not shown and not waited for: a question to the person, who may never answer.
    pub fn start_aside(&mut self, name: impl Into<String>, work: impl FnOnce(&Progress) -> Outcome + Send + 'static) {
        self.start(name, false, work);
        self.running.retain(|t| t.number != self.count);
    }

    /// Starts one. A panic in it is caught and becomes a failure; the program goes on.
    pub fn start(
        &mut self,
        name: impl Into<String>,
        can_cancel: bool,
        work: impl FnOnce(&Progress) -> Outcome + Send + 'static,
    ) {
        self.count += 1;
        let number = self.count;
        let name = name.into();
        let progress = Arc::new(Progress::default());
        self.running.push(Running { number, name: name.clone(), progress: Arc::clone(&progress), can_cancel });
        let sender = self.sender.clone();
        let waker = self.waker.clone();
        let what = name.clone();
        let job = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&progress))).unwrap_or_else(|_| {
                Outcome::Failed(format!("{what} stopped by a fault of the program; nothing was changed"))
            });
            // The receiver is gone only when the program ends.
            let _ = sender.send((number, outcome));
            if let Some(waker) = waker {
                waker();
            }
        };
        if self.inline {
            job();
        } else if let Err(error) = std::thread::Builder::new().name(name.clone()).stack_size(STACK).spawn(job) {
            let _ = self.sender.send((number, Outcome::Failed(format!("{name} could not start: {error}"))));
        }
    }

    /// How far the one that was started last is.
    pub fn latest(&self) -> Option<Arc<Progress>> {
        self.running.last().map(|t| Arc::clone(&t.progress))
    }

    /// Asks one to stop.
    pub fn cancel(&self, number: u64) {
        if let Some(task) = self.running.iter().find(|t| t.number == number) {
            task.progress.cancel();
        }
    }

    /// Waits no more for those of these names, which cannot be stopped: nothing is lost with what they bring.
    pub fn forget(&mut self, names: &[&str]) {
        self.running.retain(|t| !names.contains(&t.name.as_str()));
    }

    /// A finished one, if any; does not wait.
    pub fn finished(&mut self) -> Option<Outcome> {
        let (number, outcome) = self.receiver.try_recv().ok()?;
        self.running.retain(|t| t.number != number);
        Some(outcome)
    }

    /// Waits for the next to finish; `None` where none is under way. For closing the program in order.
    pub fn wait(&mut self) -> Option<Outcome> {
        if self.running.is_empty() {
            return None;
        }
        let (number, outcome) = self.receiver.recv().ok()?;
        self.running.retain(|t| t.number != number);
        Some(outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_a_task_is_a_sentence() {
        let mut tasks = Tasks::threaded();
        tasks.start("Reading x.pdf", true, |_| panic!("third-party reader"));
        let Some(Outcome::Failed(sentence)) = tasks.wait() else { panic!("no outcome") };
        assert!(sentence.starts_with("Reading x.pdf"), "{sentence}");
        assert!(tasks.running().is_empty());
    }
}
