//! Role guides, and the page of the search.

use super::Site;
use super::context::*;
use super::page_head;
use super::pages::{Made, Maker};
use super::shape::Shape;
use crate::model::Role;

/// The list of guides.
const ROLES: &str = "roles/";

/// The page of the search.
const SEARCH: &str = "search/";

/// Its script, below the root.
const SCRIPT: &str = "search.js";

impl Maker<'_> {
    pub fn roles(&self, out: &mut Vec<u8>) -> Made {
        let shape = self.shape(ROLES);
        let cards = self.view.roles.iter().map(|seen| RoleCard {
            title: seen.role.title.clone(),
            href: shape.href(&seen.path),
            summary: seen.role.summary.clone(),
            ways: ways(&shape, seen.role),
            language: foreign(seen.role, self.site()),
        });
        let it = RolesPage {
            roles: cards.collect(),
        };
        let words = &self.site().words;
        let (title, about) = (words.get("roles"), words.get("roles_about"));
        let mut head = page_head(self.site(), "roles", ROLES, title, about);
        head.feeds = self.feeds(&shape, &[]);
        self.finish(
            "roles/index.html",
            "roles.html",
            head,
            &it,
            shape.diags,
            out,
        )
    }

    pub fn role(&self, index: usize, out: &mut Vec<u8>) -> Made {
        let seen = &self.view.roles[index];
        let role = seen.role;
        let mut shape = self.shape(&seen.path);
        let programmes = seen.programmes.iter().map(|index| {
            let programme = &self.view.programmes[*index];
            Link {
                title: programme.title.to_owned(),
                href: shape.href(&programme.path),
            }
        });
        let programmes = programmes.collect();
        let it = RolePage {
            title: role.title.clone(),
            summary: role.summary.clone(),
            guide: shape.guide(&role.body),
            ways: ways(&shape, role),
            programmes,
            language: foreign(role, self.site()),
        };
        let mut head = page_head(self.site(), "role", &seen.path, &role.title, &role.summary);
        // Who looks after nothing here has no feed.
        let own = (!seen.programmes.is_empty()).then_some((&*seen.path, &*role.title));
        head.feeds = self.feeds(&shape, own.as_slice());
        let file = format!("{}index.html", seen.path);
        self.finish(&file, "role.html", head, &it, shape.diags, out)
    }

    /// The guides for whoever looks after a programme.
    pub fn roles_of(&self, shape: &Shape, programme: usize) -> Vec<Link> {
        let guides = self.view.roles.iter();
        guides
            .filter(|seen| seen.programmes.contains(&programme))
            .map(|seen| Link {
                title: seen.role.title.clone(),
                href: shape.href(&seen.path),
            })
            .collect()
    }

    pub fn search(&self, out: &mut Vec<u8>) -> Made {
        let shape = self.shape(SEARCH);
        let it = SearchPage {
            script: shape.href(SCRIPT),
            months: self.archive_months(&shape),
        };
        let words = &self.site().words;
        let (title, about) = (words.get("search"), words.get("search_about"));
        let mut head = page_head(self.site(), "search", SEARCH, title, about);
        head.feeds = self.feeds(&shape, &[]);
        self.finish(
            "search/index.html",
            "search.html",
            head,
            &it,
            shape.diags,
            out,
        )
    }
}

fn ways(shape: &Shape, role: &Role) -> Vec<String> {
    role.ways.iter().map(|kind| shape.kind(kind.name)).collect()
}

/// The language of a guide, where it is another than the site's.
fn foreign(role: &Role, site: &Site) -> Option<String> {
    let written = role.language.as_ref().unwrap_or(&site.written_in);
    site.other_language(written)
}
