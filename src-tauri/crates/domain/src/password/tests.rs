//! Passwords as people choose them.

use super::*;

fn known() -> Known {
    Known {
        nama: "Ratna Wulandari".to_owned(),
        email: "r.wulan85@smpn3malang.sch.id".to_owned(),
        telp: "+6281234567890".to_owned(),
        nama_sekolah: "SMP Negeri 3 Malang".to_owned(),
    }
}

#[track_caller]
fn all_refused(passwords: &[&str], why: InvalidPassword) {
    for password in passwords {
        assert_eq!(check_new(password, &known()), Err(why), "{password}");
    }
}

#[test]
fn length_is_counted_in_bytes() {
    let check = |password: &str| check_new(password, &known());
    assert_eq!(check("xk4 9#z"), Err(InvalidPassword::TooShort));
    let longest = "perahu kertas é menyeberangi kolam tetangga sebelum senja tiba di kotak";
    assert_eq!((longest.len(), check(longest)), (72, Ok(())));
    assert_eq!(check(&format!("{longest}a")), Err(InvalidPassword::TooLong));
    assert_eq!(check("nol \0 nol nol"), Err(InvalidPassword::ForbiddenCharacter));
}

#[test]
fn ones_own_name_is_refused_however_it_is_dressed() {
    all_refused(
        &[
            "RatnaWulandari",
            "ratna wulandari",
            "wulandari1985",
            "Wulandari!23",
            "ratna-2024-xyz",
            "R4tnaWul4ndar1",
            "wulandari.ratna",
            "17081985ratna",
        ],
        InvalidPassword::OwnName,
    );
}

#[test]
fn ones_own_address_number_and_school_are_refused() {
    all_refused(&["r.wulan85@smpn3malang.sch.id", "rwulan85!!", "Wulan85Wulan85"], InvalidPassword::OwnEmail);
    all_refused(&["081234567890", "81234567890", "+62 812-3456-7890"], InvalidPassword::OwnTelp);
    all_refused(&["smpnegeri3malang", "Malang2026", "SMP Negeri 3 Malang!"], InvalidPassword::SchoolName);
}

#[test]
fn years_and_dates_are_refused() {
    all_refused(
        &["19851985", "2024/2025", "17-08-1945", "01012001", "1985-08-17", "20242025!", "#2026#2027#"],
        InvalidPassword::YearPattern,
    );
}

#[test]
fn the_commonest_and_what_is_made_of_common_words_are_refused() {
    all_refused(
        &[
            "Tahun2024",
            "sekolah2026",
            "Merdeka1945",
            "17agustus1945",
            "bismillah",
            "rahasia123",
            "sayangku",
            "aku cinta kamu",
            "katasandi",
            "Semangat45",
            "gurubiologi",
            "bukutamu",
        ],
        InvalidPassword::TooCommon,
    );
    for password in
        ["12345678", "Password", "QWERTYUIOP", "aaaaaaaaaa", "iloveyou", "p@ssw0rd", "asdf;lkj", "a1b2c3d4"]
    {
        assert!(check_new(password, &known()).is_err(), "{password}");
    }
}

#[test]
fn a_few_words_that_have_nothing_to_do_with_the_person_are_taken() {
    for password in [
        "meja kayu 7",
        "kursi biru empuk 8",
        "kuda baterai staples",
        "ratna suka rujak cingur pedas",
        "bk7fq2mz9w4x",
        "Xy7#kp2q",
        "Tiga+ayam=gulai",
    ] {
        assert_eq!(check_new(password, &known()), Ok(()), "{password}");
        assert_eq!(check_new(password, &Known::default()), Ok(()), "{password}");
    }
}

#[test]
fn a_rating_tells_how_much_better_one_is() {
    let score = |password| rate(password, &known()).score;
    assert_eq!(score("wulandari1985"), 0);
    assert!(score("meja kayu 7") >= 3);
    assert_eq!(score("kuda baterai staples"), 4);
}

#[test]
fn the_code_is_what_json_says() {
    for why in [
        InvalidPassword::TooShort,
        InvalidPassword::TooLong,
        InvalidPassword::ForbiddenCharacter,
        InvalidPassword::TooCommon,
        InvalidPassword::OwnName,
        InvalidPassword::OwnEmail,
        InvalidPassword::OwnTelp,
        InvalidPassword::SchoolName,
        InvalidPassword::YearPattern,
        InvalidPassword::Guessable,
    ] {
        assert_eq!(serde_json::to_value(why).unwrap(), why.code());
    }
}
