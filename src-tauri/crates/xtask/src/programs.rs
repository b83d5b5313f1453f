//! The test programs of the workspace. cargo builds them, and the caller runs them itself where cargo could not run
//! them as it wants.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::sh::Sh;

/// One test program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestProgram {
    /// The target's name in cargo: `api`, `store`, `bukutamu-server`.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// The package's folder, in which cargo would start the program.
    pub(crate) folder: PathBuf,
}

/// Builds the test programs that cargo's arguments choose, without the documentation's examples.
pub(crate) fn build(sh: &Sh, args: &str) -> Result<Vec<TestProgram>> {
    let command = sh.cargo("test --no-run --locked --message-format=json-render-diagnostics");
    let messages = command.args(args.split_whitespace()).quiet().read().context("the tests do not build")?;
    messages.lines().filter_map(|message| read(message).transpose()).collect()
}

/// Reads a message of cargo about a program that it has built; `None` for other messages.
fn read(message: &str) -> Result<Option<TestProgram>> {
    let Ok(message) = serde_json::from_str::<Message>(message) else { return Ok(None) };
    let (Some(path), true) = (message.executable, message.profile.test) else { return Ok(None) };
    let folder = message.manifest_path.parent().map(Path::to_path_buf);
    let folder = folder.context("cargo names a package that is in no folder")?;
    Ok(Some(TestProgram { name: message.target.name, path, folder }))
}

/// `compiler-artifact`, the only kind of message with these fields.
#[derive(Deserialize)]
struct Message {
    manifest_path: PathBuf,
    target: Target,
    profile: Profile,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tests_is_a_test_program() {
        let artifact = |test: bool, executable: &str| {
            let package = r#""manifest_path":"/a/tests/Cargo.toml","target":{"name":"api"}"#;
            let built = format!(r#""profile":{{"test":{test}}},"executable":{executable}"#);
            format!(r#"{{"reason":"compiler-artifact",{package},{built}}}"#)
        };
        let program = TestProgram { name: "api".into(), path: "/a/api-1".into(), folder: "/a/tests".into() };
        assert_eq!(read(&artifact(true, r#""/a/api-1""#)).unwrap(), Some(program));
        assert_eq!(read(&artifact(false, r#""/a/server""#)).unwrap(), None, "a program, not its tests");
        assert_eq!(read(&artifact(true, "null")).unwrap(), None, "a library, checked only");
        assert_eq!(read(r#"{"reason":"build-finished","success":true}"#).unwrap(), None);
    }
}
