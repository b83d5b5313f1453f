//! Windows: an access list gives full rights to the owner, the system and the administrators, and inherits nothing.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::Path,
};

use windows_permissions::{
    Acl, LocalBox, SecurityDescriptor, Sid,
    constants::{AceType, SeObjectType, SecurityInformation},
    utilities::current_process_sid,
    wrappers::{GetNamedSecurityInfo, SetNamedSecurityInfo},
};

/// Who may read a user's profile on Windows anyway: the system, the administrators, and whoever owns or makes a file.
const TRUSTED: [&str; 4] = ["SY", "BA", "OW", "CO"];

pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(path)?;
    restrict(path)
}

pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
    // Nothing is in it yet. If it cannot be restricted, no secret may be written into it.
    if let Err(error) = restrict(path) {
        drop(file);
        let _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(file)
}

pub(crate) fn is_restricted(path: &Path) -> io::Result<bool> {
    let information = SecurityInformation::Dacl | SecurityInformation::Owner;
    let descriptor = GetNamedSecurityInfo(path, SeObjectType::SE_FILE_OBJECT, information)?;
    // If there is no list, everybody may do everything.
    let Some(list) = descriptor.dacl() else { return Ok(false) };
    let user = current_process_sid()?;
    let trusted = TRUSTED.iter().map(|name| name.parse()).collect::<io::Result<Vec<LocalBox<Sid>>>>()?;
    let may_read = |sid: &Sid| {
        *sid == *user || descriptor.owner() == Some(sid) || trusted.iter().any(|trusted| *sid == **trusted)
    };
    Ok(others(list, may_read) == 0)
}

/// How many entries let in somebody who may not read it.
fn others(list: &Acl, may_read: impl Fn(&Sid) -> bool) -> usize {
    let entries = (0..list.len()).filter_map(|index| list.get_ace(index));
    entries
        .filter(|entry| !is_denial(entry.ace_type()) && !entry.mask().is_empty())
        .filter(|entry| !entry.sid().is_some_and(&may_read))
        .count()
}

fn is_denial(kind: AceType) -> bool {
    matches!(
        kind,
        AceType::ACCESS_DENIED_ACE_TYPE
            | AceType::ACCESS_DENIED_CALLBACK_ACE_TYPE
            | AceType::ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE
            | AceType::ACCESS_DENIED_OBJECT_ACE_TYPE
    )
}

/// A folder's list also applies to everything in it.
pub(crate) fn restrict(path: &Path) -> io::Result<()> {
    let inherit = if path.is_dir() { "OICI" } else { "" };
    let user = current_process_sid()?;
    let entries = [user.to_string(), "SY".to_owned(), "BA".to_owned()];
    let entries: String = entries.iter().map(|sid| format!("(A;{inherit};FA;;;{sid})")).collect();
    give(path, &format!("D:P{entries}"))
}

/// Sets an access list that is written in the Security Descriptor Definition Language.
pub(crate) fn give(path: &Path, list: &str) -> io::Result<()> {
    let descriptor: LocalBox<SecurityDescriptor> = list.parse()?;
    let information = SecurityInformation::Dacl | SecurityInformation::ProtectedDacl;
    SetNamedSecurityInfo(path, SeObjectType::SE_FILE_OBJECT, information, None, None, descriptor.dacl(), None)
}
