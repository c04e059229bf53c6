//! The allow-list: whatever is asked of it, in whatever order and with whatever answers, no byte reaches the
//! card that is not on the list as it is written here, apart from the guard's own code.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::myna::Guard;
use ccid::reader::CardChannel;
use ccid::{CardError, Kind};
use proptest::prelude::*;

const JPKI: &str = "D392F000260100000001";
const INPUT: &str = "D3921000310001010408";
const ISSUER: &str = "A0000001510000";
const FACE: &str = "D3921000310001010402";
const RESIDENT: &str = "D3921000310001010401";
const DIGEST_INFO: &str = "3031300D060960864801650304020105000420";

fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("nothing waits here"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn command(hex: &str) -> Command {
    let bytes: Vec<u8> =
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    Command::parse(&bytes).unwrap()
}

/// What reached the card and what it said; `None` is a lost answer.
type Trace = Vec<(String, Option<u16>)>;

/// A card that answers as it is told, 9000 when told nothing.
struct Told {
    answers: VecDeque<Option<u16>>,
    trace: Rc<RefCell<Trace>>,
}

impl CardChannel for Told {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.trace.borrow_mut().push(("power".into(), None));
        Ok(Atr::parse(&[0x3B, 0x00]).unwrap())
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        self.trace.borrow_mut().push(("power".into(), None));
        Ok(())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let answer = self.answers.pop_front().unwrap_or(Some(0x9000));
        self.trace.borrow_mut().push((hex(&command.encode().unwrap()), answer));
        match answer {
            Some(status) => Ok(Response::parse(status.to_be_bytes().to_vec()).unwrap()),
            None => Err(CardError::new(Kind::CardRemoved, "told so")),
        }
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        Ok(true)
    }

    fn extended_length(&self) -> bool {
        true
    }
}

fn guard(answers: Vec<Option<u16>>) -> (Guard<Told>, Rc<RefCell<Trace>>) {
    let trace = Rc::<RefCell<Trace>>::default();
    (Guard::new(Told { answers: answers.into(), trace: trace.clone() }), trace)
}

/// The list, on hex. Knows the place by what the card has confirmed.
#[derive(Default)]
struct List {
    application: String,
    file: String,
    tries: bool,
    more: String,
}

impl List {
    /// Whether this may reach the card now; learns from the answer.
    fn admits(&mut self, sent: &str, answer: Option<u16>) -> bool {
        if sent == "power" {
            *self = Self::default();
            return true;
        }
        let ok = self.on_list(sent);
        let class = sent[..2].to_owned();
        let (tries, done) = (std::mem::take(&mut self.tries), answer == Some(0x9000));
        self.more = answer.filter(|status| status >> 8 == 0x61).map(|_| class).unwrap_or_default();
        if let Some(name) = sent.strip_prefix("00A4040C") {
            self.application = if done { name[2..].into() } else { String::new() };
            self.file.clear();
        } else if let Some(file) = sent.strip_prefix("00A4020C02") {
            self.file = if done { file.into() } else { String::new() };
        } else if sent == "00B08A0000" {
            let read = done || answer == Some(0x6282) || !self.more.is_empty();
            self.file = if read { "000A".into() } else { String::new() };
        } else if sent.starts_with("802A") {
            // Signing may leave the card at the key.
            self.file.clear();
        } else if sent.starts_with("00200080") {
            self.tries = answer.is_some_and(|status| (0x63C1..=0x63CF).contains(&status));
        } else {
            // Nothing else speaks of tries, and what was told stays told.
            self.tries = tries;
        }
        if answer.is_none() {
            *self = Self::default();
        }
        ok
    }

    fn on_list(&self, sent: &str) -> bool {
        let place = (self.application.as_str(), self.file.as_str());
        let files: &[&str] = match self.application.as_str() {
            JPKI => &["000A", "000B", "0006", "0008", "0017", "0018"],
            INPUT => &["0002", "0011", "0015"],
            _ => &[],
        };
        let readable = matches!(place, (JPKI, "000A" | "000B" | "0006" | "0008") | (INPUT, "0002"));
        // How many digits may be presented here.
        let secret = match place {
            (JPKI, "0018") | (INPUT, "0011") => 4,
            (INPUT, "0015") => 14,
            _ => 0,
        };
        if [JPKI, INPUT].iter().any(|it| sent == format!("00A4040C0A{it}")) {
            return true;
        }
        match sent {
            "00A4040C07A0000001510000" => true,
            _ if sent.strip_prefix("00A4020C02").is_some_and(|file| files.contains(&file)) => true,
            "00B08A0000" => place.0 == JPKI,
            _ if sent.starts_with("00B0") => {
                let short_name = sent.as_bytes()[4] >= b'8';
                readable && !short_name && [10, 14].contains(&sent.len())
            }
            "00200080" => secret > 0,
            _ if sent.starts_with("00200080") => {
                let digits = sent.as_bytes()[10..].chunks(2).all(|two| two[0] == b'3' && two[1] <= b'9');
                let whole = sent.len() == 10 + 2 * secret && sent[8..10] == format!("{secret:02X}");
                secret > 0 && self.tries && digits && whole
            }
            _ if sent.starts_with(&format!("802A008033{DIGEST_INFO}")) => {
                place == (JPKI, "0017") && sent.len() == 114 && sent.ends_with("00")
            }
            _ if sent.starts_with(&format!("802A009733{DIGEST_INFO}")) => {
                place.0 == JPKI && sent.len() == 114 && sent.ends_with("00")
            }
            _ if sent.len() == 10 && sent[2..].starts_with("C00000") => self.more == sent[..2],
            _ => false,
        }
    }
}

/// Commands on the list, commands that nearly are, and commands that must never pass.
fn asked() -> impl Strategy<Value = Command> {
    let sign = format!("802A008033{DIGEST_INFO}{}00", "5A".repeat(32));
    let mut known: Vec<String> = [
        "00200080",
        "00200080 0431323334",
        "00200080 0E3233303232393230333534333231",
        "00200080 0C313233343536373839303132",
        "00B0000000",
        "00B0010010",
        "00B00000000400",
        "00C0000010",
        "80C0000000",
        "00A4000C",
        "00A4040C",
        "0084000008",
        "00B2010400",
        "002400800431323334",
        "00B08A0000",
        "00B0810000",
        "0020009404",
        "00200098",
        "802A009700",
        "0020008103313233",
    ]
    .map(|it| it.replace(' ', ""))
    .into();
    known.extend(["802A0097", "802A009A", "802A0081"].map(|short| sign.replace("802A0080", short)));
    known.push(sign);
    for application in [JPKI, INPUT, ISSUER, FACE, RESIDENT] {
        known.push(format!("00A4040C{:02X}{application}", application.len() / 2));
        known.push(format!("00A4040C{:02X}{application}00", application.len() / 2));
    }
    for file in [1, 2, 3, 5, 6, 7, 8, 0x0A, 0x0B, 0x11, 0x12, 0x14, 0x15, 0x16, 0x17, 0x18, 0x1A, 0x1B] {
        known.push(format!("00A4020C02{file:04X}"));
    }
    let known: Vec<Command> = known.iter().map(|it| command(it)).collect();
    let near = (proptest::sample::select(known.clone()), any::<prop::sample::Index>(), any::<u8>()).prop_map(
        |(near, at, byte)| {
            let mut bytes = near.encode().unwrap().to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
            Command::parse(&bytes).unwrap_or(near)
        },
    );
    let any =
        (any::<[u8; 4]>(), proptest::collection::vec(any::<u8>(), 0..20), prop::option::of(1u32..=65_536));
    let any = any.prop_map(|([cla, ins, p1, p2], data, expected)| {
        let command = Command::new(cla, ins, p1, p2).with_data(&data);
        expected.map_or(command.clone(), |expected| command.with_expected(expected))
    });
    prop_oneof![6 => proptest::sample::select(known), 3 => near, 1 => any]
}

fn answers() -> impl Strategy<Value = Option<u16>> {
    prop_oneof![
        12 => Just(Some(0x9000)),
        3 => (0x63C0u16..=0x63C3).prop_map(Some),
        1 => Just(Some(0x6105)),
        1 => Just(Some(0x6A82)),
        1 => any::<u16>().prop_map(Some),
        1 => Just(None),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn nothing_but_the_list_reaches_the_card(
        asked in proptest::collection::vec(prop_oneof![40 => asked().prop_map(Some), 1 => Just(None)], 0..60),
        answers in proptest::collection::vec(answers(), 60),
    ) {
        let (mut guard, trace) = guard(answers);
        for command in &asked {
            let before = trace.borrow().len();
            let Some(command) = command else {
                run(guard.power_on()).unwrap();
                continue;
            };
            let result = run(guard.transmit(command));
            let passed = trace.borrow().len() > before;
            let forbidden = result.is_err_and(|error| error.kind() == Kind::Forbidden);
            prop_assert_eq!(passed, !forbidden, "refused or passed, never both");
        }
        let mut list = List::default();
        for (sent, answer) in trace.borrow().iter() {
            prop_assert!(list.admits(sent, *answer), "{sent} reached the card");
            for forbidden in ["00A4020C020001", "00A4020C020003", "00A4020C020014"] {
                prop_assert_ne!(sent.as_str(), forbidden);
            }
        }
    }
}

/// Brings a fresh guard to a place, and tells whether the next command passes.
fn passes_at(way: &[&str], answers: &[u16], next: &Command) -> bool {
    let (mut guard, trace) = guard(answers.iter().copied().map(Some).collect());
    for step in way {
        run(guard.transmit(&command(step))).unwrap();
    }
    let before = trace.borrow().len();
    let _ = run(guard.transmit(next));
    trace.borrow().len() > before
}

fn enter(application: &str) -> String {
    format!("00A4040C{:02X}{application}", application.len() / 2)
}

#[test]
fn of_all_files_of_each_application_only_those_on_the_list_are_opened() {
    for (application, list) in
        [(JPKI, &[0x06, 0x08, 0x0A, 0x0B, 0x17, 0x18][..]), (INPUT, &[0x02, 0x11, 0x15]), (ISSUER, &[])]
    {
        let (mut guard, trace) = guard(Vec::new());
        let mut opened = Vec::new();
        for file in 0..=u16::MAX {
            // Entered anew each time, so that the place is the same for every file.
            run(guard.transmit(&command(&enter(application)))).unwrap();
            let select = Command::new(0, 0xA4, 2, 0x0C).with_data(&file.to_be_bytes());
            if run(guard.transmit(&select)).is_ok() {
                opened.push(file);
            }
            trace.borrow_mut().clear();
        }
        assert_eq!(opened, list, "{application}");
    }
}

#[test]
fn of_all_headers_only_those_on_the_list_pass() {
    let at_file = [&enter(JPKI)[..], "00A4020C02000A"];
    let mut passed = Vec::new();
    for (cla, ins) in (0..=255u8).flat_map(|cla| (0..=255u8).map(move |ins| (cla, ins))) {
        let next = Command::new(cla, ins, 0, 0).with_expected(256);
        if passes_at(&at_file, &[], &next) {
            passed.push((cla, ins));
        }
    }
    assert_eq!(passed, [(0x00, 0xB0)]);
    let reads =
        (0..=255u8).filter(|p1| passes_at(&at_file, &[], &Command::new(0, 0xB0, *p1, 0).with_expected(256)));
    assert!(reads.eq((0..=0x7F).chain([0x8A])), "no short file identifier but the certificate's");
    // None where the My Number lies.
    let input = [&enter(INPUT)[..], "00A4020C020002"];
    assert!(!(0x80..=255).any(|p1| passes_at(&input, &[], &Command::new(0, 0xB0, p1, 0).with_expected(256))));
}

/// One secret at each of the three files it may be presented at: its own, and only after the question.
#[test]
fn each_secret_passes_at_its_own_file_only() {
    let pin = command("002000800431323334");
    let number = command("002000800E3233303232393230333534333231");
    let my_number = command("002000800C313233343536373839303132");
    for (application, file, passes) in [
        (JPKI, "0018", [true, false, false]),
        (INPUT, "0011", [true, false, false]),
        (INPUT, "0015", [false, true, false]),
    ] {
        let way = [enter(application), format!("00A4020C02{file}"), "00200080".into()];
        let way: Vec<&str> = way.iter().map(String::as_str).collect();
        let shown = [&pin, &number, &my_number].map(|it| passes_at(&way, &[0x9000, 0x9000, 0x63CA], it));
        assert_eq!(shown, passes, "{file}");
        let unasked = [&pin, &number, &my_number].map(|it| passes_at(&way[..2], &[], it));
        assert_eq!(unasked, [false; 3], "{file}");
    }
    // A PIN that has opened the application opens no way to what must never be read.
    let opened = [enter(INPUT), "00A4020C020011".into(), "00200080".into(), "002000800431323334".into()];
    let opened: Vec<&str> = opened.iter().map(String::as_str).collect();
    for forbidden in ["00A4020C020001", "00A4020C020003", "00A4020C020014", "00B0810000", "00B0830000"] {
        assert!(!passes_at(&opened, &[0x9000, 0x9000, 0x63C3, 0x9000], &command(forbidden)), "{forbidden}");
    }
    assert!(passes_at(&opened, &[0x9000, 0x9000, 0x63C3, 0x9000], &command("00A4020C020002")));
}

#[test]
fn the_pin_passes_once_for_each_question() {
    let way = [&enter(JPKI)[..], "00A4020C020018"];
    let pin = command("002000800431323334");
    assert!(!passes_at(&way, &[], &pin), "without asking");
    let asked = [way[0], way[1], "00200080"];
    assert!(passes_at(&asked, &[0x9000, 0x9000, 0x63C3], &pin));
    assert!(!passes_at(&asked, &[0x9000, 0x9000, 0x63C0], &pin), "none left");
    assert!(!passes_at(&asked, &[0x9000, 0x9000, 0x6984], &pin), "blocked");
    let again = [way[0], way[1], "00200080", "00A4020C020018"];
    assert!(!passes_at(&again, &[0x9000, 0x9000, 0x63C3, 0x9000], &pin), "selected anew, not asked");
    let spent = [way[0], way[1], "00200080", "002000800431323334"];
    assert!(passes_at(&spent, &[0x9000, 0x9000, 0x63C3, 0x63C2], &pin), "the card has told the count again");
    assert!(!passes_at(&spent, &[0x9000, 0x9000, 0x63C3, 0x9000], &pin), "it is right already");
    for wrong in ["0020008003313233", "002000800531323334 35", "002000800431323341", "00200080043132333400"] {
        let wrong = command(&wrong.replace(' ', ""));
        assert!(!passes_at(&asked, &[0x9000, 0x9000, 0x63C3], &wrong), "{wrong:?}");
    }
}

/// A card that never answers a PIN.
struct Mute(usize);

impl CardChannel for Mute {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        Ok(Atr::parse(&[0x3B, 0x00]).unwrap())
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        Ok(())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        match (command.header()[1], command.data().len()) {
            (0x20, 0) => Ok(Response::parse(vec![0x63, 0xC3]).unwrap()),
            (0x20, _) => {
                self.0 += 1;
                std::future::pending().await
            }
            _ => Ok(Response::parse(vec![0x90, 0x00]).unwrap()),
        }
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        Ok(true)
    }

    fn extended_length(&self) -> bool {
        false
    }
}

#[test]
fn a_pin_whose_answer_nobody_waited_for_is_not_sent_again() {
    let mut guard = Guard::new(Mute(0));
    for step in [&enter(JPKI)[..], "00A4020C020018", "00200080"] {
        run(guard.transmit(&command(step))).unwrap();
    }
    let pin = command("002000800431323334");
    assert!(pin!(guard.transmit(&pin)).as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let again = run(guard.transmit(&pin)).unwrap_err();
    assert_eq!((again.kind(), guard.into_inner().0), (Kind::Forbidden, 1));
}

#[test]
fn a_refusal_is_card_090_and_shows_no_data() {
    let (mut guard, trace) = guard(Vec::new());
    let error = run(guard.transmit(&command("002000940C313233343536373839303132"))).unwrap_err();
    assert_eq!((error.kind(), error.code()), (Kind::Forbidden, "CARD-090"));
    assert!(!error.to_string().contains("3132"));
    assert!(trace.borrow().is_empty());
}
