//! Who is told of what has happened: on this node at once, and on the others through the cluster.

use std::slice;

use chrono_tz::Tz;
use domain::{
    IdJanjiTemu, IdPengguna, JanjiTemu, Pengguna, Role,
    cadangan::BackupAlarm,
    json::{self, ChannelState, Event, Presence},
    notifikasi::Notifikasi,
    pesan::PesanKeluar,
};

use super::{
    Change, Close, Connection, Elsewhere, Hub, Inner, News, TOLD_ALONE_MAX, TOLD_MAX, VisitNews, encode,
};

impl Hub {
    /// Has the guests' pages that follow a visit look at it again. What else changes is published, which does the same.
    pub(crate) fn wake_followers(&self, id: IdJanjiTemu) {
        self.tell(News::Followers(id));
    }

    /// Tells everyone concerned of an appointment that was committed: its guru first, or everybody behind the unit that
    /// is visited, then the reception.
    pub(crate) fn publish(&self, janji_temu: JanjiTemu, change: Change, zone: Tz) {
        let notification = (change == Change::Notification).then(|| Notifikasi::of(&janji_temu)).flatten();
        self.tell_visit(notification, Vec::new(), janji_temu, zone);
    }

    /// Tells everyone concerned of a step that was committed. An arrival includes the guru's notification. If an
    /// arrival was taken back, the notification is withdrawn.
    pub(crate) fn publish_step(&self, before: &JanjiTemu, after: JanjiTemu, zone: Tz) {
        let notification = match (before.waktu_datang, after.waktu_datang) {
            (None, Some(_)) => Notifikasi::of(&after),
            (Some(_), None) => Notifikasi::withdrawn(before, &after),
            _ => None,
        };
        self.tell_visit(notification, Vec::new(), after, zone);
    }

    /// Tells gurus of an arrival that nobody could commit, because the database is away. Whether any of them hears it.
    pub(crate) fn tell_of_arrival(&self, told: &[IdPengguna], data: Notifikasi) -> bool {
        let news = News::Alone { told: told.to_vec(), data: Box::new(data) };
        let hears_elsewhere =
            self.tell_others(&news) && told.iter().any(|id| self.lock().elsewhere.serves(*id));
        self.deliver(news) || hears_elsewhere
    }

    /// Tells everyone concerned of another time or another guru, the guru of before among them.
    pub(crate) fn publish_handed_over(&self, before: &JanjiTemu, after: JanjiTemu, zone: Tz) {
        let now: Vec<_> = after.dikunjungi().collect();
        let left = before.dikunjungi().filter(|id| !now.contains(id)).collect();
        self.tell_visit(None, left, after, zone);
    }

    fn tell_visit(
        &self,
        notification: Option<Notifikasi>,
        left: Vec<IdPengguna>,
        janji_temu: JanjiTemu,
        zone: Tz,
    ) {
        let told = janji_temu.dikunjungi().collect();
        let appointment = json::JanjiTemu::new(janji_temu, zone);
        self.tell(News::Visit(Box::new(VisitNews { told, left, notification, appointment })));
    }

    /// Tells everyone that the settings have changed. Clients fetch them again.
    pub(crate) fn publish_settings(&self) {
        self.tell(News::Everyone(Event::Settings));
    }

    /// Tells everyone that an evacuation, or its list, has changed. Clients fetch the list again.
    pub(crate) fn publish_evakuasi(&self) {
        self.tell(News::Everyone(Event::Evakuasi));
    }

    /// Tells admins, and those whose appointment it is about, what became of a message.
    pub(crate) fn publish_pesan(&self, data: PesanKeluar, dikunjungi: &[IdPengguna]) {
        self.tell(News::Message { data: Box::new(data), dikunjungi: dikunjungi.to_vec() });
    }

    /// Tells the reception that a channel broke or works again.
    pub(crate) fn publish_saluran(&self, data: ChannelState) {
        self.tell(News::Reception(Event::Saluran { data }));
    }

    /// Tells the reception what is wrong with the backups, or that nothing is.
    pub(crate) fn publish_cadangan(&self, data: Option<BackupAlarm>) {
        self.tell(News::Reception(Event::Cadangan { data }));
    }

    /// Closes the session's connections.
    pub(crate) fn close_sesi(&self, id_sesi: &str) {
        self.tell(News::SessionEnded(id_sesi.to_owned()));
    }

    /// Closes the user's connections.
    pub(crate) fn close_pengguna(&self, id: IdPengguna) {
        self.tell(News::UserEnded(id));
    }

    /// Closes the user's connections if the user is not active, and those that were opened with another role.
    pub(crate) fn close_outdated(&self, pengguna: &Pengguna) {
        self.tell(News::user_changed(pengguna));
    }

    /// Tells everyone concerned, on this node and on the others.
    fn tell(&self, news: News) {
        self.tell_others(&news);
        self.deliver(news);
    }

    /// Whether it will be tried.
    fn tell_others(&self, news: &News) -> bool {
        self.cluster().is_some_and(|cluster| {
            let content = serde_json::to_vec(news).expect("plain data becomes JSON");
            cluster.tell(&news.subject(), &content)
        })
    }

    /// Tells whoever is concerned on this node. Answers whether anybody hears it.
    pub(crate) fn deliver(&self, news: News) -> bool {
        let mut inner = self.lock();
        match news {
            News::Visit(visit) => {
                if self.cluster().is_some() {
                    inner.remember_told(visit.appointment.id, visit.appointment.versi);
                }
                inner.tell_visit(*visit);
            }
            News::Alone { told, data } => return inner.tell_alone(&told, *data),
            News::Everyone(event) => {
                let is_evacuation = matches!(event, Event::Evakuasi);
                inner.push_where(&event, |_| true);
                if is_evacuation {
                    inner.visits_changed.notify_one();
                }
            }
            News::Reception(event) => inner.tell_reception(&event),
            News::Message { data, dikunjungi } => {
                inner.push_where(&Event::Pesan { data: *data }, |connection| {
                    connection.role == Role::Admin || dikunjungi.contains(&connection.id_pengguna)
                });
            }
            News::Followers(id) => inner.wake_followers(id),
            News::SessionEnded(id_sesi) => {
                inner.known.forget_where(|known, _| known == id_sesi);
                inner.close_where(|connection| *connection.id_sesi == *id_sesi);
            }
            News::UserEnded(id) => {
                inner.known.forget_where(|_, pengguna| pengguna.id == id);
                inner.close_where(|connection| connection.id_pengguna == id);
            }
            News::UserChanged { id, aktif, role } => {
                inner.known.forget_where(|_, known| known.id == id);
                inner.close_where(|connection| {
                    connection.id_pengguna == id && (!aktif || connection.role != role)
                });
            }
            News::Check => {}
        }
        true
    }
}

impl Inner {
    fn tell_visit(&mut self, visit: VisitNews) {
        let VisitNews { told, left, notification, appointment } = visit;
        let id = appointment.id;
        let named_alone = notification.as_ref().and_then(|data| {
            let alone = self.told_alone.remove(&(data.id_pengguna, data.waktu))?;
            Some(Notifikasi { dihapus: true, versi: alone.versi + 1, ..alone })
        });
        let notifications = named_alone.into_iter().chain(notification);
        let notifications = notifications.map(|data| encode(&Event::Notification { data }));
        let appointment = encode(&Event::Appointment { data: appointment });
        let for_guru: Vec<_> = notifications.chain([appointment.clone()]).collect();
        let of_left = left.iter().filter_map(|id| self.by_pengguna.get(id)).flatten();
        let of_left = of_left.filter(|connection| !connection.role.is_reception());
        of_left.for_each(|connection| connection.push(slice::from_ref(&appointment)));
        let of_guru = told.iter().filter_map(|id| self.by_pengguna.get(id)).flatten();
        of_guru.for_each(|connection| connection.push(&for_guru));
        let others = self.reception.iter().filter(|connection| !told.contains(&connection.id_pengguna));
        others.for_each(|connection| connection.push(slice::from_ref(&appointment)));
        self.wake_followers(id);
        self.visits_changed.notify_one();
    }

    /// Remembers which version was told, for what the database says later.
    fn remember_told(&mut self, id: IdJanjiTemu, versi: i64) {
        if self.told.len() >= TOLD_MAX {
            self.told.clear();
        }
        let last = self.told.entry(id).or_default();
        *last = versi.max(*last);
    }

    fn tell_alone(&mut self, told: &[IdPengguna], data: Notifikasi) -> bool {
        let event = encode(&Event::Notification { data: data.clone() });
        if data.id.0 < 0 && self.told_alone.len() < TOLD_ALONE_MAX {
            self.told_alone.insert((data.id_pengguna, data.waktu), data);
        }
        let connections: Vec<_> = told.iter().filter_map(|id| self.by_pengguna.get(id)).flatten().collect();
        connections.iter().for_each(|connection| connection.push(slice::from_ref(&event)));
        connections.iter().any(|connection| connection.is_open())
    }

    fn tell_reception(&self, event: &Event) {
        let event = encode(event);
        self.reception.iter().for_each(|connection| connection.push(slice::from_ref(&event)));
    }

    fn push_where(&self, event: &Event, concerned: impl Fn(&Connection) -> bool) {
        let event = encode(event);
        let connections = self.by_pengguna.values().flatten().filter(|connection| concerned(connection));
        connections.for_each(|connection| connection.push(slice::from_ref(&event)));
    }

    fn close_where(&self, concerned: impl Fn(&Connection) -> bool) {
        let connections = self.by_pengguna.values().flatten().filter(|connection| concerned(connection));
        connections.for_each(|connection| connection.close(Close::Revoked));
    }

    fn wake_followers(&self, id: IdJanjiTemu) {
        self.followers.get(&id).into_iter().flatten().for_each(|follower| follower.wake());
    }

    pub(super) fn tell_presence(&self, id_pengguna: IdPengguna, online: bool) {
        self.tell_reception(&Event::Presence { data: Presence { id_pengguna, online } });
    }

    /// Changes what is known of the other nodes, and tells the reception who came and went with that.
    pub(super) fn change_elsewhere(&mut self, change: impl FnOnce(&mut Elsewhere)) {
        let before = self.elsewhere.users();
        change(&mut self.elsewhere);
        let after = self.elsewhere.users();
        for (ids, online) in [(after.difference(&before), true), (before.difference(&after), false)] {
            for id in ids.filter(|id| !self.by_pengguna.contains_key(id)) {
                self.tell_presence(*id, online);
            }
        }
    }
}
