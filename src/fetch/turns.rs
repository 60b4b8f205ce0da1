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
    also: Option<Box<Turn<'t>>>,
}

impl<'t> Turn<'t> {
    /// Whose turn this is.
    pub fn of(&self) -> &str {
        &self.of
    }

    /// Holds another turn as long as this one.
    pub fn also(&mut self, other: Turn<'t>) {
        self.also = Some(Box::new(other));
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
        let count = taken.entry(of.to_owned()).or_default();
        (*count < most).then(|| {
            *count += 1;
            Turn {
                turns: self,
                of: of.to_owned(),
                also: None,
            }
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

    /// Takes the first of the waiting whose host has a turn; waits if there are some and none has. `None`
    /// when nobody is left.
    pub fn next<'t, T>(&'t self, waiting: &Mutex<VecDeque<(String, T)>>) -> Option<(T, Turn<'t>)> {
        let mut taken = self.held();
        loop {
            {
                let queue = waiting.lock();
                let mut queue = queue.unwrap_or_else(|poisoned| poisoned.into_inner());
                if queue.is_empty() {
                    return None;
                }
                for at in 0..queue.len() {
                    if let Some(turn) = self.take(&mut taken, &queue[at].0) {
                        let (_, found) = queue.remove(at)?;
                        return Some((found, turn));
                    }
                }
            }
            let waited = self.given_back.wait(taken);
            taken = waited.unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}
