//! The audit, as handlers and jobs see it (`store::audit` says how an entry gets into the database).
//!
//! Who acts and from where is known once for each request: a layer opens its [`Scene`], and the extractors that find
//! out who sends it write that down. A handler says what it is about to do, and wraps the store call that does it:
//!
//! ```text
//! let act = Act::new(Aksi::Ubah, Objek::Tamu).on(id.0).of_tamu(id).changes(&before, &after);
//! let tamu = act.record(state.store.tamu().update(id, ubah)).await?;
//! ```
//!
//! The entry is written with the change, or not at all. [`Act::note`] writes one of what changes nothing in the
//! database: somebody looked, or failed to sign in. What an entry tells is made by [`values`], so that no password,
//! hash, token or code stands in one, and of a number the last four digits.

mod keeper;
pub(crate) mod values;

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::{
    IdTamu, Pengguna, Tamu, VisitChange,
    audit::{Aksi, Objek, Pelaku, difference},
};
use serde_json::{Value, json};
use store::{AuditStore, audit::NewAudit};

pub(crate) use self::keeper::{AuditKeeper, Look, follow};
use crate::clock::Clock;

tokio::task_local! {
    static SCENE: Scene;
}

/// Who acts and from where; clones share it.
#[derive(Clone)]
pub(crate) struct Scene {
    clock: Clock,
    alamat: Option<IpAddr>,
    actor: Arc<Mutex<Actor>>,
}

#[derive(Clone, Default)]
struct Actor {
    id: Option<i64>,
    nama: Option<String>,
    role: Option<Pelaku>,
}

impl Scene {
    /// A request from that address, by nobody yet.
    pub(crate) fn of_request(clock: Clock, alamat: IpAddr) -> Self {
        Self { clock, alamat: Some(alamat), actor: Arc::default() }
    }

    /// What the program does by itself.
    pub(crate) fn of_system(clock: Clock) -> Self {
        let actor = Actor { role: Some(Pelaku::Sistem), ..Actor::default() };
        Self { clock, alamat: None, actor: Arc::new(Mutex::new(actor)) }
    }

    /// Does the work on this scene.
    pub(crate) async fn play<T>(self, work: impl Future<Output = T>) -> T {
        SCENE.scope(self, work).await
    }

    fn actor(&self) -> Actor {
        self.actor.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The same work for another task, which goes on with this scene.
pub(crate) fn carried<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    let scene = SCENE.try_with(Clone::clone).ok();
    async move {
        match scene {
            Some(scene) => scene.play(work).await,
            None => work.await,
        }
    }
}

/// From now on this user acts.
pub(crate) fn acts_as_pengguna(pengguna: &Pengguna) {
    enter(Actor {
        id: Some(pengguna.id.0),
        nama: Some(pengguna.nama.clone()),
        role: Some(pengguna.role.into()),
    });
}

/// From now on this guest acts.
pub(crate) fn acts_as_tamu(id: IdTamu) {
    enter(Actor { id: Some(id.0), nama: None, role: Some(Pelaku::Tamu) });
}

fn enter(actor: Actor) {
    // Without a scene nothing is entered.
    let _ = SCENE.try_with(|scene| {
        *scene.actor.lock().unwrap_or_else(PoisonError::into_inner) = actor;
    });
}

/// Something that is about to be done.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    aksi: Aksi,
    objek: Objek,
    id_objek: Option<i64>,
    id_tamu: Option<IdTamu>,
    sebelum: Option<Value>,
    sesudah: Option<Value>,
}

impl Act {
    pub(crate) fn new(aksi: Aksi, objek: Objek) -> Self {
        Self { aksi, objek, id_objek: None, id_tamu: None, sebelum: None, sesudah: None }
    }

    /// To which.
    pub(crate) fn on(self, id: i64) -> Self {
        Self { id_objek: Some(id), ..self }
    }

    /// It tells something of this guest, which goes when the guest is erased.
    pub(crate) fn of_tamu(self, id: IdTamu) -> Self {
        Self { id_tamu: Some(id), ..self }
    }

    /// An act on a guest.
    pub(crate) fn on_tamu(aksi: Aksi, tamu: &Tamu) -> Self {
        Self::new(aksi, Objek::Tamu).on(tamu.id.0).of_tamu(tamu.id)
    }

    /// An act on a visit.
    pub(crate) fn on_visit(aksi: Aksi, visit: &domain::JanjiTemu) -> Self {
        Self::new(aksi, Objek::JanjiTemu).on(visit.id.0).of_tamu(visit.id_tamu)
    }

    /// The same about something else that has this identity.
    pub(crate) fn of(self, objek: Objek) -> Self {
        Self { objek, ..self }
    }

    /// A step of a visit.
    pub(crate) fn of_change(visit: &domain::JanjiTemu, change: &VisitChange) -> Self {
        let Some(step) = &change.langkah else { return Self::on_visit(Aksi::Ubah, visit) };
        Self::on_visit(values::aksi_of(step), visit)
            .before(json!({ "status": visit.status }))
            .after(values::of_step(step))
    }

    /// What it was.
    pub(crate) fn before(self, value: Value) -> Self {
        Self { sebelum: Some(value), ..self }
    }

    /// What it is to be.
    pub(crate) fn after(self, value: Value) -> Self {
        Self { sesudah: Some(value), ..self }
    }

    /// When it happened, if a desk tells it later.
    pub(crate) fn told_later(mut self, then: Option<DateTime<Utc>>) -> Self {
        if let (Some(then), Some(Value::Object(after))) = (then, &mut self.sesudah) {
            after.insert("terjadi_pada".to_owned(), json!(then));
        }
        self
    }

    /// The fields that differ.
    pub(crate) fn changes(self, before: &Value, after: &Value) -> Self {
        let (before, after) = difference(before, after);
        self.before(before).after(after)
    }

    /// Whether there is nothing that would change.
    fn is_idle(&self) -> bool {
        let is_empty = |value: &Option<Value>| {
            value.as_ref().is_some_and(|value| value.as_object().is_some_and(serde_json::Map::is_empty))
        };
        is_empty(&self.sebelum) && is_empty(&self.sesudah)
    }

    /// Its entry, as of now; `None` outside of a scene.
    pub(crate) fn entry(self) -> Option<NewAudit> {
        let scene = SCENE.try_with(Clone::clone).ok()?;
        let Actor { id, nama, role } = scene.actor();
        let text = |value: Option<Value>| {
            let value = value.filter(|value| value.as_object().is_none_or(|fields| !fields.is_empty()));
            value.map(|value| value.to_string())
        };
        // Of whom is erased it stays that it happened, and not from where.
        let tells_where = !(self.aksi.erases(self.objek) && role == Some(Pelaku::Tamu));
        Some(NewAudit {
            waktu: scene.clock.now(),
            id_pelaku: id,
            nama_pelaku: nama,
            role,
            alamat: scene.alamat.filter(|_| tells_where).map(|alamat| alamat.to_canonical().to_string()),
            aksi: self.aksi,
            objek: self.objek,
            id_objek: self.id_objek,
            id_tamu: self.id_tamu.or(match role {
                Some(Pelaku::Tamu) => id.map(IdTamu),
                _ => None,
            }),
            sebelum: text(self.sebelum),
            sesudah: text(self.sesudah),
        })
    }

    /// Does the work, one call of a store. Its change is kept together with the entry; without a change there is none.
    pub(crate) async fn record<T>(self, work: impl Future<Output = T>) -> T {
        if self.is_idle() {
            return work.await;
        }
        match self.entry() {
            Some(entry) => store::audit::with(entry, work).await,
            None => work.await,
        }
    }

    /// Writes an entry of what changes nothing in the database.
    ///
    /// # Errors
    /// The store's. What cannot be entered is not to be done.
    pub(crate) async fn note(self, audit: &dyn AuditStore) -> store::Result<()> {
        match self.entry() {
            Some(entry) => audit.add(entry).await,
            None => Ok(()),
        }
    }
}
