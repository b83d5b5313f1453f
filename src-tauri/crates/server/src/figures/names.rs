//! Every figure of this program: its name, and what it says. `tests/rules/figures.rs` holds them against the code, and
//! against the dashboard and the alert rules in `server/watch`.

use std::sync::Once;

use super::Job;

/// What only grows.
const COUNTERS: [(&str, &str); 14] = [
    ("bukutamu_connections_ended_total", "Connections that were ended because a limit was reached"),
    ("bukutamu_connections_refused_total", "Connections that found no place"),
    ("bukutamu_damaged_rows_total", "Rows that were read and left out because they are damaged, by table"),
    ("bukutamu_database_late_total", "Statements that SQL Server finished after their caller had given up"),
    ("bukutamu_database_lost_total", "Times that SQL Server was lost"),
    ("bukutamu_http_requests_total", "Requests, by method, route and status"),
    ("bukutamu_job_runs_total", "Runs of what the server does by itself, by job and outcome"),
    ("bukutamu_log_lines_lost_total", "Lines that a place of the log did not take"),
    ("bukutamu_login_queue_full_total", "Sign-ins that were sent away because too many waited"),
    ("bukutamu_messages_total", "Messages that left or failed for good, by channel and outcome"),
    ("bukutamu_password_checks_total", "Passwords that were hashed"),
    ("bukutamu_requests_too_often_total", "Requests beyond a user's or an address's rate"),
    ("bukutamu_scans_total", "Codes that were scanned, by result"),
    ("bukutamu_ws_too_slow_total", "Subscribers that were ended because they read too slowly"),
];

/// What stands now.
const GAUGES: [(&str, &str); 14] = [
    ("bukutamu_backup_failed", "1 if the latest attempt at a backup, or at its copy, came to nothing"),
    ("bukutamu_backup_success_timestamp_seconds", "When the newest good backup was taken; 0 without one"),
    ("bukutamu_build_info", "1, with the version of the program"),
    ("bukutamu_clock_doubted", "1 while the clock is not believed, so that jobs wait"),
    ("bukutamu_connections", "Open connections"),
    ("bukutamu_database_up", "1 if the database keeps what is written now"),
    ("bukutamu_evacuation_ticks_waiting", "Ticks of an evacuation that the database has not taken yet"),
    ("bukutamu_exports_running", "Long exports that are being written"),
    ("bukutamu_job_success_timestamp_seconds", "When a job last ended well, by job"),
    ("bukutamu_messages_failed", "Messages that no channel could send"),
    ("bukutamu_messages_waiting", "Messages that wait for their turn"),
    ("bukutamu_nats_connected", "1 while other nodes are heard at once; only where there are several"),
    ("bukutamu_nodes", "Nodes of the school, this one among them; only where there are several"),
    ("bukutamu_ws_connections", "Open subscriptions"),
];

/// How long things take.
const HISTOGRAMS: [(&str, &str); 1] = [("bukutamu_http_request_seconds", "How long a request took")];

/// Says what each figure is, once for the process.
pub(crate) fn describe() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        COUNTERS.iter().for_each(|(name, text)| metrics::describe_counter!(*name, *text));
        GAUGES.iter().for_each(|(name, text)| metrics::describe_gauge!(*name, *text));
        HISTOGRAMS.iter().for_each(|(name, text)| metrics::describe_histogram!(*name, *text));
        metrics_process::Collector::default().describe();
        metrics::gauge!("bukutamu_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        Job::ALL.into_iter().for_each(Job::show);
    });
}
