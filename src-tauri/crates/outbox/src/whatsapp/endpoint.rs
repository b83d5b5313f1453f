//! A provider's address with the secret that opens it.

use domain::saluran::BaseUrl;
use reqwest::{Method, RequestBuilder, header::HeaderValue};

use super::http::Http;

/// Where requests go, and what they show there.
pub(super) struct Endpoint {
    http: Http,
    base: BaseUrl,
    header: &'static str,
    secret: String,
}

impl Endpoint {
    pub(super) fn new(http: Http, base: BaseUrl, header: &'static str, secret: String) -> Self {
        Self { http, base, header, secret }
    }

    pub(super) fn get<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub(super) fn post<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    fn request<'a>(&self, method: Method, path: impl IntoIterator<Item = &'a str>) -> RequestBuilder {
        let request = self.http.client().request(method, self.base.join(path));
        match HeaderValue::from_str(&self.secret) {
            Ok(mut value) => {
                value.set_sensitive(true);
                request.header(self.header, value)
            }
            // Then the request is refused when it is sent.
            Err(_) => request.header(self.header, &*self.secret),
        }
    }
}
