//! A keyring as it may behave, and the file that stands in for it.

use std::sync::mpsc;
use std::time::Duration;

use super::keyring::Backend;
use super::*;

const SERVER: &str = "https://192.168.1.10:8443";

fn address(text: &str) -> ServerAddress {
    text.parse().unwrap()
}

fn store(backend: impl Backend, dir: &Path) -> TokenStore {
    let keyring = Keyring::new(Arc::new(backend)).with_time_limit(Duration::from_millis(100));
    let (file, device) = files(Some(dir), "guru").unwrap();
    TokenStore(Arc::new(Place::Keyring { keyring, file, device }))
}

async fn loaded(store: &TokenStore) -> Option<String> {
    store.load().await.unwrap().map(|token| token.expose().to_owned())
}

#[derive(Default)]
struct Works(Mutex<Option<Secret>>);

impl Backend for Works {
    fn load(&self) -> std::result::Result<Option<Secret>, String> {
        Ok(self.0.lock().unwrap().clone())
    }
    fn save(&self, token: &Secret) -> std::result::Result<(), String> {
        *self.0.lock().unwrap() = Some(token.clone());
        Ok(())
    }
    fn clear(&self) -> std::result::Result<(), String> {
        *self.0.lock().unwrap() = None;
        Ok(())
    }
}

struct Absent;

impl Backend for Absent {
    fn load(&self) -> std::result::Result<Option<Secret>, String> {
        Err("no default store".to_owned())
    }
    fn save(&self, _: &Secret) -> std::result::Result<(), String> {
        Err("no default store".to_owned())
    }
    fn clear(&self) -> std::result::Result<(), String> {
        Err("no default store".to_owned())
    }
}

/// Waits for a password that nobody types, until the test is over.
struct Locked(Mutex<mpsc::Receiver<()>>);

impl Locked {
    fn wait<T>(&self) -> std::result::Result<T, String> {
        let _ = self.0.lock().unwrap().recv();
        Err("cancelled".to_owned())
    }
}

impl Backend for Locked {
    fn load(&self) -> std::result::Result<Option<Secret>, String> {
        self.wait()
    }
    fn save(&self, _: &Secret) -> std::result::Result<(), String> {
        self.wait()
    }
    fn clear(&self) -> std::result::Result<(), String> {
        self.wait()
    }
}

#[tokio::test]
async fn a_keyring_that_works_leaves_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(Works::default(), dir.path());
    assert_eq!(loaded(&store).await, None);
    store.save(&"satu".into()).await.unwrap();
    assert_eq!(loaded(&store).await.as_deref(), Some("satu"));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing on disk");
    store.clear().await.unwrap();
    assert_eq!(loaded(&store).await, None);
}

#[tokio::test]
async fn without_a_keyring_a_file_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(Absent, dir.path());
    store.save(&"satu".into()).await.unwrap();
    store.save(&"dua".into()).await.unwrap();
    assert_eq!(loaded(&store).await.as_deref(), Some("dua"));
    store.clear().await.unwrap();
    assert_eq!(loaded(&store).await, None);
}

#[tokio::test]
async fn a_locked_keyring_holds_nobody_up() {
    let dir = tempfile::tempdir().unwrap();
    let (_unlock, locked) = mpsc::channel();
    let store = store(Locked(Mutex::new(locked)), dir.path());
    assert_eq!(loaded(&store).await, None);
    store.save(&"satu".into()).await.unwrap();
    assert_eq!(loaded(&store).await.as_deref(), Some("satu"));
}

#[tokio::test]
async fn a_file_from_before_goes_over_what_the_keyring_still_holds() {
    let dir = tempfile::tempdir().unwrap();
    store(Absent, dir.path()).save(&"baru".into()).await.unwrap();
    let store = store(Works(Mutex::new(Some("lama".into()))), dir.path());
    assert_eq!(loaded(&store).await.as_deref(), Some("baru"));
    store.save(&"lebih baru".into()).await.unwrap();
    assert_eq!(loaded(&store).await.as_deref(), Some("lebih baru"));
}

#[tokio::test]
async fn the_os_keyring_or_its_absence_is_survived() {
    let dir = tempfile::tempdir().unwrap();
    let store = TokenStore::open("uji-coba", &address(SERVER), Some(dir.path())).unwrap();
    store.save(&"satu".into()).await.unwrap();
    assert_eq!(loaded(&store).await.as_deref(), Some("satu"));
    store.clear().await.unwrap();
    assert_eq!(loaded(&store).await, None);
}

#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let inner = dir.path().join("bukutamu");
    let store = TokenStore::file("guru", &address(SERVER), Some(&inner)).unwrap();
    for token in ["satu", "dua"] {
        store.save(&token.into()).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(&inner).unwrap().map(|file| file.unwrap()).collect();
        assert_eq!(files.len(), 1, "no rest of an earlier one");
        assert!(owner_only::is_restricted(&files[0].path()).unwrap());
    }
    assert!(owner_only::is_restricted(&inner).unwrap());
}

#[test]
fn each_server_and_profile_has_its_own_entry() {
    let sidik = |byte: &str| format!("{SERVER}#{}", byte.repeat(32));
    let name = |profile, text: &str| entry_name(profile, &address(text));
    assert_ne!(name("guru", &sidik("AA")), name("guru", &sidik("BB")));
    assert_ne!(name("guru", &sidik("AA")), name("kiosk", &sidik("AA")));
    let moved = sidik("AA").replace("192.168.1.10", "192.168.1.99");
    assert_eq!(name("guru", &sidik("AA")), name("guru", &moved), "the same server at another address");
    assert!(!name("../guru", SERVER).contains(['/', '.']), "a profile stays within its directory");
}

#[test]
fn a_token_is_never_printed() {
    let store = TokenStore::memory();
    if let Place::Memory { token: slot, .. } = &*store.0 {
        *slot.lock().unwrap() = Some("rahasia".into());
    }
    assert!(!format!("{store:?} {:?}", Secret::from("rahasia")).contains("rahasia"));
}
