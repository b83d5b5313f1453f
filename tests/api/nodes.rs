//! Several nodes of one school: what happens on one is told by all of them, once, with NATS and without it.

mod balancer;
mod chaos;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{App, Caller, GURU, NO_NATS, Nats, Node, Place, Socket, pause, skip, walk_in, within};

journeys![
    an_arrival_on_one_node_is_told_by_all_of_them_once,
    what_happens_while_nats_is_away_is_told_a_moment_later_and_once,
    who_is_connected_holds_for_all_nodes,
    a_session_that_ends_on_one_node_ends_on_all,
    a_session_that_ends_while_nats_is_away_ends_on_all,
    settings_of_one_node_are_those_of_all,
    what_is_done_once_for_the_school_is_done_by_one_node,
    schools_on_one_nats_hear_nothing_of_each_other,
];

/// A school on three nodes.
struct Three {
    app: App,
    nodes: [Node; 2],
    nats: Nats,
}

impl Three {
    /// None where there is no NATS; then the test is skipped.
    #[track_caller]
    fn start(place: Place) -> impl Future<Output = Option<Self>> {
        let location = std::panic::Location::caller();
        async move {
            let Some(nats) = Nats::start().await else {
                skip(&format!("{NO_NATS} ({location})"));
                return None;
            };
            let app = App::on_nats(place, &nats).await;
            let nodes = [app.node(&nats).await, app.node(&nats).await];
            let three = Self { app, nodes, nats };
            three.meet(3).await;
            Some(three)
        }
    }

    /// Waits until each knows the others.
    async fn meet(&self, nodes: usize) {
        let servers = [self.app.server(), self.nodes[0].server(), self.nodes[1].server()];
        let met = async {
            while servers.iter().any(|server| server.nodes() != nodes || !server.hears_nodes()) {
                pause().await;
            }
        };
        within("the nodes to meet", met).await;
    }

    /// The guru, connected to each node.
    async fn sockets(&self) -> Vec<Socket> {
        let guru = self.app.guru().await;
        let urls = [self.app.server().url(), self.nodes[0].url(), self.nodes[1].url()];
        let mut sockets = Vec::new();
        for url in urls {
            sockets.push(guru.on(url).subscribe().await);
        }
        sockets
    }
}

/// How often each arrival is told before this one, which comes last.
async fn told_until(socket: &mut Socket, last: &Value) -> BTreeMap<i64, usize> {
    let mut told = BTreeMap::new();
    loop {
        let event = socket.next().await;
        if event["type"] != "notification" {
            continue;
        }
        *told.entry(event["data"]["id"].as_i64().unwrap()).or_default() += 1;
        if event["data"]["id"] == *last {
            return told;
        }
    }
}

async fn arrive(desk: &Caller, n: u32) -> Value {
    desk.post("/api/appointments/walk-in", walk_in(n, &GURU)).await.expect(201)["id"].clone()
}

async fn an_arrival_on_one_node_is_told_by_all_of_them_once(place: Place) {
    let Some(three) = Three::start(place).await else { return };
    let desk = three.app.desk().await;
    let mut sockets = three.sockets().await;
    for (n, url) in
        [three.app.server().url(), three.nodes[0].url(), three.nodes[1].url()].into_iter().enumerate()
    {
        let last = arrive(&desk.on(url), n as u32 + 1).await;
        for socket in &mut sockets {
            let told = told_until(socket, &last).await;
            assert_eq!(told.into_values().collect::<Vec<_>>(), [1], "arrival {n}");
        }
    }
}

async fn what_happens_while_nats_is_away_is_told_a_moment_later_and_once(place: Place) {
    let Some(mut three) = Three::start(place).await else { return };
    let desk = three.app.desk().await;
    let mut sockets = three.sockets().await;
    three.nats.kill();
    let first = arrive(&desk.on(three.nodes[1].url()), 1).await;
    let second = arrive(&desk, 2).await;
    for socket in &mut sockets {
        // In whichever order the database names them.
        let mut told = told_until(socket, &first).await;
        if !told.contains_key(&second.as_i64().unwrap()) {
            told.extend(told_until(socket, &second).await);
        }
        assert_eq!(told.into_values().collect::<Vec<_>>(), [1, 1]);
    }
    three.nats.restart().await;
    three.meet(3).await;
    let third = arrive(&desk, 3).await;
    for socket in &mut sockets {
        let told = told_until(socket, &third).await;
        assert_eq!(told.into_iter().collect::<Vec<_>>(), [(third.as_i64().unwrap(), 1)]);
    }
}

async fn who_is_connected_holds_for_all_nodes(place: Place) {
    let Some(three) = Three::start(place).await else { return };
    let desk = three.app.desk().await;
    let mut reception = desk.subscribe().await;
    let guru = three.app.guru().await.on(three.nodes[0].url());
    let socket = guru.subscribe().await;
    assert_eq!(reception.next_of("presence").await, json!({ "id_pengguna": GURU.id(), "online": true }));
    let arrived = desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    assert!(!arrived["pesan"].as_str().is_some_and(|pesan| pesan.contains("belum terhubung")), "{arrived}");
    let dashboard = three.app.admin().await.on(three.nodes[1].url()).get("/api/dashboard").await.expect(200);
    assert_eq!(dashboard["guru_terhubung"], 1, "{dashboard}");
    drop(socket);
    let gone = async {
        loop {
            let event = reception.next().await;
            if event["type"] == "presence" && event["data"]["id_pengguna"] == json!(GURU.id()) {
                return event;
            }
        }
    };
    let gone = within("the guru to leave", gone).await;
    assert_eq!(gone["data"]["online"], false, "{gone}");
}

async fn a_session_that_ends_on_one_node_ends_on_all(place: Place) {
    let Some(three) = Three::start(place).await else { return };
    let guru = three.app.guru().await;
    let socket = guru.on(three.nodes[1].url()).subscribe().await;
    guru.on(three.nodes[0].url()).post("/api/auth/logout", json!({})).await.expect(204);
    let (code, _) = socket.closed().await;
    assert_eq!(code, 4401, "it is told to sign in");
}

async fn a_session_that_ends_while_nats_is_away_ends_on_all(place: Place) {
    let Some(mut three) = Three::start(place).await else { return };
    let guru = three.app.guru().await;
    let socket = guru.on(three.nodes[1].url()).subscribe().await;
    let other = three.app.other_guru().await;
    let mut stays = other.on(three.nodes[1].url()).subscribe().await;
    three.nats.kill();
    guru.post("/api/auth/logout", json!({})).await.expect(204);
    let (code, _) = socket.closed().await;
    assert_eq!(code, 4401, "it is told to sign in");
    let desk = three.app.desk().await;
    desk.post("/api/appointments/walk-in", walk_in(1, &tests::OTHER_GURU)).await.expect(201);
    stays.next_of("notification").await;
}

async fn settings_of_one_node_are_those_of_all(place: Place) {
    let Some(three) = Three::start(place).await else { return };
    let admin = three.app.admin().await;
    let mut page = admin.on(three.nodes[0].url()).subscribe().await;
    let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
    let changes = json!({ "versi": versi, "nama_sekolah": "SMP Nusa Lentera" });
    admin.put("/api/settings", changes).await.expect(200);
    page.next_of("settings").await;
    let settings = admin.on(three.nodes[0].url()).get("/api/settings").await.expect(200);
    assert_eq!(settings["nama_sekolah"], "SMP Nusa Lentera");
}

async fn what_is_done_once_for_the_school_is_done_by_one_node(place: Place) {
    let Some(three) = Three::start(place).await else { return };
    let mut done = Vec::new();
    for server in [three.app.server(), three.nodes[0].server(), three.nodes[1].server()] {
        done.push(server.run_jobs().await.expect("the jobs run"));
    }
    assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
    // Whoever had the turn is silent, and loses it.
    three.app.clock.advance(chrono::Duration::minutes(26));
    let last = three.nodes[1].server().run_jobs().await.expect("the jobs run");
    assert!(last, "another takes over");
}

async fn schools_on_one_nats_hear_nothing_of_each_other(place: Place) {
    let Some(three) = Three::start(place).await else { return };
    let other = App::on_nats(place, &three.nats).await;
    let mut theirs = other.guru().await.subscribe().await;
    let mut ours = three.sockets().await;
    // The same ids in both.
    let here = arrive(&three.app.desk().await, 1).await;
    let there = arrive(&other.desk().await, 2).await;
    let again = arrive(&other.desk().await, 3).await;
    assert_eq!(here, there);
    assert_eq!(told_until(&mut theirs, &again).await.into_values().collect::<Vec<_>>(), [1, 1]);
    let last = arrive(&three.app.desk().await, 4).await;
    assert_eq!(told_until(&mut ours[1], &last).await.into_values().collect::<Vec<_>>(), [1, 1]);
    assert_eq!((three.app.server().nodes(), other.server().nodes()), (3, 1));
}
