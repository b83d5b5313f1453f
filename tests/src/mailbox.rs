//! A real mail server of the test's own, and what has arrived there.

use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use mail_parser::MessageParser;
use mailin_embedded::{Handler, Response, Server, response};
use tokio::sync::{Mutex, mpsc};

use crate::within;

/// What a mail server does with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    Takes,
    /// Does not know the address.
    Refuses,
    /// Takes nothing for now.
    Busy,
}

/// A mail server that listens on this computer, until the program ends.
pub struct Mailbox {
    address: SocketAddr,
    arrived: Mutex<mpsc::UnboundedReceiver<Mail>>,
    refuses: Arc<AtomicBool>,
    busy: Arc<AtomicBool>,
    attempts: Arc<AtomicUsize>,
}

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub struct Mail {
    /// To whom, by the envelope.
    pub to: Vec<String>,
    /// All of it.
    pub raw: Vec<u8>,
}

impl Mail {
    /// Taken apart by a library that the program does not use.
    pub fn parsed(&self) -> mail_parser::Message<'_> {
        MessageParser::default().parse(&self.raw).expect("a mail")
    }
}

impl Mailbox {
    /// Starts one.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("a bound address");
        let (sender, arrived) = mpsc::unbounded_channel();
        let (refuses, busy, attempts) = (Arc::default(), Arc::default(), Arc::default());
        let handler = Receiver {
            sender,
            mail: Mail { to: Vec::new(), raw: Vec::new() },
            refuses: Arc::clone(&refuses),
            busy: Arc::clone(&busy),
            attempts: Arc::clone(&attempts),
        };
        let mut server = Server::new(handler);
        server.with_name("surat.example").with_num_threads(16).with_tcp_listener(listener);
        thread::spawn(move || server.serve().expect("the mail server runs"));
        Self { address, arrived: Mutex::new(arrived), refuses, busy, attempts }
    }

    /// What the program is given to send through it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Its host and its port, as somebody types them into a form.
    pub fn place(&self) -> (String, String) {
        (self.address.ip().to_string(), self.address.port().to_string())
    }

    /// From now on.
    pub fn set(&self, mood: Mood) {
        self.refuses.store(mood == Mood::Refuses, Ordering::SeqCst);
        self.busy.store(mood == Mood::Busy, Ordering::SeqCst);
    }

    /// The next mail.
    pub async fn next(&self) -> Mail {
        within("a mail", self.arrived.lock().await.recv()).await.expect("the mail server runs")
    }

    /// A mail that is there already.
    pub async fn try_next(&self) -> Option<Mail> {
        self.arrived.lock().await.try_recv().ok()
    }

    /// How often somebody named an address to it.
    pub fn attempts(&self) -> usize {
        self.attempts.load(Ordering::SeqCst)
    }
}

#[derive(Clone)]
struct Receiver {
    sender: mpsc::UnboundedSender<Mail>,
    mail: Mail,
    refuses: Arc<AtomicBool>,
    busy: Arc<AtomicBool>,
    attempts: Arc<AtomicUsize>,
}

impl Handler for Receiver {
    fn mail(&mut self, _: IpAddr, _: &str, _: &str) -> Response {
        self.mail = Mail { to: Vec::new(), raw: Vec::new() };
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        self.attempts.fetch_add(1, Ordering::SeqCst);
        if self.refuses.load(Ordering::SeqCst) {
            return response::NO_MAILBOX;
        }
        if self.busy.load(Ordering::SeqCst) {
            return Response::custom(451, "try again later".to_owned());
        }
        self.mail.to.push(to.to_owned());
        response::OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.mail.raw.extend_from_slice(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        // A test that has ended reads no more.
        let _ = self.sender.send(self.mail.clone());
        response::OK
    }
}
