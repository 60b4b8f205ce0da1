//! Addresses: absolute where something says from where, and otherwise as they were written.

use url::Url;

/// Where relative links start.
#[derive(Debug, Clone, Default)]
pub(super) struct Base(Option<Url>);

impl Base {
    /// An address that links can start from; the name of a file is none.
    pub(super) fn new(address: &str) -> Base {
        let url = Url::parse(address.trim()).ok();
        Base(url.filter(|url| url.has_host()))
    }

    /// Whether anything is known.
    pub(super) fn known(&self) -> bool {
        self.0.is_some()
    }

    /// What `xml:base` makes of it.
    pub(super) fn join(&self, base: &str) -> Base {
        let joined = match &self.0 {
            Some(url) => url.join(base.trim()).ok(),
            None => Url::parse(base.trim()).ok(),
        };
        match joined.filter(|url| matches!(url.scheme(), "http" | "https" | "ftp" | "file")) {
            Some(url) => Base(Some(url)),
            None => self.clone(),
        }
    }

    /// A link, absolute if it can be. One that is absolute stays as it was written, to the letter.
    pub(super) fn resolve(&self, link: &str) -> String {
        let link = link.trim();
        if scheme(link).is_some() || link.is_empty() {
            return link.to_owned();
        }
        match self.0.as_ref().and_then(|base| base.join(link).ok()) {
            Some(url) => url.to_string(),
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
