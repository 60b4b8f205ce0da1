//! What hardly any of many has.

use std::fmt::Debug;
use std::ops::{Deref, DerefMut};

/// What only some of a great many have. Reads and changes like the value itself, and takes room only where there is
/// something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rare<T>(Option<Box<T>>);

/// What can be nothing at all.
pub trait Blank: Debug + Default + PartialEq + 'static {
    /// Nothing at all, which is what the default is.
    fn blank() -> &'static Self;
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Blank> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::blank()).then(|| value.into()))
    }
}

impl<T: Blank> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::blank())
    }
}

impl<T: Blank> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}
