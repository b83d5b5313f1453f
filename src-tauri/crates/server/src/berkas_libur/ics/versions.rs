//! Entries that stand in a calendar more than once: later versions of one, and single days of a repetition that differ.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use icalendar::parser::Component;

use super::{
    moment::moment,
    property::{is_cancelled, text_of},
};

/// What the entries of a calendar say of each other.
#[derive(Default)]
pub(super) struct Versions {
    /// The highest version of each entry.
    latest: HashMap<Entry, u64>,
    /// Days on which the highest version was called off.
    called_off: HashSet<(Entry, NaiveDate)>,
    /// Days of a repetition that stand in the calendar for themselves.
    replaced: HashSet<(String, NaiveDate)>,
}

/// An entry, or one day of its repetition.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Entry {
    uid: String,
    day: Option<NaiveDate>,
}

impl Versions {
    pub(super) fn of(events: &[&Component<'_>], zone: Tz) -> Self {
        let mut versions = Self::default();
        for event in events {
            let Some(entry) = Entry::of(event, zone) else { continue };
            if let Some(day) = entry.day {
                versions.replaced.insert((entry.uid.clone(), day));
            }
            let highest = versions.latest.entry(entry).or_default();
            *highest = (*highest).max(sequence(event));
        }
        for event in events.iter().filter(|event| is_cancelled(event)) {
            let Some(entry) = Entry::of(event, zone) else { continue };
            if let (true, Some(start)) = (versions.is_highest(&entry, event), start(event, zone)) {
                versions.called_off.insert((entry, start));
            }
        }
        versions
    }

    /// Whether no later version of an entry replaces it or calls it off.
    pub(super) fn is_latest(&self, event: &Component<'_>, zone: Tz) -> bool {
        let Some(entry) = Entry::of(event, zone) else { return true };
        let is_called_off =
            || start(event, zone).is_some_and(|start| self.called_off.contains(&(entry.clone(), start)));
        self.is_highest(&entry, event) && !is_called_off()
    }

    /// Whether a day of a repetition stands in the calendar for itself.
    pub(super) fn is_replaced(&self, event: &Component<'_>, day: NaiveDate) -> bool {
        event.find_prop("RECURRENCE-ID").is_none() && self.replaced.contains(&(text_of(event, "UID"), day))
    }

    fn is_highest(&self, entry: &Entry, event: &Component<'_>) -> bool {
        self.latest.get(entry).is_none_or(|highest| *highest == sequence(event))
    }
}

impl Entry {
    /// None of an entry without a name of its own.
    fn of(event: &Component<'_>, zone: Tz) -> Option<Self> {
        let uid = Some(text_of(event, "UID")).filter(|uid| !uid.trim().is_empty())?;
        let day = event.find_prop("RECURRENCE-ID").and_then(|day| Some(moment(day, zone).ok()?.day()));
        Some(Self { uid, day })
    }
}

/// The version of an entry: 0 if it tells none.
fn sequence(event: &Component<'_>) -> u64 {
    text_of(event, "SEQUENCE").trim().parse().unwrap_or_default()
}

/// The day on which an entry starts.
fn start(event: &Component<'_>, zone: Tz) -> Option<NaiveDate> {
    Some(moment(event.find_prop("DTSTART")?, zone).ok()?.day())
}
