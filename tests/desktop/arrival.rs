//! The whole chain through real windows: a code on the scanner's line, the guest's name at the kiosk, the pop-up on the
//! teacher's PC, the answer back at the kiosk.

use tests::invite;

use crate::{program::Program, school::School, stage, window};

#[tokio::test(flavor = "multi_thread")]
async fn a_scanned_guest_is_announced_and_the_answer_comes_back() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let invited = invite(&guru, 1, "09:00").await;
    let name = invited["nama_tamu"].as_str().expect("a name").to_owned();

    let (kiosk, mut scanner) = school.open_kiosk(&stage).await;
    kiosk.inspect(&stage, "kiosk-siap").await;
    let teacher = school.guru(&stage).await;
    teacher.look_at("popup").await;
    assert!(!teacher.is_visible().await, "the pop-up is there before anybody came");

    scanner.reads(invited["kode_qr"].as_str().expect("a code"));
    kiosk.sees(&name).await;
    teacher.sees(&name).await;
    teacher.comes_up().await;
    teacher.inspect(&stage, "layar-tamu-datang").await;

    teacher.press("Saya ke lobi").await;
    kiosk.sees("aya ke lobi").await;
    kiosk.inspect(&stage, "layar-dijawab").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pop_up_leaves_the_focus_where_the_teacher_types() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (guru, desk) = (school.app.guru().await, school.app.desk().await);
    let teacher = school.guru(&stage).await;
    let typing = window::active(&stage).expect("the teacher's window has the focus");
    for (guest, waktu) in (1..).zip(["09:00", "09:30"]) {
        let invited = invite(&guru, guest, waktu).await;
        desk.scan(&invited["kode_qr"]).await.expect(200);
        teacher.look_at("popup").await;
        teacher.sees(&format!("Tamu Nomor {guest}")).await;
        teacher.comes_up().await;
        assert_eq!(window::active(&stage).as_ref(), Some(&typing), "the pop-up takes the focus");
        teacher.press("Saya ke lobi").await;
        tests::answered(&desk, "Saya ke lobi").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_guests_stack_in_the_pop_up_and_each_is_answered() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (guru, desk) = (school.app.guru().await, school.app.desk().await);
    let teacher = school.guru(&stage).await;
    teacher.look_at("popup").await;
    let told = ["Tamu Nomor 1", "Tamu Nomor 2", "dan 1 tamu lagi"];
    for (guest, (waktu, told)) in (1..).zip(["09:00", "09:30", "10:00"].into_iter().zip(told)) {
        let invited = invite(&guru, guest, waktu).await;
        desk.scan(&invited["kode_qr"]).await.expect(200);
        teacher.sees(told).await;
    }
    teacher.comes_up().await;
    teacher.sees("3 tamu menunggu").await;
    teacher.inspect(&stage, "popup-tiga").await;
    teacher.press("Tulis jawaban").await;
    teacher.find("[data-testid=jawaban-teks]").await;
    teacher.inspect(&stage, "popup-tulis").await;
    teacher.fill("[data-testid=jawaban-teks]", "Silakan ke ruang guru").await;
    teacher.driver.action_chain().send_keys(thirtyfour::Key::Enter).perform().await.expect("a key");
    tests::answered(&desk, "Silakan ke ruang guru").await;
    teacher.inspect(&stage, "popup-terjawab").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_came_while_the_program_was_off_is_announced_when_it_starts() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (guru, desk) = (school.app.guru().await, school.app.desk().await);
    let mut folder = school.guru(&stage).await.end().await;
    let invited = invite(&guru, 1, "09:00").await;
    desk.scan(&invited["kode_qr"]).await.expect(200);
    let address = school.address();
    // Started by the person, and by the log-in.
    for extra in [[].as_slice(), &["--hidden"]] {
        let args = [&["--role", "guru", "--server", &address], extra].concat();
        let teacher = Program::start_in(&stage, folder, &args).await;
        teacher.look_at("popup").await;
        teacher.sees("Tamu Nomor 1").await;
        teacher.comes_up().await;
        let text = teacher.text().await;
        assert_eq!(text.matches("Saya ke lobi").count(), 1, "one card: {text}");
        folder = teacher.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_that_types_is_read_whatever_has_the_focus_and_types_into_no_field() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let invited = invite(&guru, 1, "09:00").await;
    let name = invited["nama_tamu"].as_str().expect("a name");

    let (kiosk, _scanner) = school.open_kiosk(&stage).await;
    // The search's field has the focus.
    kiosk.driver.action_chain().send_keys(thirtyfour::Key::F3).perform().await.expect("a key");
    kiosk.sees("Buku hari ini").await;
    let focus = "const field = document.querySelector('input'); field.focus(); window.field = field";
    kiosk.driver.execute(focus, Vec::new()).await.expect("the search has a field");
    stage.type_like_a_scanner(invited["kode_qr"].as_str().expect("a code"));
    kiosk.sees(name).await;
    let typed = kiosk.driver.execute("return window.field.value", Vec::new()).await.expect("a page");
    assert_eq!(typed.convert::<String>().expect("a text"), "", "the scanner typed into the field");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_code_names_its_reason() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (kiosk, mut scanner) = school.open_kiosk(&stage).await;
    scanner.reads("HTTPS://LAIN.EXAMPLE/MENU1");
    kiosk.sees("bukan kode").await;
    kiosk.inspect(&stage, "kiosk-ditolak").await;
}
