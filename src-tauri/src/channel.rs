//! Messages from the program to a page, in order. A page fetches its messages as soon as there are some. They are not
//! sent by running a script in the page: this would start a script engine in this process (about 5 MiB on Linux), and a
//! page that hangs would lose messages silently.

use std::{
    collections::HashMap,
    marker::PhantomData,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use contract::{Channel, Failure, Message, MessagesNext};
use serde::Serialize;
use tauri::{Manager, WebviewWindow};
use tokio::sync::Notify;

use crate::commands::{Answer, Caller, Handler};

/// The number of unfetched messages at which a page counts as hung. It is reloaded once it responds again.
const WAITING_MAX: usize = 1000;

/// Why a page receives nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gone {
    /// The page was closed or reloaded.
    Page,
    /// The page left too many messages unfetched.
    Behind,
    /// A message cannot be written as JSON.
    Message,
}

/// Sends messages to the page that asked for them.
pub(crate) struct Sender<M> {
    outbox: Weak<Outbox>,
    id: u32,
    messages: PhantomData<fn(M)>,
}

impl<M: Serialize> Sender<M> {
    /// Sends to the window's page, on the channel that the page opened.
    pub(crate) fn to(window: &WebviewWindow, channel: &Channel<M>) -> Self {
        let outbox = window.state::<Outboxes>().of(window.label(), channel.page);
        Self { outbox: Arc::downgrade(&outbox), id: channel.id, messages: PhantomData }
    }

    /// Queues a message; the page fetches it.
    ///
    /// # Errors
    /// [`Gone`]: neither this message nor any later one arrives.
    pub(crate) fn send(&self, message: M) -> Result<(), Gone> {
        let outbox = self.outbox.upgrade().ok_or(Gone::Page)?;
        let message = serde_json::value::to_raw_value(&message).map_err(|_| Gone::Message)?;
        outbox.put(Message { channel: self.id, message })
    }
}

/// The messages for each window's page. A reloaded window counts as a new page.
#[derive(Default)]
pub(crate) struct Outboxes(Mutex<HashMap<String, (u32, Arc<Outbox>)>>);

impl Outboxes {
    /// The messages for this page. If the window had another page before, that page's messages are dropped.
    fn of(&self, label: &str, page: u32) -> Arc<Outbox> {
        let mut pages = self.lock();
        if let Some((of, outbox)) = pages.get(label)
            && *of == page
        {
            return outbox.clone();
        }
        let outbox = Arc::<Outbox>::default();
        if let Some((_, before)) = pages.insert(label.to_owned(), (page, outbox.clone())) {
            before.close();
        }
        outbox
    }

    /// Drops the messages of a window that is gone.
    pub(crate) fn forget(&self, label: &str) {
        if let Some((_, outbox)) = self.lock().remove(label) {
            outbox.close();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, (u32, Arc<Outbox>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One page's messages.
#[derive(Default)]
struct Outbox {
    state: Mutex<Waiting>,
    news: Notify,
}

#[derive(Default)]
struct Waiting {
    messages: Vec<Message>,
    gone: Option<Gone>,
}

impl Outbox {
    fn put(&self, message: Message) -> Result<(), Gone> {
        let mut waiting = self.lock();
        if waiting.messages.len() >= WAITING_MAX {
            waiting.gone.get_or_insert(Gone::Behind);
            waiting.messages.clear();
        }
        if let Some(gone) = waiting.gone {
            return Err(gone);
        }
        waiting.messages.push(message);
        self.news.notify_one();
        Ok(())
    }

    /// Waits for messages and takes them all.
    async fn take(&self) -> Result<Vec<Message>, Gone> {
        loop {
            {
                let mut waiting = self.lock();
                if let Some(gone) = waiting.gone {
                    return Err(gone);
                }
                if !waiting.messages.is_empty() {
                    return Ok(std::mem::take(&mut waiting.messages));
                }
            }
            // `Notify` keeps one notification that arrives between the check and this line.
            self.news.notified().await;
        }
    }

    fn close(&self) {
        self.lock().gone.get_or_insert(Gone::Page);
        self.news.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for MessagesNext {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let outbox = caller.state::<Outboxes>().of(caller.window.label(), self.page);
        Answer::later(async move { outbox.take().await.map_err(|_| Failure::Gone) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(outboxes: &Outboxes, page: u32, id: u32) -> Sender<u32> {
        Sender { outbox: Arc::downgrade(&outboxes.of("kiosk", page)), id, messages: PhantomData }
    }

    fn told(messages: &[Message]) -> Vec<(u32, &str)> {
        messages.iter().map(|Message { channel, message }| (*channel, message.get())).collect()
    }

    #[tokio::test]
    async fn messages_come_in_order_and_each_once() {
        let outboxes = Outboxes::default();
        let (first, second) = (channel(&outboxes, 9, 1), channel(&outboxes, 9, 2));
        let outbox = outboxes.of("kiosk", 9);
        let waiter = tokio::spawn({
            let outbox = outbox.clone();
            async move { outbox.take().await }
        });
        tokio::task::yield_now().await;
        first.send(10).unwrap();
        assert_eq!(told(&waiter.await.unwrap().unwrap()), [(1, "10")], "whoever waits is told");
        second.send(20).unwrap();
        first.send(30).unwrap();
        assert_eq!(told(&outbox.take().await.unwrap()), [(2, "20"), (1, "30")]);
    }

    #[tokio::test]
    async fn a_page_that_is_gone_is_told_nothing_and_waits_for_nothing() {
        let outboxes = Outboxes::default();
        let (old, outbox) = (channel(&outboxes, 9, 1), outboxes.of("kiosk", 9));
        let waiter = tokio::spawn(async move { outbox.take().await.map(|_| ()) });
        tokio::task::yield_now().await;
        let new = channel(&outboxes, 10, 1);
        assert_eq!(waiter.await.unwrap(), Err(Gone::Page), "the window was loaded anew");
        assert_eq!(old.send(1), Err(Gone::Page));
        new.send(2).unwrap();
        assert_eq!(told(&outboxes.of("kiosk", 10).take().await.unwrap()), [(1, "2")]);
        outboxes.forget("kiosk");
        assert_eq!(new.send(3), Err(Gone::Page), "the window was closed");
    }

    #[tokio::test]
    async fn a_page_that_hangs_learns_that_it_missed_something() {
        let outboxes = Outboxes::default();
        let channel = channel(&outboxes, 9, 1);
        let sent = (0..).take_while(|n| channel.send(*n).is_ok()).count();
        assert_eq!(sent, WAITING_MAX);
        assert_eq!(outboxes.of("kiosk", 9).take().await.map(|_| ()), Err(Gone::Behind));
    }
}
