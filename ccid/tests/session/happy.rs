//! What works, and how little it costs.

use ccid::Kind;
use ccid::myna::{Consent, Pin, Step};
use ccid::reader::CardChannel;
use kakehashi_card::{Build, CardFile};

use crate::desk::{DIGEST, Desk, GOOD, kind, run};

fn identity(build: Build) -> (Desk, usize, Vec<Step>) {
    let file = CardFile::specimen().unwrap();
    let desk = Desk::with(build, &file);
    let (mut session, steps) = desk.session();
    let opened = run(session.open()).unwrap();
    assert_eq!(opened.tries, 3);
    assert_eq!(opened.certificate, certificate(&file));
    let signature =
        run(session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST)).unwrap();
    assert_eq!(signature, expected_signature(&file));
    assert!(desk.at_rest(), "a signature puts the card to rest");
    assert!(!desk.reader().card().unwrap().forbidden_touched());
    let steps = steps.borrow().clone();
    (desk, session.into_channel().count().commands, steps)
}

/// The certificate as its file has it.
fn certificate(file: &CardFile) -> Vec<u8> {
    use base64ct::{Base64, Encoding};
    let pem = file.auth_certificate.clone().unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    Base64::decode_vec(&body).unwrap()
}

/// What the card's key makes of the digest, computed apart from the card.
fn expected_signature(file: &CardFile) -> Vec<u8> {
    use rsa::pkcs8::DecodePrivateKey;
    let key = rsa::RsaPrivateKey::from_pkcs8_pem(file.auth_key.as_ref().unwrap()).unwrap();
    key.sign(rsa::Pkcs1v15Sign::new::<rsa::sha2::Sha256>(), &DIGEST).unwrap()
}

#[test]
fn a_short_reader_gives_certificate_and_signature_in_the_fewest_commands() {
    let (_, commands, steps) = identity(Build::default());
    let length = certificate(&CardFile::specimen().unwrap()).len();
    let reads = length.div_ceil(256);
    // SELECT AP, n reads, PIN: SELECT, query, VERIFY; sign; leave.
    assert_eq!(commands, 1 + reads + 3 + 1 + 1);
    let of = u16::try_from(reads).ok();
    let mut expected = vec![Step::PoweringOn, Step::Recognising];
    expected.push(Step::ReadingCertificate { part: 1, of: None });
    expected.extend((2..=u16::try_from(reads).unwrap()).map(|part| Step::ReadingCertificate { part, of }));
    expected.extend([Step::AskingTries, Step::WaitingForPin, Step::CheckingPin, Step::Signing]);
    expected.extend([Step::Finishing, Step::Finished]);
    assert_eq!(steps, expected);
}

#[test]
fn an_extended_reader_reads_the_rest_at_once() {
    for max_message in [522, 74, 11, 65_544] {
        let (_, commands, _) = identity(Build { max_message, ..Build::EXTENDED });
        assert_eq!(commands, 1 + 2 + 3 + 1 + 1, "chains of messages of {max_message} bytes");
    }
}

#[test]
fn a_second_card_follows_the_first_on_the_same_reader() {
    let desk = Desk::with_card();
    let (mut session, _) = desk.session();
    for _ in 0..2 {
        run(session.open()).unwrap();
        run(session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST)).unwrap();
        run(session.finish());
    }
    assert!(desk.at_rest());
}

#[test]
fn a_card_that_is_no_my_number_card_is_said_to_be_one() {
    let desk = Desk::with(Build::default(), &CardFile::other());
    let (mut session, _) = desk.session();
    assert_eq!(kind(run(session.open())), Kind::OtherCard);
    assert!(desk.at_rest());
}

#[test]
fn an_empty_reader_says_so_and_waits() {
    let desk = Desk::new(Build::default());
    let (mut session, _) = desk.session();
    assert_eq!(kind(run(session.open())), Kind::NoCard);
    assert!(!run(session.card_present()).unwrap());

    struct PutAfterTwo(Desk, std::cell::Cell<u8>);
    impl ccid::usb::Delay for PutAfterTwo {
        async fn wait(&self, _: u32) {
            self.1.set(self.1.get() + 1);
            if self.1.get() == 2 {
                self.0.insert(&CardFile::specimen().unwrap());
            }
        }
    }
    let delay = PutAfterTwo(desk.clone(), 0.into());
    run(session.wait_for_card(&delay)).unwrap();
    assert_eq!(delay.1.get(), 2);
    assert!(run(session.open()).is_ok());
}

#[test]
fn a_card_left_open_by_someone_before_is_started_from_cold() {
    let desk = Desk::with_card();
    let mut before = desk.open();
    run(before.power_on()).unwrap();
    let (mut session, _) = desk.session();
    run(session.open()).unwrap();
    let sent = desk.sent();
    let on: Vec<_> = sent.iter().filter(|kind| matches!(kind, 0x62 | 0x63)).collect();
    assert_eq!(on, [&0x62, &0x63, &0x62], "powered off before it is powered on");
}
