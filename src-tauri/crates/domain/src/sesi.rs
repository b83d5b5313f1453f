//! How long a sign-in lasts, and what is believed of a time that was stored.
//!
//! Clocks leap. A time that was written while one was ahead must not open, or close, anything for years: what lies
//! further ahead than its own maximum was never written by a clock that can be believed, and counts as over.

use chrono::{DateTime, Duration, Utc};

/// How long a device stays signed in that does not come back.
pub const REFRESH_LIFETIME: Duration = Duration::days(30);

/// How long a device stays signed in however often it comes back.
pub const SESSION_LIFETIME: Duration = Duration::days(90);

/// How long a password that somebody else has made up is good.
pub const TEMPORARY_PASSWORD_LIFETIME: Duration = Duration::days(7);

/// How long a guest's first password is good: as far ahead as a visit can be booked, and until that is over.
pub const FIRST_PASSWORD_LIFETIME: Duration = Duration::days(2 * 366 + 1);

/// A guest's first password ends so long after the visit.
pub const AFTER_VISIT: Duration = Duration::hours(4);

/// A refresh token that the same device shows twice within this time was shown by two windows at once.
pub const REUSE_GRACE: Duration = Duration::seconds(30);

/// How long a device is known that nobody has signed in from.
pub const DEVICE_LIFETIME: Duration = Duration::days(365);

/// How many devices an account is known to sign in from; the latest.
pub const DEVICES_MAX: i64 = 20;

/// The cookie in which a device shows that it has signed in before.
pub const DEVICE_COOKIE: &str = "bukutamu_perangkat";

/// How far a clock may have been set back without signing anybody out.
pub const CLOCK_TOLERANCE: Duration = Duration::days(1);

/// What the times of a session, or of one of its refresh tokens, must be at `now` for it to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionBounds {
    /// It ends after this: now.
    pub ends_after: DateTime<Utc>,
    /// It ends no later than this; a later end was never given out by a clock that was right.
    pub ends_by: DateTime<Utc>,
    /// It began after this.
    pub began_after: DateTime<Utc>,
    /// It began no later than this.
    pub began_by: DateTime<Utc>,
}

impl SessionBounds {
    /// The bounds at `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            ends_after: now,
            ends_by: now + REFRESH_LIFETIME + CLOCK_TOLERANCE,
            began_after: now - SESSION_LIFETIME,
            began_by: now + CLOCK_TOLERANCE,
        }
    }
}

/// When a password that is set at `now` ends; `None` if its owner chose it.
pub fn password_end(is_temporary: bool, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    is_temporary.then(|| now + TEMPORARY_PASSWORD_LIFETIME)
}

/// When a guest's first password ends: some hours after the visit that it came with the invitation to.
pub fn first_password_end(jadwal: DateTime<Utc>, durasi_menit: u16) -> DateTime<Utc> {
    jadwal + Duration::minutes(i64::from(durasi_menit)) + AFTER_VISIT
}

/// Whether a password that ends at `end` still opens anything at `now`. It was given for `longest` at most.
pub fn password_lives(end: Option<DateTime<Utc>>, now: DateTime<Utc>, longest: Duration) -> bool {
    end.is_none_or(|end| now < end && end - now <= longest + CLOCK_TOLERANCE)
}

/// Programs that people sign in with: what stands in their `User-Agent`, and what they are called. The first that is
/// found counts, because browsers also name those that they descend from.
const PROGRAMS: [(&str, &str); 9] = [
    ("bukutamu/", "Buku Tamu"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// What an admin recognises a device by, from its `User-Agent`: a program and a system out of closed sets.
pub fn device_words(user_agent: &str) -> Option<String> {
    let named = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let words: Vec<_> = [named(&PROGRAMS), named(&SYSTEMS)].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T02:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_temporary_password_opens_for_seven_days_and_never_for_years() {
        let lives = |end, now| password_lives(end, now, TEMPORARY_PASSWORD_LIFETIME);
        assert!(lives(password_end(false, now()), now() + Duration::days(4000)));
        let end = password_end(true, now());
        assert!(lives(end, now() + Duration::days(7) - Duration::milliseconds(1)));
        assert!(!lives(end, now() + Duration::days(7)));
        assert!(lives(end, now() - Duration::hours(1)), "the clock was set back an hour");
        assert!(!lives(end, now() - Duration::days(40)), "it was given out by a clock 40 days ahead");
    }

    #[test]
    fn a_first_password_opens_until_the_visit_is_over() {
        let visit = now() + Duration::days(60);
        let lives = |at| password_lives(Some(first_password_end(visit, 30)), at, FIRST_PASSWORD_LIFETIME);
        assert!(lives(now()), "from the invitation on");
        assert!(lives(visit + Duration::minutes(269)));
        assert!(!lives(visit + Duration::minutes(270)));
        assert!(!lives(now() - Duration::days(700)), "it was given out by a clock that was years ahead");
    }

    #[test]
    fn a_session_of_a_clock_that_was_ahead_is_not_believed() {
        let ends = |lead: Duration| now() + lead + REFRESH_LIFETIME;
        let bounds = SessionBounds::at(now());
        assert!(ends(Duration::hours(1)) <= bounds.ends_by, "an hour back signs nobody out");
        assert!(ends(Duration::days(40)) > bounds.ends_by);
        assert!(now() + Duration::days(40) > bounds.began_by);
    }

    #[test]
    fn a_device_is_told_by_words_out_of_closed_sets() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0 Safari/537.36 Edg/143.0";
        assert_eq!(device_words(edge).as_deref(), Some("Edge, Windows"));
        assert_eq!(device_words("bukutamu/0.1.0").as_deref(), Some("Buku Tamu"));
        assert_eq!(device_words("<script>"), None);
    }
}
