//! Stories of turns: of several nodes one does the work, and another takes over from one that is silent.

use crate::school::{School, at, at_once};

stories![one_node_has_the_turn_and_keeps_it, a_silent_node_loses_its_turn, of_many_nodes_at_once_one_gets_it,];

async fn take(school: &School, pekerjaan: &'static str, node: &str, now: &str, until: &str) -> bool {
    school.store.giliran().take_giliran(pekerjaan, node, at(now), at(until)).await.unwrap()
}

async fn one_node_has_the_turn_and_keeps_it(school: &School) {
    assert!(take(school, "malam", "a1", "09:00", "09:30").await);
    assert!(!take(school, "malam", "b2", "09:10", "09:40").await, "another waits");
    assert!(!take(school, "malam", "a", "09:10", "09:40").await, "so does one whose name begins alike");
    assert!(take(school, "malam", "a1", "09:20", "09:50").await, "its own it keeps");
    assert!(!take(school, "malam", "b2", "09:40", "10:10").await);
    assert!(take(school, "surat", "b2", "09:10", "09:40").await, "another work has another turn");
}

async fn a_silent_node_loses_its_turn(school: &School) {
    assert!(take(school, "malam", "a1", "09:00", "09:30").await);
    assert!(take(school, "malam", "b2", "09:31", "10:00").await);
    assert!(!take(school, "malam", "a1", "09:32", "10:00").await, "and does not get it back by being there");
}

async fn of_many_nodes_at_once_one_gets_it(school: &School) {
    for (now, until) in [("09:00", "09:10"), ("09:20", "09:30")] {
        let store = school.store.clone();
        let taken = at_once(move |n| {
            let store = store.clone();
            async move {
                let node = format!("node{n}");
                store.giliran().take_giliran("malam", &node, at(now), at(until)).await.unwrap()
            }
        })
        .await;
        assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1, "at {now}");
    }
}
