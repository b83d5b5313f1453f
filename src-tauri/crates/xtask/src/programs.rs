//! The test programs of the workspace: built by cargo, and run by whoever asked for them, where cargo itself would
//! run them as they are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::sh::Sh;

/// One test program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestProgram {
    /// As cargo names the target: `api`, `store`, `bukutamu-server`.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// The package's folder, in which cargo would start it.
    pub(crate) folder: PathBuf,
}

/// Builds the test programs that cargo's arguments choose; the documentation's examples are not among them.
pub(crate) fn build(sh: &Sh, args: &str) -> Result<Vec<TestProgram>> {
    let command = sh.cargo("test --no-run --locked --message-format=json-render-diagnostics");
    let messages = command.args(args.split_whitespace()).quiet().read().context("the tests do not build")?;
    messages.lines().filter_map(|message| read(message).transpose()).collect()
}

/// What cargo says of a program that it has built; it says other things too.
fn read(message: &str) -> Result<Option<TestProgram>> {
    let Ok(message) = serde_json::from_str::<Message>(message) else { return Ok(None) };
    let (Some(path), true) = (message.executable, message.profile.test) else { return Ok(None) };
    let folder = message.manifest_path.parent().map(Path::to_path_buf);
    let folder = folder.context("cargo names a package that is in no folder")?;
    Ok(Some(TestProgram { name: message.target.name, path, folder }))
}

/// `compiler-artifact`, the one kind with these fields.
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
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/a/tests/Cargo.toml","target":{{"name":"api"}},"profile":{{"test":{test}}},"executable":{executable}}}"#
            )
        };
        let program = TestProgram { name: "api".into(), path: "/a/api-1".into(), folder: "/a/tests".into() };
        assert_eq!(read(&artifact(true, r#""/a/api-1""#)).unwrap(), Some(program));
        assert_eq!(read(&artifact(false, r#""/a/server""#)).unwrap(), None, "a program, not its tests");
        assert_eq!(read(&artifact(true, "null")).unwrap(), None, "a library, checked only");
        assert_eq!(read(r#"{"reason":"build-finished","success":true}"#).unwrap(), None);
    }
}
