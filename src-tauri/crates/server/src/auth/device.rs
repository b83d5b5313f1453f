//! Which device asks. A device gets an identity with its first login, in a cookie that pages cannot read. It shows the
//! identity when somebody signs in there again. So guesses made elsewhere do not slow that login down. The identity
//! opens nothing by itself, and nobody needs one.
//!
//! An identity is random and signed, so that only identities that were given out count. The database keeps HMACs: one
//! of the device, and one of the device together with each account that has signed in from it.

use axum::http::{HeaderMap, HeaderValue, header};
use data_encoding::BASE64URL_NOPAD;
use domain::hmac_sha256;
use store::{percobaan::FailureKey, sesi::Perangkat};
use subtle::ConstantTimeEq;

use crate::error::ApiError;

/// The cookie's name; `client` knows it too.
pub(crate) const COOKIE: &str = domain::sesi::DEVICE_COOKIE;

const ID_LEN: usize = 16;
const TAG_LEN: usize = 16;

/// Makes and recognises identities of devices.
#[derive(Clone)]
pub(crate) struct Devices {
    key: [u8; 32],
    /// Pages come over TLS, so the cookie may go over TLS only.
    is_secure: bool,
}

/// A device's identity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Device([u8; ID_LEN]);

impl Devices {
    /// `key` is the school's. `is_secure` says that pages come over TLS.
    pub(crate) fn new(key: [u8; 32], is_secure: bool) -> Self {
        Self { key, is_secure }
    }

    /// The device that a request comes from, if it shows an identity of ours.
    pub(crate) fn of(&self, headers: &HeaderMap) -> Option<Device> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find_map(|(name, value)| if name == COOKIE { self.read(value) } else { None })
    }

    fn read(&self, value: &str) -> Option<Device> {
        let bytes = BASE64URL_NOPAD.decode(value.as_bytes()).ok()?;
        let (id, tag) = bytes.split_first_chunk::<ID_LEN>()?;
        bool::from(self.tag(id).as_slice().ct_eq(tag)).then_some(Device(*id))
    }

    /// An identity for a device that has none.
    ///
    /// # Errors
    /// [`ApiError::Internal`] if the operating system gives no random numbers.
    pub(crate) fn create(&self) -> Result<Device, ApiError> {
        let mut id = [0; ID_LEN];
        getrandom::fill(&mut id).map_err(|error| {
            tracing::error!(%error, "no random numbers");
            ApiError::Internal
        })?;
        Ok(Device(id))
    }

    /// The cookie that tells the device its identity, for a year from now on.
    pub(crate) fn cookie(&self, device: Device) -> HeaderValue {
        let value = BASE64URL_NOPAD.encode(&[&device.0[..], &self.tag(&device.0)].concat());
        let max_age = domain::sesi::DEVICE_LIFETIME.num_seconds();
        let secure = if self.is_secure { "; Secure" } else { "" };
        let cookie =
            format!("{COOKIE}={value}; Path=/api/auth; Max-Age={max_age}; HttpOnly; SameSite=Strict{secure}");
        HeaderValue::from_str(&cookie).expect("letters, digits and punctuation make a header")
    }

    /// What the database keeps of a device.
    pub(crate) fn sidik(&self, device: Device) -> FailureKey {
        self.mac("perangkat", "", &device.0)
    }

    /// What the database keeps of a device together with an account that signs in from it.
    pub(crate) fn perangkat(&self, device: Device, account: &str) -> Perangkat {
        Perangkat { sidik: self.sidik(device), akun: self.mac("perangkat akun", account, &device.0) }
    }

    fn tag(&self, id: &[u8; ID_LEN]) -> [u8; TAG_LEN] {
        let mut tag = [0; TAG_LEN];
        tag.copy_from_slice(&self.mac("tanda perangkat", "", id)[..TAG_LEN]);
        tag
    }

    /// No purpose holds a line's end, and all identities are equally long. So the parts cannot run into each other.
    fn mac(&self, purpose: &str, account: &str, id: &[u8; ID_LEN]) -> [u8; 32] {
        hmac_sha256(&self.key, &[purpose.as_bytes(), b"\n", account.as_bytes(), id])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn devices() -> Devices {
        Devices::new([1; 32], true)
    }

    fn shown(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, cookie.parse().unwrap())])
    }

    #[test]
    fn a_device_is_recognised_by_what_it_was_told() {
        let device = devices().create().unwrap();
        let cookie = devices().cookie(device);
        let cookie = cookie.to_str().unwrap();
        let (pair, rest) = cookie.split_once("; ").unwrap();
        assert_eq!(rest, "Path=/api/auth; Max-Age=31536000; HttpOnly; SameSite=Strict; Secure");
        assert!(devices().of(&shown(&format!("bahasa=id; {pair}; x"))) == Some(device));
        assert!(devices().of(&HeaderMap::new()).is_none());
    }

    #[test]
    fn an_identity_that_was_not_given_out_counts_for_nothing() {
        let device = devices().create().unwrap();
        let foreign = Devices::new([2; 32], true).cookie(device);
        let foreign = foreign.to_str().unwrap().split(';').next().unwrap().to_owned();
        for cookie in [&*foreign, "bukutamu_perangkat=", "bukutamu_perangkat=AAAA", "lain=AAAA", ";;=;"] {
            assert!(devices().of(&shown(cookie)).is_none(), "{cookie}");
        }
    }

    #[test]
    fn an_account_and_a_device_are_kept_as_one_that_tells_neither() {
        let (one, two) = (devices().create().unwrap(), devices().create().unwrap());
        let akun = |device, account| devices().perangkat(device, account).akun;
        assert_eq!(akun(one, "a"), akun(one, "a"));
        assert_ne!(akun(one, "a"), akun(one, "b"));
        assert_ne!(akun(one, "a"), akun(two, "a"));
        assert_ne!(devices().sidik(one), devices().sidik(two));
    }
}
