//! What holds of every text.

use std::cell::RefCell;
use std::collections::BTreeSet;

use learnflow::markdown::{Links, Options, Target, first_paragraph, html, links, plain, shorten};
use proptest::prelude::*;

/// Remembers what it was asked.
#[derive(Default)]
struct Asked(RefCell<Vec<(String, bool)>>);

impl Links for Asked {
    fn link(&self, href: &str) -> Target {
        self.0.borrow_mut().push((href.to_owned(), false));
        Target::Keep
    }

    fn image(&self, src: &str) -> Target {
        self.0.borrow_mut().push((src.to_owned(), true));
        Target::Keep
    }
}

/// What a page may consist of, written down a second time, without a look at the code.
fn strict() -> ammonia::Builder<'static> {
    let tags = "a abbr aside blockquote br cite code dd del details div dl dt em h2 h3 h4 h5 h6 hr img input ins kbd li \
                mark ol p pre q s section small span strong sub summary sup table tbody td th thead tr ul";
    let attributes = "aria-label checked class dir disabled href id lang open rel role scope start tabindex title type \
                      src alt";
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(tags.split(' ').collect())
        .tag_attributes([].into())
        .generic_attributes(attributes.split_whitespace().collect())
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(None);
    builder
}

/// The values of one attribute in HTML that a serialiser wrote.
fn values<'h>(html: &'h str, start: &'h str) -> impl Iterator<Item = &'h str> {
    html.split(start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

fn scheme(address: &str) -> &str {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    if scheme
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    {
        scheme
    } else {
        ""
    }
}

fn markdownish() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a",
        "B c",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n# ",
        "\n### x {#y}\n",
        "\n    ",
        "\t",
        "*",
        "**",
        "_",
        "`",
        "\n```\n",
        "\n~~~x\"y z\n",
        "[",
        "](",
        ")",
        "](b.md)",
        "](#c)",
        "![",
        "](d.png)",
        "](javascript:e)",
        "](//f.org)",
        "](http://g.org/?h&i)",
        "](j \"k\")",
        "[^1]",
        "\n[^1]: ",
        "[l]",
        "\n[l]: m.md\n",
        "\n|n|o|\n|-|:-|\n|p|q|\n",
        "|",
        "\n: ",
        "\n- [x] ",
        "\n> [!NOTE]\n> ",
        "<",
        ">",
        "&",
        "&lt;",
        "&#10;",
        "&nbsp;",
        "\"",
        "'",
        "=",
        "<q>",
        "</q>",
        "<kbd a=b>",
        "</kbd>",
        "<s lang=\"x>\">",
        "</s>",
        "<em>",
        "</em>",
        "<code>",
        "</code>",
        "<details open onclick='z'>",
        "</details>",
        "<summary>",
        "</summary>",
        "<br>",
        "<script>",
        "</script>",
        "<style>",
        "<a href='javascript:r'>",
        "</a>",
        "<img src=x onerror=t>",
        "<svg>",
        "<math>",
        "<!--",
        "-->",
        "<!",
        "<?",
        "<div\n",
        "</div>",
        "<title>",
        "<textarea>",
        "<p>",
        "</p>",
        "<table>",
        "<td>",
        "<li>",
        "<plaintext>",
        "<noscript>",
        "\\",
        "\r\n",
        "\u{0}",
        "\u{a0}",
        "é",
        "船",
        "<u@v.org>",
        "<http://w.org>",
        "<x:y>",
        "\n---\n",
    ]);
    prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat())
}

fn any_source() -> impl Strategy<Value = String> {
    prop_oneof![4 => markdownish(), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_a_safe_page(source in any_source()) {
        let asked = Asked::default();
        let page = html(&source, &Options::default(), &asked);

        let again = strict().clean(&page.html).to_string().replace("&nbsp;", "\u{a0}");
        prop_assert_eq!(&again, &page.html);

        for href in values(&page.html, " href=\"") {
            let scheme = scheme(href).to_ascii_lowercase();
            prop_assert!(["", "http", "https", "mailto"].contains(&scheme.as_str()), "{}", href);
        }
        for src in values(&page.html, " src=\"") {
            prop_assert!(scheme(src).is_empty() && !src.starts_with("//"), "{}", src);
        }

        let ids: Vec<&str> = values(&page.html, " id=\"").collect();
        let set: BTreeSet<&str> = ids.iter().copied().collect();
        prop_assert_eq!(ids.len(), set.len(), "an id twice in {}", page.html);
        for target in values(&page.html, " href=\"#fn") {
            let id = format!("fn{target}");
            prop_assert!(set.contains(id.as_str()), "no {} in {}", id, page.html);
        }

        for finding in &page.findings {
            prop_assert!(source.get(finding.at.clone()).is_some_and(|part| !part.is_empty()), "{:?}", finding);
        }
        let listed: Vec<(String, bool)> = links(&source).into_iter().map(|(_, href, image)| (href, image)).collect();
        for asked in asked.0.into_inner() {
            prop_assert!(listed.contains(&asked), "{:?} was asked for and is not in {:?}", asked, listed);
        }
    }

    #[test]
    fn plain_text_keeps_no_tag(source in markdownish()) {
        // Every `<` that is not a tag's is taken out, so any that is left came from markup.
        let source = source.replace("<q>", "\u{1}").replace("</q>", "\u{2}").replace("<br>", "\u{3}")
            .replace(['<', '>', '`', '~', '\\', '\t'], "").replace("&lt;", "").replace("    ", "")
            .replace('\u{1}', "<q>").replace('\u{2}', "</q>").replace('\u{3}', "<br>");
        let plain = plain(&source);
        prop_assert!(!plain.contains('<'), "{}", plain);
        prop_assert!(!plain.contains("  ") && plain.trim_matches(' ') == plain && !plain.contains(['\n', '\r', '\t']), "{:?}", plain);
    }

    #[test]
    fn the_first_paragraph_is_part_of_the_text(source in any_source()) {
        prop_assert!(plain(&source).contains(&first_paragraph(&source)));
    }

    #[test]
    fn short_texts_are_short(text in "[a-zA-ZäÖ船 ,.!?。”\n-]{0,60}", max in 0_usize..60) {
        let short = shorten(&text, max);
        prop_assert!(short.chars().count() <= max, "{:?}", short);
        let kept = short.trim_end_matches('…');
        prop_assert!(text.trim_start().starts_with(kept), "{:?}", short);
        prop_assert!(short.ends_with('…') || text.trim().chars().count() <= max || short.ends_with(['.', '!', '?', '。', '”']) || max == 0, "{:?}", short);
    }
}
