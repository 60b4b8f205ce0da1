//! The names of what can go wrong with a source. `fetch` alone gives them; the tests here show each.

/// Every name that `fetch` gives.
pub const CODES: &[&str] = &[
    "asked-to-wait",
    "bad-packing",
    "bad-redirect",
    "bad-status",
    "broken-answer",
    "feed-gone",
    "feed-moved",
    "headers-too-large",
    "inside-address",
    "no-connection",
    "no-copy",
    "no-trust",
    "not-a-feed",
    "not-saved",
    "page-not-feed",
    "redirect-loop",
    "shelf",
    "too-large",
    "too-many-redirects",
    "too-slow",
    "unknown-host",
];
