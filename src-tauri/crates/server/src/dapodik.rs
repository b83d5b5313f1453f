//! The national register's own server at the school, asked once, at the address that an admin types. The interface is
//! unofficial, so whatever it does not do as expected is told and harms nothing. The token is used for the two
//! questions, and neither kept nor logged.

use std::time::Duration;

use domain::isian::{self, FieldErrors, InvalidIsian, collect};
use impor::{
    Berkas, FILE_MAX_BYTES, InvalidBerkas,
    dapodik::{self, Sekolah},
};
use reqwest::{Client, Response, StatusCode, redirect::Policy};
use tokio::task;
use url::Url;

/// The port at which the server listens unless it was set up otherwise.
const PORT: u16 = 5774;

/// Pages wait ten seconds for both answers.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
const GTK_WITHIN: Duration = Duration::from_secs(7);
const SEKOLAH_WITHIN: Duration = Duration::from_secs(2);

/// Where and as whom to ask.
pub(crate) struct Dapodik {
    /// The server, without a path.
    pub(crate) server: Url,
    /// Eight digits.
    pub(crate) npsn: String,
    pub(crate) token: String,
}

/// The server at an address as people type it: with or without `http://` and the port. `None` if it is no address of
/// a server.
pub(crate) fn server(text: &str) -> Option<Url> {
    let text = text.trim();
    let has_scheme = text.contains("://");
    let mut url: Url = if has_scheme { text.parse() } else { format!("http://{text}").parse() }.ok()?;
    let is_plain =
        matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    if !is_plain || !url.has_host() {
        return None;
    }
    let names_port = url.port().is_some() || text.ends_with(":80") || text.ends_with(":443");
    if url.scheme() == "http" && !names_port {
        url.set_port(Some(PORT)).ok()?;
    }
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Some(url)
}

impl Dapodik {
    /// The server as an admin typed it.
    ///
    /// # Errors
    /// What is wrong with `alamat`, `npsn` and `token`.
    pub(crate) fn typed(alamat: &str, npsn: &str, token: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let alamat = isian::optional_line(Some(alamat)).map(Option::unwrap_or_default);
        let server = collect(&mut errors, "alamat", alamat).map(|alamat| server(&alamat));
        if server == Some(None) {
            errors.insert("alamat".to_owned(), InvalidBerkas::Unreachable.into());
        }
        let npsn = npsn.trim().to_owned();
        if npsn.len() != 8 || !npsn.bytes().all(|byte| byte.is_ascii_digit()) {
            errors.insert("npsn".to_owned(), "NPSN terdiri dari 8 angka".into());
        }
        let token = collect(&mut errors, "token", isian::tanggapan(Some(token))).flatten();
        if token.is_none() && !errors.contains_key("token") {
            errors.insert("token".to_owned(), InvalidIsian::Empty.into());
        }
        match (server.flatten(), token) {
            (Some(server), Some(token)) if errors.is_empty() => Ok(Self { server, npsn, token }),
            _ => Err(errors),
        }
    }

    /// The teachers, and the school if that is told, too.
    ///
    /// # Errors
    /// Why there are none.
    pub(crate) async fn ask(&self) -> Result<(Berkas, Option<Sekolah>), InvalidBerkas> {
        let client = client()?;
        let body = self.get(&client, "getGtk", GTK_WITHIN).await?;
        // Thousands of teachers take longer than anybody else may be held up.
        let berkas = task::spawn_blocking(move || dapodik::gtk(&body)).await;
        let berkas = berkas.map_err(|_| InvalidBerkas::OtherAnswer)??;
        let sekolah = self
            .get(&client, "getSekolah", SEKOLAH_WITHIN)
            .await
            .ok()
            .and_then(|body| dapodik::sekolah(&body));
        Ok((berkas, sekolah))
    }

    /// The school.
    ///
    /// # Errors
    /// Why nothing of it is told.
    pub(crate) async fn ask_sekolah(&self) -> Result<Sekolah, InvalidBerkas> {
        let body = self.get(&client()?, "getSekolah", GTK_WITHIN).await?;
        dapodik::sekolah(&body).ok_or(InvalidBerkas::OtherAnswer)
    }

    async fn get(&self, client: &Client, question: &str, within: Duration) -> Result<Vec<u8>, InvalidBerkas> {
        let mut url = self.server.clone();
        url.set_path(&format!("/WebService/{question}"));
        url.query_pairs_mut().append_pair("npsn", &self.npsn);
        let answer = client.get(url).timeout(within).bearer_auth(&self.token).send().await;
        let answer = answer.map_err(|_| InvalidBerkas::Unreachable)?;
        match answer.status() {
            StatusCode::OK => read(answer).await,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(InvalidBerkas::Refused),
            _ => Err(InvalidBerkas::OtherAnswer),
        }
    }
}

fn client() -> Result<Client, InvalidBerkas> {
    // The process may have one already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    Client::builder()
        .connect_timeout(CONNECT_WITHIN)
        // A redirect would carry the token to somebody else, and a proxy does not know the school's network.
        .redirect(Policy::none())
        .no_proxy()
        .user_agent(concat!("bukutamu/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|_| InvalidBerkas::Unreachable)
}

async fn read(mut answer: Response) -> Result<Vec<u8>, InvalidBerkas> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| InvalidBerkas::Unreachable)? {
        if body.len() + chunk.len() > FILE_MAX_BYTES {
            return Err(InvalidBerkas::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_people_type_it() {
        for (typed, meant) in [
            ("192.168.1.5", "http://192.168.1.5:5774/"),
            (" dapodik.local/ ", "http://dapodik.local:5774/"),
            ("http://192.168.1.5:5774/WebService/?a=b#c", "http://192.168.1.5:5774/"),
            ("192.168.1.5:8080", "http://192.168.1.5:8080/"),
            ("https://dapodik.local", "https://dapodik.local/"),
            ("http://192.168.1.5:80", "http://192.168.1.5/"),
        ] {
            assert_eq!(server(typed).map(String::from).as_deref(), Some(meant), "{typed}");
        }
        for typed in
            ["", "ftp://192.168.1.5", "file:///etc/passwd", "http://", "http://a:b@192.168.1.5", "a b"]
        {
            assert_eq!(server(typed), None, "{typed}");
        }
    }
}
