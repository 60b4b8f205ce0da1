//! Who may ask now: a few at one host at once, a few large answers at once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard};

/// Questions that one host has to answer at once. Browsers ask six; we are in no hurry.
const AT_A_HOST: usize = 2;
/// Large answers that are in memory at once.
const LARGE: usize = 4;
/// No host has this name.
const LARGE_NAME: &str = "";

/// The turns of all hosts.
#[derive(Debug, Default)]
pub struct Turns {
    taken: Mutex<BTreeMap<String, usize>>,
    given_back: Condvar,
}

/// One turn; dropping it gives it back.
#[derive(Debug)]
pub struct Turn<'t> {
    turns: &'t Turns,
    of: String,
}

impl Turn<'_> {
    /// Whose turn this is.
    pub fn of(&self) -> &str {
        &self.of
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut taken = self.turns.held();
        if let Some(count) = taken.get_mut(&self.of) {
            *count -= 1;
        }
        taken.retain(|_, count| *count > 0);
        drop(taken);
        self.turns.given_back.notify_all();
    }
}

impl Turns {
    fn held(&self) -> MutexGuard<'_, BTreeMap<String, usize>> {
        self.taken
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn take<'t>(&'t self, taken: &mut BTreeMap<String, usize>, of: &str) -> Option<Turn<'t>> {
        let most = if of == LARGE_NAME { LARGE } else { AT_A_HOST };
        if taken.get(of).is_some_and(|count| *count >= most) {
            return None;
        }
        *taken.entry(of.to_owned()).or_default() += 1;
        Some(Turn {
            turns: self,
            of: of.to_owned(),
        })
    }

    /// Waits for a turn at a host.
    pub fn wait_for(&self, host: &str) -> Turn<'_> {
        let mut taken = self.held();
        loop {
            if let Some(turn) = self.take(&mut taken, host) {
                return turn;
            }
            let waited = self.given_back.wait(taken);
            taken = waited.unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }

    /// Waits for the turn of a large answer.
    pub fn large(&self) -> Turn<'_> {
        self.wait_for(LARGE_NAME)
    }

    /// Takes one of the waiting whose host has a turn; waits if there are some and none has. `None` when
    /// nobody is left.
    pub fn next<T>(&self, waiting: &Mutex<Waiting<T>>) -> Option<(T, Turn<'_>)> {
        let mut taken = self.held();
        loop {
            {
                let queue = waiting.lock();
                let mut queue = queue.unwrap_or_else(|poisoned| poisoned.into_inner());
                if queue.is_empty() {
                    return None;
                }
                for (host, here) in queue.iter_mut() {
                    if let Some(turn) = self.take(&mut taken, host) {
                        let next = here.pop_front();
                        if here.is_empty() {
                            let host = host.clone();
                            queue.remove(&host);
                        }
                        return Some((next?, turn));
                    }
                }
            }
            let waited = self.given_back.wait(taken);
            taken = waited.unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}

/// Those who wait for a turn, by the host whose turn it is.
pub type Waiting<T> = BTreeMap<String, VecDeque<T>>;
