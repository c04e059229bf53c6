//! A person's hand with a card: challenge, PIN, signature, assertion.

use crate::browser::{Browser, Said};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_card::{CardFile, VirtualCard};
use kakehashi_domain::upstream::{
    AssertionRequest, ChallengeRequest, ChallengeResponse, Found, Purpose, route, signed_digest,
};
use kakehashi_platform::Layout;
use kakehashi_platform::pki::jpki::{AuthCertificate, Issued, Jpki};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// A card and what it would send.
pub(crate) struct Hand {
    card: VirtualCard,
    pub(crate) certificate: Vec<u8>,
}

impl Hand {
    /// A card of the development set.
    pub(crate) fn of(layout: &Layout, id: &str) -> Self {
        Self::new(&CardFile::load(&layout.cards().join(format!("{id}.json"))).unwrap())
    }

    /// A card with a certificate of its own.
    pub(crate) fn issued(layout: &Layout, wanted: &AuthCertificate) -> Self {
        let Issued { key, certificate, ca, .. } = Jpki::load(&layout.jpki()).unwrap().issue(wanted).unwrap();
        let blank = CardFile::load(&layout.cards().join("unbound.json")).unwrap();
        Self::new(&CardFile {
            auth_key: Some(key),
            auth_certificate: Some(certificate),
            auth_ca: Some(ca),
            ..blank
        })
    }

    fn new(file: &CardFile) -> Self {
        let pem = file.auth_certificate.clone().unwrap();
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap().to_vec();
        Self { card: VirtualCard::new(file).unwrap(), certificate }
    }

    /// The card's own signature, by its PIN 1234.
    pub(crate) fn sign(&mut self, hash: &[u8; 32]) -> Vec<u8> {
        self.card.power();
        let mut digest_info = vec![
            0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
            0x00, 0x04, 0x20,
        ];
        digest_info.extend(hash);
        let mut sign = vec![0x80, 0x2A, 0x00, 0x80, 51];
        sign.extend(digest_info);
        sign.push(0);
        let commands: [&[u8]; 4] = [
            &[0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0, 0, 0, 0x01],
            &[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x18],
            &[0x00, 0x20, 0x00, 0x80, 0x04, b'1', b'2', b'3', b'4'],
            &[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x17],
        ];
        for command in commands {
            assert_eq!(self.card.transmit(command), [0x90, 0x00], "{command:02X?}");
        }
        let mut signature = self.card.transmit(&sign);
        assert_eq!(signature.split_off(256), [0x90, 0x00]);
        signature
    }

    /// The answer to a challenge.
    pub(crate) fn answer(&mut self, browser: &Browser, challenge: &ChallengeResponse) -> AssertionRequest {
        let ChallengeResponse { transaction, nonce, .. } = challenge;
        let hash = signed_digest(&browser.origin, nonce, transaction, browser.key.thumbprint());
        AssertionRequest {
            transaction: transaction.clone(),
            origin: browser.origin.clone(),
            unverified_certificate: Base64UrlUnpadded::encode_string(&self.certificate),
            signature: Base64UrlUnpadded::encode_string(&self.sign(&hash)),
        }
    }

    /// All of it.
    pub(crate) async fn show(&mut self, browser: &Browser) -> Said<Found> {
        let challenge = challenge(browser).await;
        assert_body(browser, &self.answer(browser, &challenge)).await
    }

    /// All of it, for a 届出: the transaction, and whose card it is.
    pub(crate) async fn identify(&mut self, browser: &Browser) -> (String, Found) {
        let body = ChallengeRequest { purpose: Purpose::File };
        let challenge: ChallengeResponse = browser.post(route::CARD_CHALLENGE, &body).await.said().ok();
        let found = assert_body(browser, &self.answer(browser, &challenge)).await.ok();
        (challenge.transaction, found)
    }
}

/// A new challenge.
pub(crate) async fn challenge(browser: &Browser) -> ChallengeResponse {
    let body = ChallengeRequest { purpose: Purpose::View };
    browser.post(route::CARD_CHALLENGE, &body).await.said().ok()
}

/// Sends an answer.
pub(crate) async fn assert_body(browser: &Browser, body: &AssertionRequest) -> Said<Found> {
    browser.post(route::CARD_ASSERTION, body).await.said()
}
