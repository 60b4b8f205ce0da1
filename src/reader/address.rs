//! Addresses: absolute where something says from where, and otherwise as they were written.

use super::limits;
use std::cell::Cell;
use std::rc::Rc;
use url::Url;

/// Where relative links start.
#[derive(Debug, Clone)]
pub(super) struct Base {
    url: Option<Rc<Url>>,
    /// How much all links of the feed may still grow.
    left: Rc<Cell<usize>>,
}

impl Default for Base {
    fn default() -> Self {
        Base {
            url: None,
            left: Rc::new(Cell::new(limits::GROWTH)),
        }
    }
}

impl Base {
    /// An address that links can start from; the name of a file is none.
    pub(super) fn new(address: &str) -> Base {
        Base::default().join(address)
    }

    /// Whether anything is known.
    pub(super) fn known(&self) -> bool {
        self.url.is_some()
    }

    /// What `xml:base` makes of it.
    pub(super) fn join(&self, base: &str) -> Base {
        let base = base.trim();
        let joined = match &self.url {
            _ if base.len() > limits::ADDRESS => None,
            Some(url) => url.join(base).ok(),
            None => Url::parse(base).ok(),
        };
        let joined = joined.filter(|url| url.has_host() && url.as_str().len() <= limits::ADDRESS);
        Base {
            url: joined.map(Rc::new).or_else(|| self.url.clone()),
            left: self.left.clone(),
        }
    }

    /// A link, absolute if it can be. One that is absolute stays as it was written, to the letter.
    pub(super) fn resolve(&self, link: &str) -> String {
        let link = link.trim();
        if scheme(link).is_some() || link.is_empty() {
            return link.to_owned();
        }
        let Some(url) = self.url.as_ref().and_then(|base| base.join(link).ok()) else {
            return link.to_owned();
        };
        let grown = url.as_str().len().saturating_sub(link.len());
        match self.left.get().checked_sub(grown) {
            Some(left) => {
                self.left.set(left);
                url.into()
            }
            None => link.to_owned(),
        }
    }
}

/// The scheme of an absolute address, as it was written.
pub(super) fn scheme(link: &str) -> Option<&str> {
    let (scheme, _) = link.split_once(':')?;
    let mut letters = scheme.chars();
    let begins = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let rest = letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (begins && rest).then_some(scheme)
}

/// Whether following it would run something. Browsers pass over spaces and control characters in a scheme.
pub(super) fn runs(link: &str) -> bool {
    let bare: String = link
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(16)
        .collect::<String>()
        .to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:", "livescript:"]
        .iter()
        .any(|scheme| bare.starts_with(scheme))
}
