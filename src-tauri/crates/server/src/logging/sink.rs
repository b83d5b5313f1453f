//! One place of the log: a bounded queue, and the thread that writes what stands in it.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

/// Lines that may wait. More come only if the place takes none. Then the newest are lost.
const QUEUE_LEN: usize = 1024;

/// Longer lines are cut, so that the queue's memory has a bound.
const LINE_MAX_BYTES: usize = 8 << 10;

/// Where lines go.
pub(super) trait Place: Send + 'static {
    /// Writes a whole line, which ends in a newline. If it fails, a part may have been written.
    fn write_line(&mut self, line: &[u8]) -> io::Result<()>;
}

/// Standard error.
pub(super) struct Stderr;

impl Place for Stderr {
    fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
        io::stderr().lock().write_all(line)
    }
}

/// The queue in front of a place. Logging never waits for it.
pub(super) struct Sink {
    queue: SyncSender<Message>,
    lost: Arc<AtomicU64>,
}

enum Message {
    Line(Box<[u8]>),
    /// Answered once everything before it is written.
    Flush(SyncSender<()>),
}

impl Sink {
    pub(super) fn start(name: &str, place: impl Place) -> io::Result<Self> {
        let (queue, messages) = sync_channel(QUEUE_LEN);
        let lost = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&lost);
        thread::Builder::new().name(name.to_owned()).spawn(move || run(place, &messages, &counter))?;
        Ok(Self { queue, lost })
    }

    pub(super) fn push(&self, line: &[u8]) {
        let line = match line.get(..LINE_MAX_BYTES) {
            Some(start) => [start, b"\n"].concat(),
            None => line.to_vec(),
        };
        if self.queue.try_send(Message::Line(line.into())).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
            metrics::counter!("bukutamu_log_lines_lost_total").increment(1);
        }
    }

    /// Waits until everything pushed is written, at the latest until `until`.
    pub(super) fn flush(&self, until: Instant) {
        let (written, is_written) = sync_channel(1);
        let mut message = Message::Flush(written);
        loop {
            match self.queue.try_send(message) {
                Ok(()) => break,
                Err(TrySendError::Full(back)) if Instant::now() < until => message = back,
                Err(_) => return,
            }
            thread::sleep(Duration::from_millis(5));
        }
        let left = until.saturating_duration_since(Instant::now());
        // If it is too late, or the thread has ended, nothing more can be done.
        let (Ok(()) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected)) =
            is_written.recv_timeout(left);
    }
}

fn run(mut place: impl Place, messages: &Receiver<Message>, lost: &AtomicU64) {
    let mut is_cut = false;
    for message in messages {
        let line = match message {
            Message::Line(line) => line,
            Message::Flush(written) => {
                // Nobody may be waiting any more.
                let _ = written.try_send(());
                continue;
            }
        };
        let missing = lost.load(Ordering::Relaxed);
        let note =
            if missing > 0 { format!("{missing} lines of the log were lost here\n") } else { String::new() };
        let start = if is_cut { "\n" } else { "" };
        let written = place.write_line(&[start.as_bytes(), note.as_bytes(), &line].concat());
        is_cut = written.is_err();
        match written {
            Ok(()) => lost.fetch_sub(missing, Ordering::Relaxed),
            Err(_) => lost.fetch_add(1, Ordering::Relaxed),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex, mpsc};

    use super::*;

    /// Far above what any wait here needs.
    const LONG: Duration = Duration::from_secs(30);

    /// Takes what it is given, unless it is broken or stuck.
    #[derive(Clone, Default)]
    struct Fake(Arc<(Mutex<State>, Condvar)>);

    #[derive(Default)]
    struct State {
        taken: String,
        is_broken: bool,
        is_stuck: bool,
    }

    impl Fake {
        fn set(&self, change: impl FnOnce(&mut State)) {
            change(&mut self.0.0.lock().unwrap());
            self.0.1.notify_all();
        }

        fn taken(&self) -> String {
            self.0.0.lock().unwrap().taken.clone()
        }
    }

    impl Place for Fake {
        fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
            let state = self.0.0.lock().unwrap();
            let mut state = self.0.1.wait_while(state, |state| state.is_stuck).unwrap();
            if state.is_broken {
                return Err(io::ErrorKind::StorageFull.into());
            }
            state.taken += std::str::from_utf8(line).unwrap();
            Ok(())
        }
    }

    fn flush(sink: &Sink) {
        sink.flush(Instant::now() + LONG);
    }

    #[test]
    fn lines_come_in_order_and_what_was_lost_is_told() {
        let place = Fake::default();
        let sink = Sink::start("test", place.clone()).unwrap();
        sink.push(b"satu\n");
        sink.push(b"dua\n");
        flush(&sink);
        place.set(|state| state.is_broken = true);
        sink.push(b"tiga\n");
        sink.push(b"empat\n");
        flush(&sink);
        place.set(|state| state.is_broken = false);
        sink.push(b"lima\n");
        flush(&sink);
        assert_eq!(place.taken(), "satu\ndua\n\n2 lines of the log were lost here\nlima\n");
        sink.push(b"enam\n");
        flush(&sink);
        assert!(place.taken().ends_with("lima\nenam\n"), "told once: {}", place.taken());
    }

    #[test]
    fn a_place_that_takes_nothing_holds_nobody_up_and_has_a_bound() {
        let place = Fake::default();
        place.set(|state| state.is_stuck = true);
        let sink = Sink::start("test", place.clone()).unwrap();
        let (done, is_done) = mpsc::channel();
        thread::scope(|scope| {
            let sink = &sink;
            scope.spawn(move || {
                for _ in 0..3 * QUEUE_LEN {
                    sink.push(&[b'x'; 3 * LINE_MAX_BYTES]);
                }
                sink.flush(Instant::now() + Duration::from_millis(20));
                done.send(()).unwrap();
            });
            assert_eq!(is_done.recv_timeout(LONG), Ok(()), "it waits for a place that is stuck");
            place.set(|state| state.is_stuck = false);
        });
        flush(&sink);
        sink.push(b"akhir\n");
        flush(&sink);
        let taken = place.taken();
        assert!(taken.len() <= (QUEUE_LEN + 2) * (LINE_MAX_BYTES + 1) + 100, "{} bytes", taken.len());
        assert!(taken.contains("lines of the log were lost here\n") && taken.ends_with("akhir\n"));
    }
}
