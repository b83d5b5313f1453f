//! Announcements as they come, and a real one if this machine has multicast.

use std::{io::Write, time::Duration};

use mdns_sd::ServiceInfo;

use super::*;

fn service(ips: &str, properties: &[(&str, &str)]) -> ServiceInfo {
    ServiceInfo::new(SERVICE_TYPE, "bukutamu-8443", "bukutamu-8443.local.", ips, 8443, properties).unwrap()
}

fn read_info(info: ServiceInfo) -> Option<Found> {
    read(&info.as_resolved_service())
}

#[test]
fn an_announcement_becomes_addresses_with_the_likeliest_first() {
    let sidik = ["AB"; 32].join(":");
    let info =
        service("127.0.0.1,fe80::1,192.168.1.10", &[("nama", "SMA 1"), ("tls", "1"), ("sidik", &sidik)]);
    let found = read_info(info).unwrap();
    assert_eq!(found.nama, "SMA 1");
    assert_eq!(found.name, "bukutamu-8443._bukutamu._tcp.local.");
    let addresses: Vec<_> = found.addresses.iter().map(ToString::to_string).collect();
    assert_eq!(addresses[0], format!("https://192.168.1.10:8443#{sidik}"));
    assert_eq!(addresses[1], format!("https://127.0.0.1:8443#{sidik}"));
}

#[test]
fn what_cannot_be_paired_is_passed_over() {
    assert_eq!(
        read_info(service("192.168.1.10", &[("tls", "1"), ("sidik", "AB:CD")])),
        None,
        "half a fingerprint"
    );
    assert_eq!(read_info(service("192.168.1.10", &[("tls", "0")])), None, "plain http over the network");
    let here = read_info(service("127.0.0.1", &[("tls", "0")])).unwrap();
    assert_eq!(here.addresses[0].to_string(), "http://127.0.0.1:8443");
}

#[tokio::test]
async fn a_server_that_announces_itself_is_found_and_lost() {
    let Ok(mut discovery) = Discovery::start() else { return skip("no mDNS on this machine") };
    let server = ServiceDaemon::new().unwrap();
    let sidik = "AB".repeat(32);
    let instance = format!("bukutamu-uji-{}", std::process::id());
    let properties = [("nama", "SMA Uji"), ("tls", "1"), ("sidik", sidik.as_str())];
    let info = ServiceInfo::new(SERVICE_TYPE, &instance, "bukutamu-uji.local.", "", 8443, &properties[..]);
    server.register(info.unwrap().enable_addr_auto()).unwrap();
    let name = format!("{instance}.{SERVICE_TYPE}");

    let limit = Duration::from_secs(10);
    let found = tokio::time::timeout(limit, async {
        loop {
            match discovery.next().await {
                Some(Sighting::Found(found)) if found.name == name => return found,
                Some(_) => {}
                None => panic!("the search ended"),
            }
        }
    });
    let Ok(found) = found.await else { return skip("no multicast on this machine") };
    assert_eq!(found.nama, "SMA Uji");
    assert_eq!(found.addresses[0].fingerprint(), sidik.parse().ok());

    server.unregister(&name).unwrap();
    let lost = tokio::time::timeout(limit, async {
        while discovery.next().await != Some(Sighting::Lost(name.clone())) {}
    });
    lost.await.expect("its good-bye is heard");
    server.shutdown().unwrap();
}

/// Does what `tests::skip` does, which a crate's own tests cannot import. `cargo xtask test` counts what is noted
/// there.
#[allow(clippy::print_stdout, reason = "plain `cargo test -- --nocapture` shows it as well")]
fn skip(reason: &str) {
    println!("skipped: {reason}");
    if let Some(log) = std::env::var_os("BUKUTAMU_SKIP_LOG") {
        let log = std::fs::OpenOptions::new().append(true).create(true).open(log);
        let line = format!("client::discovery ({}): {reason}\n", file!());
        log.and_then(|mut log| log.write_all(line.as_bytes())).expect("the skip log can be written");
    }
}
