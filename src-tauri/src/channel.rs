//! From the program to a page, in order. A page fetches what is for it as soon as there is something. (Carrying it
//! there by a script would start a script engine in this process as well, some 5 MiB on Linux, and what a page that
//! hangs does not run would be lost without a word.)

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

/// A page that left so many messages unfetched hangs: it begins anew once it is back.
const WAITING_MAX: usize = 1000;

/// Why a page is told nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gone {
    /// It was closed, or loaded anew.
    Page,
    /// It fetched nothing for too long.
    Behind,
    /// The message cannot be written as JSON.
    Message,
}

/// A way to the page that asked for it.
pub(crate) struct Sender<M> {
    outbox: Weak<Outbox>,
    id: u32,
    messages: PhantomData<fn(M)>,
}

impl<M: Serialize> Sender<M> {
    /// To the window's page, on the channel that it opened.
    pub(crate) fn to(window: &WebviewWindow, channel: &Channel<M>) -> Self {
        let outbox = window.state::<Outboxes>().of(window.label(), channel.page);
        Self { outbox: Arc::downgrade(&outbox), id: channel.id, messages: PhantomData }
    }

    /// Puts a message where the page fetches it.
    ///
    /// # Errors
    /// [`Gone`]: nothing that is sent from now on arrives.
    pub(crate) fn send(&self, message: M) -> Result<(), Gone> {
        let outbox = self.outbox.upgrade().ok_or(Gone::Page)?;
        let message = serde_json::value::to_raw_value(&message).map_err(|_| Gone::Message)?;
        outbox.put(Message { channel: self.id, message })
    }
}

/// The messages for each window's page; a window that is loaded anew has another page.
#[derive(Default)]
pub(crate) struct Outboxes(Mutex<HashMap<String, (u32, Arc<Outbox>)>>);

impl Outboxes {
    /// The messages for this page. The one that the window had before is gone when another one asks.
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

    /// The window is gone, and whatever waits for it.
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
            // Keeps one word that comes in between.
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
