//! What every screen is held to, in every window: axe-core finds nothing, nothing sticks out, no text stands on another
//! and none is cut off.

use std::{fs, path::Path};

use serde_json::json;

use crate::{Page, page::pause, within};

/// axe-core, from the pages' own tools.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");

/// What stands on something else or goes on behind an edge, one line each.
const OVERLAP: &str = include_str!("inspection/overlap.js");
const CUT: &str = include_str!("inspection/cut.js");

/// Light or dark, and the end of its picture's name.
pub const THEMES: [(&str, &str); 2] = [("light", ""), ("dark", "-gelap")];

/// Whether this machine has axe-core.
pub fn is_there() -> bool {
    Path::new(AXE).exists()
}

impl Page {
    /// Waits until nothing moves but what always does, and every letter is in its own font.
    pub async fn settled(&self) {
        let still = "return document.fonts.status === 'loaded'
            && document.getAnimations().every((one) =>
                one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity)
            && !document.querySelector('.muat, [aria-busy=true]')";
        let settle = async {
            while !self.ask::<bool>(still, Vec::new()).await {
                pause().await;
            }
        };
        within("the screen to settle", settle).await;
    }

    /// axe-core must find nothing.
    pub async fn assert_accessible(&self, name: &str, theme: &str) {
        if !self.ask::<bool>("return 'axe' in window", Vec::new()).await {
            let source = fs::read_to_string(AXE).expect("axe-core can be read");
            self.driver.execute(source, Vec::new()).await.expect("axe-core starts");
        }
        // A theme changes only colours; the light one has shown the rest.
        let run = "const [options, done] = arguments;
            const told = ({ html, any }) =>
                `    ${html.slice(0, 200)}  ${any.map((one) => one.message).join('; ')}`;
            axe.run(document, options).then(
                ({ violations }) => done(violations.map(({ id, help, nodes }) =>
                    `${id}: ${help}\\n` + nodes.map(told).join('\\n'))),
                (error) => done([String(error)]));";
        let options = match theme {
            "dark" => json!({ "runOnly": ["color-contrast"], "resultTypes": ["violations"] }),
            _ => json!({ "resultTypes": ["violations"] }),
        };
        let found = self.driver.execute_async(run, vec![options]).await.expect("axe-core runs");
        let found: Vec<String> = found.convert().expect("a list");
        assert!(found.is_empty(), "{name}, {theme}: axe-core finds\n{}", found.join("\n"));
    }

    /// Asserts that no text and no control stands on another one, and that no text goes on behind an edge.
    pub async fn assert_legible(&self, name: &str) {
        for (what, look) in [("stands on something else", OVERLAP), ("is cut off", CUT)] {
            let found = self.driver.execute(look, Vec::new()).await.expect("the page is asked");
            let found: Vec<String> = found.convert().expect("a list");
            assert!(found.is_empty(), "{name}: {what}:\n{}", found.join("\n"));
        }
    }

    /// Asserts that nothing sticks out of the window.
    pub async fn assert_inside(&self, name: &str) {
        let out = "const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            const right = (one) => one.getBoundingClientRect().right;
            const name = (one) => `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className}`;
            return [...document.body.querySelectorAll('*')]
                .filter((one) => right(one) > wide + 1)
                .map((one) => `${name(one)} ends at ${Math.round(right(one))}`)
                .slice(0, 8)";
        // Not `ask`, because a question that fails must not count as an answer.
        let out = self.driver.execute(out, Vec::new()).await.expect("the page is asked");
        let out: Vec<String> = out.convert().expect("a list");
        assert!(out.is_empty(), "{name}: sticks out of the window:\n{}", out.join("\n"));
    }
}
