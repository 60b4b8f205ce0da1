//! The shared layouts inside the binary, so that an empty repository has pages. `tests/tidy.rs` holds that
//! every file of `layouts/` stands here.

/// Name below `layouts/`, and text.
pub static LAYOUTS: &[(&str, &str)] = &[
    ("any.js", include_str!("../../layouts/any.js")),
    (
        "archive-kind.html",
        include_str!("../../layouts/archive-kind.html"),
    ),
    (
        "archive-month.html",
        include_str!("../../layouts/archive-month.html"),
    ),
    ("archive.html", include_str!("../../layouts/archive.html")),
    ("base.html", include_str!("../../layouts/base.html")),
    ("board.html", include_str!("../../layouts/board.html")),
    ("brief.html", include_str!("../../layouts/brief.html")),
    ("calendar.html", include_str!("../../layouts/calendar.html")),
    ("catch-up.html", include_str!("../../layouts/catch-up.html")),
    ("channel.html", include_str!("../../layouts/channel.html")),
    ("changes.html", include_str!("../../layouts/changes.html")),
    (
        "communities.html",
        include_str!("../../layouts/communities.html"),
    ),
    ("connect.html", include_str!("../../layouts/connect.html")),
    (
        "connect-sheet.html",
        include_str!("../../layouts/connect-sheet.html"),
    ),
    (
        "definition.html",
        include_str!("../../layouts/definition.html"),
    ),
    ("duties.html", include_str!("../../layouts/duties.html")),
    ("embed.css", include_str!("../../layouts/embed.css")),
    ("embed.html", include_str!("../../layouts/embed.html")),
    ("embed.js", include_str!("../../layouts/embed.js")),
    ("embeds.html", include_str!("../../layouts/embeds.html")),
    ("home.html", include_str!("../../layouts/home.html")),
    ("intake.html", include_str!("../../layouts/intake.html")),
    ("minutes.html", include_str!("../../layouts/minutes.html")),
    (
        "not-found.html",
        include_str!("../../layouts/not-found.html"),
    ),
    ("notice.html", include_str!("../../layouts/notice.html")),
    (
        "occurrence.html",
        include_str!("../../layouts/occurrence.html"),
    ),
    ("on-now.html", include_str!("../../layouts/on-now.html")),
    (
        "participant-card.html",
        include_str!("../../layouts/participant-card.html"),
    ),
    (
        "parts/duties.html",
        include_str!("../../layouts/parts/duties.html"),
    ),
    (
        "parts/rows.html",
        include_str!("../../layouts/parts/rows.html"),
    ),
    ("plan.html", include_str!("../../layouts/plan.html")),
    (
        "programme.html",
        include_str!("../../layouts/programme.html"),
    ),
    ("propose.html", include_str!("../../layouts/propose.html")),
    ("redirect.html", include_str!("../../layouts/redirect.html")),
    ("role.html", include_str!("../../layouts/role.html")),
    ("roles.html", include_str!("../../layouts/roles.html")),
    ("run.html", include_str!("../../layouts/run.html")),
    ("search.html", include_str!("../../layouts/search.html")),
    ("search.js", include_str!("../../layouts/search.js")),
    ("sheet.html", include_str!("../../layouts/sheet.html")),
    (
        "shelf-week.html",
        include_str!("../../layouts/shelf-week.html"),
    ),
    ("shelf.html", include_str!("../../layouts/shelf.html")),
    ("shelves.html", include_str!("../../layouts/shelves.html")),
    ("skeleton.html", include_str!("../../layouts/skeleton.html")),
    (
        "speaker-card.html",
        include_str!("../../layouts/speaker-card.html"),
    ),
    (
        "strings/en.yaml",
        include_str!("../../layouts/strings/en.yaml"),
    ),
    (
        "strings/pt.yaml",
        include_str!("../../layouts/strings/pt.yaml"),
    ),
    ("style.css", include_str!("../../layouts/style.css")),
    ("team.css", include_str!("../../layouts/team.css")),
    ("team.html", include_str!("../../layouts/team.html")),
];
