//! E-mail set up as the provider's help names it, tried, and used: from the form to a real mail server.

use tests::{ADMIN, Mailbox};
use thirtyfour::{By, components::SelectElement};

use crate::{browser::ENTER, school::School};

const SIZES: [(u32, u32); 3] = [(320, 640), (1366, 768), (1920, 1080)];

#[tokio::test(flavor = "multi_thread")]
async fn e_mail_is_set_up_by_its_parts_and_tried() {
    let Some(browser) = crate::browser() else { return };
    let (school, mailbox) = (School::open().await, Mailbox::start());
    let server = school.app.server();
    outbox::start(server.school(), outbox::Environment::default(), server.stopping(), server.tasks());
    // Before there is a channel, it is the guru who tells the guest.
    school.invite(&school.app.guru().await, 1, "10:00").await;

    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.sees("1 perlu dikirim manual").await;
    admin.inspect("dasbor-tanpa-saluran").await;
    admin.click("[data-testid=menu-pesan]").await;
    admin.sees("Perlu dikirim manual").await;
    admin.inspect("pesan-tanpa-saluran").await;

    admin.ask::<()>("location.hash = '#/setelan/pesan'", Vec::new()).await;
    admin.click("[data-testid=atur-email] [data-testid=atur]").await;
    admin.find("[data-testid=laci-saluran]").await;
    admin.inspect("saluran-email").await;
    admin.inspect_sizes("saluran-email", &SIZES).await;
    let (host, port) = mailbox.place();
    admin.fill("[data-testid=saluran-server]", &format!("{host}:{port}")).await;
    admin.keys(ENTER).await;
    admin.find("[data-testid=saluran-server][aria-invalid=true]").await;
    admin.inspect("saluran-email-salah").await;

    admin.fill("[data-testid=saluran-server]", &host).await;
    let security = admin.driver.find(By::Css("[data-testid=saluran-keamanan]")).await.expect("a select");
    let security = SelectElement::new(&security).await.expect("a select");
    security.select_by_value("tanpa").await.expect("it can be chosen");
    admin.fill("[data-testid=saluran-port]", &port).await;
    admin.fill("[data-testid=saluran-dari]", "tu@sekolah.example").await;
    admin.keys(ENTER).await;
    admin.find("[data-testid=atur-email][data-keadaan=siap]").await;
    admin.sees("Belum diuji").await;
    admin.inspect("saluran-belum-diuji").await;

    admin.click("[data-testid=atur-email] [data-testid=uji]").await;
    admin.fill("[data-testid=tujuan]", "kepala@sekolah.example").await;
    admin.click("[data-testid=kirim-uji]").await;
    let mail = mailbox.next().await;
    assert_eq!(mail.to, ["kepala@sekolah.example"]);
    admin.sees_no_more("Belum diuji").await;
    admin.close().await;
}
