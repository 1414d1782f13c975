//! Work on many threads that gives the same result as on one: blocks use what they share in the order of their numbers.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Something that block after block changes, each in its turn.
pub struct Turn<T> {
    state: Mutex<State<T>>,
    moved: Condvar,
}

struct State<T> {
    /// Whose turn it is.
    next: u64,
    stopped: bool,
    shared: T,
}

/// Another block could not be made; there is no use in going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl<T> Turn<T> {
    pub fn new(shared: T) -> Turn<T> {
        Turn { state: Mutex::new(State { next: 0, stopped: false, shared }), moved: Condvar::new() }
    }

    /// Waits until all blocks before `block` have been here, and does `work`.
    ///
    /// # Errors
    /// [`Stopped`] where [`stop`](Turn::stop) was called: the turn may never come.
    pub fn take<R>(&self, block: u64, work: impl FnOnce(&mut T) -> R) -> Result<R, Stopped> {
        let mut state = self.lock();
        while state.next != block && !state.stopped {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped {
            return Err(Stopped);
        }
        let done = work(&mut state.shared);
        state.next += 1;
        self.moved.notify_all();
        Ok(done)
    }

    /// Sends all away who wait.
    pub fn stop(&self) {
        self.lock().stopped = true;
        self.moved.notify_all();
    }

    /// What it has become.
    pub fn into_inner(self) -> T {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).shared
    }

    /// A thread that panicked stops the others as well; what it left is not used.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_come_in_order_whatever_the_threads_do() {
        let turn = Turn::new(Vec::new());
        std::thread::scope(|scope| {
            for thread in 0..4_u64 {
                let turn = &turn;
                scope.spawn(move || {
                    for round in 0..50 {
                        let block = round * 4 + 3 - thread;
                        turn.take(block, |seen| seen.push(block)).unwrap();
                    }
                });
            }
        });
        assert_eq!(turn.into_inner(), (0..200).collect::<Vec<u64>>());
    }

    #[test]
    fn who_waits_is_sent_away() {
        let turn = Turn::new(());
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| turn.take(1, |()| ()));
            turn.stop();
            assert_eq!(waiting.join().unwrap(), Err(Stopped));
        });
    }
}
