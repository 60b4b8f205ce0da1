//! When two addresses are one: the spelling that does not matter is taken out of them.

use url::Url;

/// Parameters that tell who sent a reader, and nothing about what is read. Others are never touched.
const TRACKING: &[&str] = &[
    "_hsenc",
    "_hsmi",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "twclid",
    "vero_id",
    "wbraid",
    "yclid",
];
/// Beginnings of such parameters.
const TRACKING_BEGINS: &[&str] = &["utm_", "pk_", "piwik_", "mtm_", "hsa_"];

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_BEGINS.iter().any(|begin| name.starts_with(begin))
}

/// An address to follow: as it is, without what only tells who sent the reader. None if it is no web address.
pub fn clean(address: &str) -> Option<String> {
    let mut url = web(address)?;
    let kept: Vec<&str> = url
        .query()
        .unwrap_or("")
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(name(pair)))
        .collect();
    let query = kept.join("&");
    url.set_query((!query.is_empty()).then_some(query.as_str()));
    Some(url.into())
}

/// Whether an address tells who sent the reader.
pub fn is_tracked(address: &str) -> bool {
    web(address).is_some_and(|url| {
        let mut pairs = url.query().unwrap_or("").split('&');
        pairs.any(|pair| is_tracking(name(pair)))
    })
}

/// What all spellings of an address have in common: no scheme, no port that goes without saying, no slash at the
/// end, no place in the page, the parameters in order. None if it is no web address.
pub fn canonical(address: &str) -> Option<String> {
    let mut url = web(&clean(address)?)?;
    // Behind `#!` and `#/` some sites keep which page it is.
    if !url
        .fragment()
        .is_some_and(|place| place.starts_with(['!', '/']))
    {
        url.set_fragment(None);
    }
    if let Some(query) = url.query() {
        let mut pairs: Vec<&str> = query.split('&').collect();
        // Two of one name keep their order, which may mean something.
        pairs.sort_by_key(|pair| name(pair));
        let query = pairs.join("&");
        url.set_query(Some(&query));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    let host = url.host_str()?.trim_end_matches('.');
    // The usual port of the other scheme says no more than none.
    let port = url.port().filter(|port| !matches!(port, 80 | 443));
    let port = port.map_or(String::new(), |port| format!(":{port}"));
    let after =
        |sign: &str, part: Option<&str>| part.map_or(String::new(), |part| format!("{sign}{part}"));
    Some(format!(
        "//{host}{port}{path}{}{}",
        after("?", url.query()),
        after("#", url.fragment())
    ))
}

fn name(pair: &str) -> &str {
    pair.split('=').next().unwrap_or(pair)
}

fn web(address: &str) -> Option<Url> {
    let url = Url::parse(address.trim()).ok()?;
    let good = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none();
    good.then_some(url)
}
