//! Leaps, holidays, nights and nodes, as looks ten minutes apart.

use super::*;

/// A program that looks every ten minutes, and what stands in its database.
struct Program {
    watch: Watch,
    note: ClockNote,
    now: DateTime<Utc>,
    uptime: Duration,
}

fn start() -> DateTime<Utc> {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

impl Program {
    fn new() -> Self {
        let note = ClockNote { believed: start(), doubt: None };
        Self { watch: Watch::default(), note, now: start(), uptime: Duration::ZERO }
    }

    fn look(&mut self) -> Verdict {
        let (note, verdict) = self.watch.look(self.note, self.now, self.uptime);
        self.note = note;
        verdict
    }

    /// Runs on evenly for `minutes`; answers the last verdict.
    fn run(&mut self, minutes: i64) -> Verdict {
        let mut verdict = self.look();
        for _ in 0..minutes / 10 {
            self.now += TimeDelta::minutes(10);
            self.uptime += Duration::from_secs(600);
            verdict = self.look();
        }
        verdict
    }

    /// Is off for `time`; answers the first verdict after it.
    fn off(&mut self, time: TimeDelta) -> Verdict {
        self.now += time;
        (self.watch, self.uptime) = (Watch::default(), Duration::ZERO);
        self.look()
    }

    /// Somebody sets the clock.
    fn set(&mut self, by: TimeDelta) {
        self.now += by;
    }

    #[track_caller]
    fn is_doubted(&mut self) {
        let verdict = self.look();
        assert!(matches!(verdict, Verdict::Doubted { .. }), "{verdict:?}");
    }
}

#[test]
fn a_clock_that_runs_on_is_believed_and_so_is_one_that_is_put_right_by_minutes() {
    let mut program = Program::new();
    assert_eq!(program.run(3000), Verdict::Believed);
    program.set(TimeDelta::minutes(-14));
    assert_eq!(program.run(10), Verdict::Believed);
    assert_eq!(program.off(TimeDelta::minutes(5)), Verdict::Believed, "a restart");
    assert_eq!(program.note.believed, program.now);
}

#[test]
fn a_moment_ahead_changes_nothing() {
    for ahead in [TimeDelta::hours(20), TimeDelta::days(40), TimeDelta::days(1096)] {
        let mut program = Program::new();
        program.run(60);
        // While it runs, and over a restart.
        program.set(ahead);
        program.is_doubted();
        program.set(-ahead);
        assert_eq!(program.run(10), Verdict::Believed, "{ahead} ahead and back");
        assert!(matches!(program.off(ahead), Verdict::Doubted { .. }));
        assert_eq!(program.off(-ahead), Verdict::Believed, "{ahead} ahead and back, each at a start");
    }
}

#[test]
fn after_a_night_it_is_believed_in_half_an_hour() {
    let mut program = Program::new();
    program.run(60);
    assert!(matches!(program.off(TimeDelta::hours(15)), Verdict::Doubted { remaining, .. }
        if remaining == Duration::from_secs(1800)));
    assert!(matches!(program.run(20), Verdict::Doubted { .. }));
    assert_eq!(program.run(10), Verdict::Believed);
    assert_eq!(program.run(600), Verdict::Believed);
}

#[test]
fn a_long_holiday_ends_later() {
    for (days, minutes) in [(4, 30), (5, 120), (31, 120), (32, 1440), (400, 1440)] {
        let mut program = Program::new();
        program.off(TimeDelta::days(days));
        assert!(matches!(program.run(minutes - 10), Verdict::Doubted { .. }), "{days} days, too soon");
        assert_eq!(program.run(10), Verdict::Believed, "{days} days");
    }
}

#[test]
fn a_pc_that_is_on_for_an_hour_a_day_gets_there_too() {
    let mut program = Program::new();
    program.off(TimeDelta::days(40));
    let mut days = 0;
    while !matches!(program.run(60), Verdict::Believed) {
        program.off(TimeDelta::hours(23));
        days += 1;
        assert!(days < 30, "never");
    }
    assert_eq!(days, 23);
}

#[test]
fn what_was_observed_of_one_time_does_not_count_for_another() {
    let mut program = Program::new();
    program.off(TimeDelta::days(20));
    program.run(110);
    program.set(TimeDelta::days(365));
    assert!(
        matches!(program.run(60), Verdict::Doubted { remaining, .. } if remaining > Duration::from_secs(3600))
    );
    assert!(matches!(program.off(TimeDelta::days(-365)), Verdict::Doubted { remaining, .. }
        if remaining == Duration::from_secs(7200)));
}

#[test]
fn an_hour_back_is_a_leap_as_well() {
    let mut program = Program::new();
    program.run(600);
    program.set(TimeDelta::hours(-1));
    program.is_doubted();
    assert_eq!(program.run(30), Verdict::Believed);
    assert!(
        program.note.believed < start() + TimeDelta::minutes(600),
        "the later time is not believed any more"
    );
}

#[test]
fn sleep_is_no_uptime_even_where_the_system_counts_it() {
    let mut program = Program::new();
    program.run(60);
    program.now += TimeDelta::days(40);
    program.uptime += Duration::from_secs(40 * 86_400);
    program.is_doubted();
}

#[test]
fn a_node_that_others_contradict_never_believes_itself() {
    let (mut right, mut wrong) = (Program::new(), Program::new());
    wrong.set(TimeDelta::days(3));
    for _ in 0..200 {
        assert_eq!(right.run(10), Verdict::Believed);
        wrong.note = right.note;
        assert!(matches!(wrong.run(10), Verdict::Doubted { .. }));
        right.note = wrong.note;
    }
}

/// A process that looks every so many minutes.
fn steady(looks: impl IntoIterator<Item = (i64, i64)>) -> (Steady, DateTime<Utc>) {
    let (mut steady, mut now, mut uptime) = (Steady::default(), start(), Duration::ZERO);
    steady.look(now, uptime);
    for (by_the_clock, passed) in looks {
        now += TimeDelta::minutes(by_the_clock);
        uptime += Duration::from_secs(u64::try_from(passed).unwrap() * 60);
        steady.look(now, uptime);
    }
    (steady, now)
}

#[test]
fn a_process_vouches_for_a_school_only_after_its_clock_ran_evenly_for_long_enough() {
    let (steady_now, now) = steady([(10, 10), (10, 10)]);
    assert!(!steady_now.outlasts(start() - TimeDelta::days(1), now), "20 minutes are not half an hour");
    let (steady_now, now) = steady([(10, 10); 4]);
    assert!(steady_now.outlasts(start() - TimeDelta::days(1), now));
    assert!(!steady_now.outlasts(start() - TimeDelta::days(40), now), "for months it takes a day");
    let (leapt, now) = steady([(10, 10), (10, 10), (60 * 24 * 40, 10), (10, 10)]);
    assert!(!leapt.outlasts(start(), now), "a leap begins anew");
    let (slept, now) = steady([(10, 10), (10, 10), (10, 10), (60, 60)]);
    assert!(!slept.outlasts(start(), now), "so does what may have been sleep");
}
