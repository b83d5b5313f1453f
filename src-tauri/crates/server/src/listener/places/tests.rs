//! Who gets a place, and who gives way.

use super::*;

fn places(all: usize, unproven: usize, unproven_of_one: usize) -> Places {
    let proxies = "10.9.9.9".parse().unwrap();
    Places::new(Caps { all, unproven, unproven_of_one }, proxies)
}

fn ip(last: u8) -> IpAddr {
    [203, 0, 113, last].into()
}

/// `count` connections of one address.
fn take(places: &Places, from: IpAddr, count: usize) -> Vec<Arc<Place>> {
    (0..count).map(|_| places.take(from).expect("a place")).collect()
}

fn is_ended(place: &Place) -> bool {
    place.check().is_err()
}

fn ended(places: &[Arc<Place>]) -> usize {
    places.iter().filter(|place| is_ended(place)).count()
}

#[test]
fn one_address_has_so_many_and_its_oldest_give_way() {
    let places = places(100, 50, 5);
    let (of_one, of_other) = (take(&places, ip(1), 8), take(&places, ip(2), 5));
    assert_eq!((ended(&of_one[..3]), ended(&of_one[3..])), (3, 0));
    assert_eq!(ended(&of_other), 0, "another's are another's");
}

#[test]
fn addresses_of_one_computer_count_together() {
    let places = places(100, 50, 5);
    let at = |n: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, n]);
    let all: Vec<_> = (0..8).map(|n| places.take(at(n)).unwrap()).collect();
    assert_eq!(ended(&all), 3);
}

#[test]
fn where_all_is_full_the_fullest_gives_way_and_never_who_signed_in() {
    let places = places(12, 9, 9);
    let signed_in = take(&places, ip(1), 2);
    signed_in.iter().for_each(|place| places.prove(place, "pengguna 1"));
    let guest = take(&places, ip(2), 1);
    let greedy: Vec<_> = (0..50).map(|_| places.take(ip(3)).expect("the oldest gives way")).collect();
    let newcomer = take(&places, ip(4), 1);
    assert_eq!((ended(&signed_in), ended(&guest), ended(&newcomer)), (0, 0, 0));
    assert_eq!(ended(&greedy), 43, "seven stay beside the guest and the newcomer");
    let desk = take(&places, ip(1), 3);
    desk.iter().for_each(|place| places.prove(place, "pengguna 1"));
    assert_eq!(ended(&desk), 0, "places that others cannot take");
}

#[test]
fn many_addresses_are_no_way_round() {
    let places = places(100, 40, 10);
    let all: Vec<_> = (1..=200).map(|n| places.take(ip(n)).unwrap()).collect();
    assert_eq!(ended(&all), 160);
}

#[test]
fn an_address_where_somebody_signed_in_gives_way_after_others() {
    let places = places(100, 10, 10);
    places.prove(&take(&places, ip(1), 1)[0], "pengguna 1");
    let (known, strange) = (take(&places, ip(1), 6), take(&places, ip(2), 3));
    take(&places, ip(3), 1);
    let newcomers = take(&places, ip(4), 1);
    assert_eq!((ended(&known), ended(&strange), ended(&newcomers)), (0, 1, 0));
}

#[test]
fn where_all_have_signed_in_whoever_holds_most_gives_way_and_a_fair_share_stays() {
    let places = places(FAIR_SHARE + 10, 8, 8);
    let prove_one = |owner: &str| {
        let place = take(&places, ip(1), 1).remove(0);
        places.prove(&place, owner);
        place
    };
    let prove = |owner: &str, count| (0..count).map(|_| prove_one(owner)).collect::<Vec<_>>();
    let greedy = prove("pengguna 1", FAIR_SHARE + 5);
    let desk = prove("pengguna 2", 5);
    let newcomer = places.take(ip(9)).expect("the oldest of the greedy gives way");
    places.prove(&newcomer, "pengguna 3");
    assert!(is_ended(&greedy[0]) && ended(&greedy) == 1 && ended(&desk) == 0);
    prove("pengguna 4", 4);
    assert_eq!(ended(&greedy), 5);
    assert!(places.take(ip(9)).is_none(), "nobody needs to give way any more");
    places.leave(&desk[0]);
    assert!(places.take(ip(9)).is_some());
}

#[test]
fn a_proxy_that_was_named_is_many_computers() {
    let places = places(100, 50, 5);
    let proxy = take(&places, [10, 9, 9, 9].into(), 40);
    assert_eq!(ended(&proxy), 0);
    take(&places, ip(1), 50);
    assert_eq!(ended(&proxy), 0);
}

#[test]
fn who_left_or_was_ended_holds_no_place() {
    let places = places(12, 9, 9);
    for _ in 0..3 {
        for place in take(&places, ip(1), 20) {
            places.leave(&place);
        }
    }
    let inner = places.lock();
    assert_eq!((inner.count(), inner.unproven.len()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_not_taken_ends_its_connection() {
    let places = places(12, 9, 9);
    let all = take(&places, ip(1), 3);
    let within = Duration::from_secs(120);
    let (untaken, taken) = (all[0].answered(), all[1].answered());
    all[1].taken(taken);
    tokio::time::advance(within).await;
    let late = all[1].answered();
    places.end_overdue(within);
    assert_eq!(ended(&all), 0, "as long as that it may take");
    tokio::time::advance(Duration::from_millis(1)).await;
    all[1].taken(late);
    places.end_overdue(within);
    assert!(is_ended(&all[0]) && ended(&all) == 1);
    all[0].taken(untaken);
}

#[test]
fn the_database_and_the_log_keep_files_of_their_own() {
    let caps = Caps::new(16_384, 100);
    assert!((60..=68).contains(&caps.all), "{caps:?}");
    assert!(caps.unproven < caps.all && caps.unproven_of_one <= caps.unproven, "{caps:?}");
    assert_eq!(Caps::new(16_384, usize::MAX).all, 16_384);
    assert_eq!(Caps::new(16_384, 0).all, 8, "it serves even so");
}

#[tokio::test(start_paused = true)]
async fn a_limit_is_told_once_a_minute() {
    let places = places(12, 9, 9);
    assert!(places.lock().may_tell() && !places.lock().may_tell());
    tokio::time::advance(TELL_EVERY).await;
    assert!(places.lock().may_tell());
}
