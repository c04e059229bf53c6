//! Certificates: what is accepted is what another reader of DER accepts, to the byte.
//!
//! But for what `x509-cert` reads and this program does not: the letters of names, and object identifiers and
//! tags that it does not know.

use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll, Waker};

use base64ct::{Base64, Encoding};
use ccid::myna::{Algorithm, Hierarchy, NotJudged, Roots, SignatureJudge, UnverifiedCertificate};
use ccid::tlv::Tlvs;
use kakehashi_card::CardFile;
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode, ErrorKind};

use super::tlv::write;

/// 2026-07-01.
const NOW: i64 = 1_782_864_000;

pub(crate) fn run(data: &[u8]) {
    let Ok(read) = UnverifiedCertificate::parse(data) else { return };
    let Some(nameless) = without_names(data) else { panic!("no form of a certificate") };
    match Certificate::from_der(&nameless).and_then(|certificate| certificate.to_der()) {
        Ok(written) => assert_eq!(written, nameless),
        Err(why) => assert!(
            matches!(why.kind(), ErrorKind::OidMalformed | ErrorKind::TagUnknown { .. }),
            "not DER to others: {why}"
        ),
    }
    for at in [0, NOW, i64::MAX] {
        let Ok(again) = UnverifiedCertificate::parse(data) else { panic!("read once and not twice") };
        let verified = now(again.verify(roots(), at, &Credulous));
        if let Ok(certificate) = verified {
            assert!(certificate.until() >= at && certificate.days_left(at) >= 0);
            assert_eq!(Some(certificate.key()), read.key());
        }
    }
    let mut pinned = Roots::new(Hierarchy::Test);
    assert_eq!(pinned.pin(data).is_ok(), pinned.len() == 1);
}

/// The same certificate of nobody, by nobody.
fn without_names(data: &[u8]) -> Option<Vec<u8>> {
    let (_, certificate) = Tlvs::new(data).next()?.ok()?;
    let mut parts = Tlvs::new(certificate);
    let (_, fields) = parts.next()?.ok()?;
    // Version, number, algorithm, issuer, validity, subject.
    let fields = Tlvs::new(fields).enumerate().map(|(at, part)| {
        part.map(|(tag, value)| write(tag, if matches!(at, 3 | 5) { &[] } else { value })).unwrap_or_default()
    });
    let fields: Vec<u8> = fields.flatten().collect();
    let rest = parts.flat_map(|part| part.map(|(tag, value)| write(tag, value)).unwrap_or_default());
    let certificate: Vec<u8> = write(0x30, &fields).into_iter().chain(rest).collect();
    Some(write(0x30, &certificate))
}

/// Believes every signature, so that what comes after it is reached.
struct Credulous;

impl SignatureJudge for Credulous {
    async fn verify(&self, _: Algorithm, _: &[u8], _: &[u8], _: &[u8]) -> Result<bool, NotJudged> {
        Ok(true)
    }
}

/// The issuer of the specimen's certificate.
fn roots() -> &'static Roots {
    static ROOTS: OnceLock<Roots> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let mut roots = Roots::new(Hierarchy::Test);
        let pem = CardFile::specimen().ok().and_then(|card| card.auth_ca).unwrap_or_default();
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let der = Base64::decode_vec(&body).unwrap_or_default();
        assert!(roots.pin(&der).is_ok(), "the specimen's issuer is a root");
        roots
    })
}

fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("nothing here waits"),
    }
}
