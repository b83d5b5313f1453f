//! Unix: the mode gives group and others no rights.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

/// What group and others may do.
const OTHERS: u32 = 0o077;

pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

pub(crate) fn is_restricted(path: &Path) -> io::Result<bool> {
    Ok(mode(path)? & OTHERS == 0)
}

pub(crate) fn restrict(path: &Path) -> io::Result<()> {
    let mode = mode(path)? & !OTHERS;
    fs::set_permissions(path, Permissions::from_mode(mode))
}

fn mode(path: &Path) -> io::Result<u32> {
    Ok(fs::metadata(path)?.permissions().mode())
}
