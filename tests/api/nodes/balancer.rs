//! Two nodes behind the balancer that the project ships a configuration for.

use std::time::Duration;

use serde_json::Value;
use tests::{Balancer, NO_BALANCER, Place, pause, skip};

use super::{Three, arrive, told_until};

journeys![
    any_node_answers_anybody_and_every_subscriber_is_told_once,
    a_node_that_leaves_loses_no_request_and_sends_its_subscribers_on,
];

async fn before(three: &Three) -> Option<Balancer> {
    let balancer = Balancer::before([three.nodes[0].url(), three.nodes[1].url()]).await;
    if balancer.is_none() {
        skip(NO_BALANCER);
    }
    balancer
}

async fn any_node_answers_anybody_and_every_subscriber_is_told_once(place: Place) {
    let Some(three) = Three::start(place).await else { return };
    let Some(balancer) = before(&three).await else { return };
    let guru = three.app.guru().await.on(balancer.url());
    let desk = three.app.desk().await.on(balancer.url());
    let mut sockets = Vec::new();
    for _ in 0..4 {
        sockets.push(guru.subscribe().await);
    }
    for n in 1..=4 {
        let id = arrive(&desk, n).await;
        for socket in &mut sockets {
            assert_eq!(told_until(socket, &id).await.into_values().collect::<Vec<_>>(), [1], "arrival {n}");
        }
    }
    let here = three.nodes.iter().map(|node| node.server().subscribers()).collect::<Vec<_>>();
    assert_eq!(here, [2, 2], "the balancer has used both");
}

async fn a_node_that_leaves_loses_no_request_and_sends_its_subscribers_on(place: Place) {
    let Some(three) = Three::start(place).await else { return };
    let Some(balancer) = before(&three).await else { return };
    let guru = three.app.guru().await.on(balancer.url());
    let desk = three.app.desk().await.on(balancer.url());
    // An engine that has just begun takes long for the first of a kind.
    arrive(&desk, 99).await;
    let (first, second) = (guru.subscribe().await, guru.subscribe().await);
    let leaving = three.nodes[0].server();
    let drained = leaving.drain(Duration::from_secs(4));
    tokio::pin!(drained);
    let mut asked = 0;
    loop {
        tokio::select! {
            () = &mut drained => break,
            // Each must be answered.
            id = arrive(&desk, asked % 90 + 1) => {
                assert_ne!(id, Value::Null);
                asked += 1;
                pause().await;
            }
        }
    }
    assert!(asked > 0, "nobody asked while it left");
    assert_eq!((leaving.subscribers(), three.nodes[1].server().subscribers()), (0, 1));
    three.app.nobody().on(leaving.url()).get("/readyz").await.expect(503);
    let mut again = guru.subscribe().await;
    let last = arrive(&desk, 91).await;
    // What arrived just before may still be on its way between the nodes.
    assert_eq!(told_until(&mut again, &last).await[&last.as_i64().unwrap()], 1);
    assert_eq!(three.nodes[1].server().subscribers(), 2);
    drop((first, second));
}
