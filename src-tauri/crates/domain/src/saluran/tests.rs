//! Set-ups as they are entered, kept and shown.

use serde_json::json;

use super::*;
use crate::{Language, pesan::JenisPesan};

fn from_environment(text: &str) -> WhatsappConfig {
    WhatsappConfig::from_environment(text, Some("http://gateway.example:3000/wa"), None).unwrap()
}

#[test]
fn each_provider_is_read_from_the_environment() {
    let secret = |text| Secret::new(text);
    let provider = |text| from_environment(text).provider;
    let Provider::Cloud { phone_id, token, version, .. } = provider("cloud:1055:EAAG:x") else { panic!() };
    assert_eq!((&*phone_id, token, &*version), ("1055", secret("EAAG:x"), "v23.0"));
    let fonnte = Provider::Fonnte { token: secret("M@N!4:Yr+#"), webhook_secret: None };
    assert_eq!(provider("fonnte:M@N!4:Yr+#"), fonnte);
    let wablas = Provider::Wablas { token: secret("t"), secret: secret("s"), webhook_secret: None };
    assert_eq!(provider("wablas:t:s"), wablas);
    for (text, session) in [("waha:k", "default"), ("waha:k:tu-1", "tu-1")] {
        let waha = Provider::Waha { key: secret("k"), session: session.to_owned(), webhook_secret: None };
        assert_eq!(provider(text), waha);
    }
    let Provider::Evolution { instance, key, .. } = provider("evolution:TU SMP:k:2") else { panic!() };
    assert_eq!((&*instance, key), ("TU SMP", secret("k:2")));
}

#[test]
fn known_servers_need_no_address_and_the_others_do() {
    let base = |text| WhatsappConfig::from_environment(text, None, None).map(|config| config.base.host());
    assert_eq!(base("cloud:1:t").unwrap(), "graph.facebook.com");
    assert_eq!(base("fonnte:t").unwrap(), "api.fonnte.com");
    for text in ["wablas:t:s", "waha:k", "evolution:i:k"] {
        let error = base(text).unwrap_err().to_string();
        assert!(error.ends_with("base: wajib diisi"), "{error}");
    }
}

#[test]
fn the_webhooks_secret_comes_from_the_environment_too() {
    let read =
        |text, webhook| WhatsappConfig::from_environment(text, Some("http://gateway.example"), Some(webhook));
    let Provider::Cloud { app_secret, verify_token, .. } = read("cloud:1:t", "abc:def").unwrap().provider
    else {
        panic!()
    };
    assert_eq!((app_secret, verify_token), (Some(Secret::new("abc")), Some(Secret::new("def"))));
    let waha = read("waha:k", "rahasia-yang-acak:1").unwrap();
    assert_eq!(waha.webhook_secret(), Some(&Secret::new("rahasia-yang-acak:1")));
    assert!(read("waha:k", "pendek").is_err());
}

#[test]
fn a_wrong_variable_is_refused_in_one_line_without_its_value() {
    for text in [
        "SANGAT",
        "sms:SANGAT",
        "smtp:SANGAT",
        "cloud:SANGAT",
        "cloud:SANGAT:RAHASIA",
        "cloud:1:SANGAT RAHASIA",
        "cloud:1:",
        "fonnte:",
        "fonnte:SANGAT\nRAHASIA",
        "wablas:SANGAT",
        "wablas:SANGAT:RAHASIA:SEKALI",
        "waha:SANGAT:RAHASIA:SEKALI",
        "waha:SANGAT:..",
        "waha::SANGAT",
        "evolution:SANGAT",
        "evolution::SANGAT",
        "evolution:..:SANGAT",
    ] {
        let error = WhatsappConfig::from_environment(text, Some("http://gateway.example"), None).unwrap_err();
        for shown in [error.to_string(), format!("{error:?}")] {
            assert!(shown.lines().count() == 1 && shown.len() < 300, "{shown}");
            assert!(!shown.contains("SANGAT") && !shown.contains("SEKALI"), "{shown}");
        }
    }
    for base in ["gateway", "ftp://gateway.example", "http://SANGAT:RAHASIA@gateway.example", "http://a?b"] {
        let error = WhatsappConfig::from_environment("waha:KUNCI", Some(base), None).unwrap_err().to_string();
        assert!(error.contains("base: ") && !error.contains("SANGAT") && !error.contains("KUNCI"), "{error}");
    }
}

#[test]
fn nothing_that_is_shown_holds_a_secret() {
    for text in ["cloud:1055:SANGAT", "wablas:SANGAT:SANGAT", "waha:SANGAT", "evolution:tu:SANGAT"] {
        let config = from_environment(text);
        let shown = format!("{config:?} {} {:?}", config.summary(), WhatsappForm::from(config.clone()));
        assert!(!shown.contains("SANGAT"), "{shown}");
    }
    assert_eq!(from_environment("cloud:1055:t").summary(), "1055");
    assert_eq!(from_environment("waha:k").summary(), "gateway.example:3000");
    let smtp =
        SmtpConfig::from_environment("smtps://tu%40smp.example:SANGAT@mail.example:465", None).unwrap();
    assert_eq!(smtp.summary(), "mail.example");
    assert!(!format!("{smtp:?} {:?}", SmtpForm::from(smtp.clone())).contains("SANGAT"));
}

#[test]
fn what_is_kept_is_read_as_it_was() {
    for text in ["cloud:1055:t", "fonnte:t", "wablas:t:s", "waha:k:tu", "evolution:tu:k"] {
        let config = from_environment(text);
        let kept = serde_json::to_vec(&config).unwrap();
        assert_eq!(serde_json::from_slice::<WhatsappConfig>(&kept).unwrap(), config);
    }
    let sent = json!({
        "penyedia": "cloud", "phone_id": " 1055 ", "token": "t\n", "app_secret": "a", "verify_token": "v", "base": "",
        "template": { "undangan": { "nama": "undangan_smp", "bahasa": "en_US" }, "batal": { "nama": "batal" } },
    });
    let config: WhatsappConfig = serde_json::from_value(sent).unwrap();
    let Provider::Cloud { phone_id, template, .. } = &config.provider else { panic!() };
    assert_eq!(phone_id, "1055");
    assert_eq!(template.get(JenisPesan::Undangan, Language::Id), ("undangan_smp".to_owned(), "en_US"));
    assert_eq!(template.get(JenisPesan::Batal, Language::En), ("batal".to_owned(), "en"));
    assert_eq!(template.get(JenisPesan::Ulasan, Language::Id), ("bukutamu_ulasan".to_owned(), "id"));
    let again = serde_json::from_value(serde_json::to_value(&config).unwrap());
    assert_eq!(again.ok(), Some(config));
    let smtp = json!({ "url": "smtp://mail.example:587?tls=required", "dari": "tu@smp.example", "dari_nama": "SMP 1" });
    let config: SmtpConfig = serde_json::from_value(smtp.clone()).unwrap();
    assert_eq!(serde_json::to_value(config).unwrap(), smtp);
}

#[test]
fn all_that_is_wrong_with_a_form_is_told_by_field() {
    let wrong = |form| {
        let form: WhatsappForm = serde_json::from_value(form).unwrap();
        form.check().unwrap_err().into_keys().collect::<Vec<_>>()
    };
    assert_eq!(wrong(json!({ "penyedia": "smtp" })), ["penyedia"]);
    assert_eq!(wrong(json!({ "penyedia": "cloud" })), ["phone_id", "token"]);
    let foreign = json!({ "penyedia": "fonnte", "token": "t", "key": "k", "session": "s", "instance": "" });
    assert_eq!(wrong(foreign), ["key", "session"]);
    let many = json!({
        "penyedia": "evolution", "base": "x", "instance": "a\nb", "key": "é", "version": "3",
        "webhook_secret": "pendek",
    });
    assert_eq!(wrong(many), ["base", "instance", "key", "version", "webhook_secret"]);
    for template in [json!({ "nama": "Undangan" }), json!({ "nama": "undangan", "bahasa": "Indonesia" })] {
        let form =
            json!({ "penyedia": "cloud", "phone_id": "1", "token": "t", "template": { "batal": template } });
        assert_eq!(wrong(form), ["template"]);
    }
    let form: SmtpForm =
        serde_json::from_value(json!({ "url": "http://mail.example", "dari": "tu" })).unwrap();
    assert_eq!(form.check().unwrap_err().into_keys().collect::<Vec<_>>(), ["dari", "url"]);
}

#[test]
fn unknown_fields_are_refused() {
    for form in [
        json!({ "penyedia": "fonnte", "token": "t", "tokn": "t" }),
        json!({ "penyedia": "telegram", "token": "t" }),
        json!({ "penyedia": "cloud", "phone_id": "1", "token": "t", "template": { "iklan": { "nama": "a" } } }),
    ] {
        assert!(serde_json::from_value::<WhatsappForm>(form.clone()).is_err(), "{form}");
    }
    assert!(
        serde_json::from_value::<SmtpForm>(json!({ "url": "smtp://mail.example", "host": "x" })).is_err()
    );
}

#[test]
fn paths_are_put_together_so_that_no_name_leaves_its_place() {
    let base = BaseUrl::parse("https://gateway.example/wa/").unwrap();
    let url = base.join(["message", "sendText", "TU/../SMP 1?x#y"]);
    assert_eq!(url.as_str(), "https://gateway.example/wa/message/sendText/TU%2F..%2FSMP%201%3Fx%23y");
    assert_eq!(
        BaseUrl::parse("http://127.0.0.1:8080").unwrap().join(["a"]).as_str(),
        "http://127.0.0.1:8080/a"
    );
}

#[test]
fn a_mail_server_gets_no_password_in_the_clear_and_has_a_sender() {
    let wrong = |url: &str, dari: Option<&str>| {
        let form = SmtpForm { url: Some(Secret::new(url)), dari: dari.map(str::to_owned), dari_nama: None };
        form.check().err().map(|errors| errors.into_keys().collect::<Vec<_>>()).unwrap_or_default()
    };
    let dari = Some("tu@smp.example");
    for url in [
        "smtps://u:p@mail.example:465",
        "smtp://u:p@mail.example:587?tls=required",
        "smtp://mail.example",
        "smtp://u:p@127.0.0.1:25",
        "smtp://u:p@localhost",
        "smtp://u:p@[::1]:25",
    ] {
        assert!(wrong(url, dari).is_empty(), "{url}");
    }
    for url in [
        "smtp://u:p@mail.example",
        "smtp://u:p@mail.example:587?tls=opportunistic",
        "smtp://u:p@10.0.0.5",
        "smtp://u:p@localhost.example",
        "smtp://mail.example?tls=none",
        "smtp://mail.example?timeout=1",
        "http://mail.example",
        "smtp://",
        "mail.example:25",
    ] {
        assert_eq!(wrong(url, dari), ["url"], "{url}");
    }
    assert_eq!(wrong("smtps://mail.example", None), ["dari"]);
    assert_eq!(wrong("smtps://petugas:p@mail.example", None), ["dari"]);
    let named = SmtpConfig::from_environment("smtps://tu%40smp.example:p@mail.example", None).unwrap();
    assert_eq!(named.dari, "tu@smp.example");
}
