//! A list that many hold and hardly anybody changes.

use std::ops::Deref;
use std::sync::Arc;

/// A list that is held, not copied, by whoever clones it: an activity's sections stand in the library, in the plan of
/// each of its runs and in what is seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared<T>(Arc<[T]>);

impl<T: Clone> Shared<T> {
    /// Leaves out what is not wanted. Where nothing is left out it stays shared.
    pub fn retain(&mut self, wanted: impl Fn(&T) -> bool) {
        if !self.iter().all(&wanted) {
            *self = self.iter().filter(|one| wanted(one)).cloned().collect();
        }
    }
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Deref for Shared<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> From<Vec<T>> for Shared<T> {
    fn from(list: Vec<T>) -> Self {
        Self(list.into())
    }
}

impl<T> FromIterator<T> for Shared<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

impl<'a, T> IntoIterator for &'a Shared<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
