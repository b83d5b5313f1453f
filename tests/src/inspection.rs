//! What every screen is held to, in whichever window it stands: axe-core finds nothing, nothing sticks out, no text stands on another
//! and none is cut off.

use std::{fs, path::Path};

use serde_json::json;

use crate::{Page, page::pause, within};

/// axe-core, as the pages' own tools bring it.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");

/// What stands on something else, and what goes on behind an edge: a line for each.
const OVERLAP: &str = include_str!("inspection/overlap.js");
const CUT: &str = include_str!("inspection/cut.js");

/// How light a screen is, and what its picture's name ends with.
pub const THEMES: [(&str, &str); 2] = [("light", ""), ("dark", "-gelap")];

/// Whether this machine has axe-core.
pub fn is_there() -> bool {
    Path::new(AXE).exists()
}

impl Page {
    /// Once nothing moves but what always does, and every letter is in its own font.
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
        // What a theme changes is colour; the rest was said of the light one.
        let run = "const [options, done] = arguments;
            axe.run(document, options).then(
                ({ violations }) => done(violations.map(({ id, help, nodes }) =>
                    `${id}: ${help}\\n` + nodes.map(({ html, any }) => `    ${html.slice(0, 200)}  ${any.map((one) => one.message).join('; ')}`).join('\\n'))),
                (error) => done([String(error)]));";
        let options = match theme {
            "dark" => json!({ "runOnly": ["color-contrast"], "resultTypes": ["violations"] }),
            _ => json!({ "resultTypes": ["violations"] }),
        };
        let found = self.driver.execute_async(run, vec![options]).await.expect("axe-core runs");
        let found: Vec<String> = found.convert().expect("a list");
        assert!(found.is_empty(), "{name}, {theme}: axe-core finds\n{}", found.join("\n"));
    }

    /// No text and no control may stand on another one, and no text may go on behind an edge.
    pub async fn assert_legible(&self, name: &str) {
        for (what, look) in [("stands on something else", OVERLAP), ("is cut off", CUT)] {
            let found = self.driver.execute(look, Vec::new()).await.expect("the page is asked");
            let found: Vec<String> = found.convert().expect("a list");
            assert!(found.is_empty(), "{name}: {what}:\n{}", found.join("\n"));
        }
    }

    /// Nothing may stick out of the window.
    pub async fn assert_inside(&self, name: &str) {
        let out = "const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.body.querySelectorAll('*')]
                .filter((one) => one.getBoundingClientRect().right > wide + 1)
                .map((one) => `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className} ends at ${Math.round(one.getBoundingClientRect().right)}`)
                .slice(0, 8)";
        // Not `ask`: a question that fails must not pass for an answer.
        let out = self.driver.execute(out, Vec::new()).await.expect("the page is asked");
        let out: Vec<String> = out.convert().expect("a list");
        assert!(out.is_empty(), "{name}: sticks out of the window:\n{}", out.join("\n"));
    }
}
