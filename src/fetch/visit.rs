//! What an answer says about a link: is it there, did it move, do readers have to pay? Pure.

use super::client::Answer;
use super::failure::Failure;
use crate::model::Found;

/// What was found, and where it moved or why it could not be reached.
pub type Visited = (Found, Option<String>);

/// What an answer, or its lack, says about a link.
pub fn judge(got: &Result<Answer, Failure>) -> Visited {
    let answer = match got {
        Ok(answer) => answer,
        // Something is there, and it is more than we care to read.
        Err(Failure::TooLarge { .. } | Failure::Packed(_) | Failure::Headers) => {
            return (Found::Well, None);
        }
        Err(failure) => return (Found::Failing, Some(failure.code().to_owned())),
    };
    match answer.status {
        402 => (Found::Paywalled, None),
        401 | 403 | 405 | 406 | 429 | 999 => (Found::Closed, Some(answer.status.to_string())),
        400.. => (Found::Failing, Some(answer.status.to_string())),
        _ if costs_money(&answer.body) => (Found::Paywalled, None),
        _ => match &answer.moved_to {
            Some(to) => (Found::Moved, Some(to.clone())),
            None => (Found::Well, None),
        },
    }
}

/// Whether a page says so in the words that search engines read (schema.org).
fn costs_money(page: &[u8]) -> bool {
    const NAME: &[u8] = b"\"isAccessibleForFree\"";
    let mut places = page.windows(NAME.len()).enumerate();
    places.any(|(at, words)| {
        if words != NAME {
            return false;
        }
        let after = &page[at + NAME.len()..];
        let value = after
            .iter()
            .copied()
            .filter(|b| !b.is_ascii_whitespace() && !matches!(b, b':' | b'"'));
        let value: Vec<u8> = value.take(b"false".len()).collect();
        value.eq_ignore_ascii_case(b"false")
    })
}
