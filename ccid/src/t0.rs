//! The character protocol T=0 (ISO/IEC 7816-3 §12) at TPDU level: the reader does the procedure bytes, the
//! host maps commands to TPDUs. Short commands only.
//!
//! A status word may ask for another TPDU. `61xx` is answered by GET RESPONSE, which carries no data and
//! fetches what the card has ready. `6Cxx` says that Le was wrong and nothing was done; the command is then
//! issued again with the right Le. **That is the only case in which a command goes out twice, and it is
//! bound to two rules: the command carries no data, so neither a PIN nor anything to sign, and its
//! instruction is none of the security block 20 to 2F (VERIFY, CHANGE, RESET, PERFORM SECURITY OPERATION).**
//! Every other command with `6Cxx` gets that status word as its answer. Nothing is repeated after a silence.

use zeroize::Zeroizing;

use crate::apdu::Command;

/// GET RESPONSE.
const GET_RESPONSE: u8 = 0xC0;
/// Parts of an answer: 256 would be more than any card holds.
const PARTS: u16 = 256;

/// What to do next.
#[derive(Debug)]
pub enum Step {
    /// Send this TPDU, and give what comes to [`T0::next`].
    Send(Zeroizing<Vec<u8>>),
    /// The answer, status word included.
    Done(Vec<u8>),
    /// What came cannot be an answer, or has no end.
    Failed(&'static str),
}

/// One command at T=0.
#[derive(Debug)]
pub struct T0 {
    header: [u8; 4],
    /// Le of the command, and whether it may be corrected.
    expected: Option<u32>,
    correctable: bool,
    fetching: bool,
    answer: Vec<u8>,
    parts: u16,
}

impl T0 {
    /// Begins with the command's TPDU. It has to be a short one.
    pub fn new(command: &Command) -> (Self, Step) {
        let (header, data, expected) = (command.header(), command.data(), command.expected());
        let correctable = data.is_empty() && expected.is_some() && !matches!(header[1], 0x20..=0x2F);
        let it = Self { header, expected, correctable, fetching: false, answer: Vec::new(), parts: 0 };
        // Case 1 has a P3 of 00, case 4 leaves its Le to GET RESPONSE.
        let p3 = if data.is_empty() { expected.unwrap_or(0) } else { u32::try_from(data.len()).unwrap_or(0) };
        let step = Step::Send(tpdu(header, p3, data));
        (it, step)
    }

    /// Takes the answer to a TPDU.
    pub fn next(&mut self, mut answer: Vec<u8>) -> Step {
        let Some(at) = answer.len().checked_sub(2) else {
            return Step::Failed("an answer without a status word");
        };
        let status = answer.split_off(at);
        self.parts += 1;
        if self.parts > PARTS {
            return Step::Failed("an answer in parts without end");
        }
        match status[..] {
            [0x61, more] => {
                self.answer.append(&mut answer);
                // GET RESPONSE is of the command's class: that of its logical channel.
                self.fetching = true;
                self.correctable = true;
                self.fetch(length(more))
            }
            [0x6C, right] if self.correctable && answer.is_empty() => {
                // Once: a card that corrects its correction is not understood.
                self.correctable = false;
                if self.fetching {
                    return self.fetch(length(right));
                }
                Step::Send(tpdu(self.header, length(right), &[]))
            }
            _ => {
                let mut whole = std::mem::take(&mut self.answer);
                whole.append(&mut answer);
                if let Some(most) = self.expected.and_then(|it| usize::try_from(it).ok()) {
                    // Le was corrected upwards: who asked for less gets less.
                    whole.truncate(most);
                }
                whole.extend(status);
                Step::Done(whole)
            }
        }
    }

    fn fetch(&self, bytes: u32) -> Step {
        let [class, ..] = self.header;
        Step::Send(tpdu([class, GET_RESPONSE, 0, 0], bytes, &[]))
    }
}

fn length(byte: u8) -> u32 {
    if byte == 0 { 256 } else { u32::from(byte) }
}

fn tpdu(header: [u8; 4], p3: u32, data: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(5 + data.len()));
    let [.., p3] = p3.to_be_bytes();
    out.extend_from_slice(&header);
    out.push(p3);
    out.extend_from_slice(data);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: String = hex.split_whitespace().collect();
        (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
    }

    /// Runs a command against TPDU → answer pairs; gives the final answer.
    fn run(apdu: &str, script: &[(&str, &str)]) -> Vec<u8> {
        let (mut t0, mut step) = T0::new(&Command::parse(&bytes(apdu)).unwrap());
        for (sent, answer) in script {
            match step {
                Step::Send(tpdu) => assert_eq!(*tpdu, bytes(sent), "{apdu}"),
                other => panic!("{apdu}: {other:?} where {sent} was expected"),
            }
            step = t0.next(bytes(answer));
        }
        match step {
            Step::Done(answer) => answer,
            other => panic!("{apdu}: {other:?}"),
        }
    }

    #[test]
    fn each_case_has_its_tpdus() {
        assert_eq!(run("00200080", &[("0020008000", "63C3")]), [0x63, 0xC3]);
        assert_eq!(run("00B0000004", &[("00B0000004", "01020304 9000")]), bytes("010203049000"));
        assert_eq!(run("00B0000000", &[("00B0000000", "0102 6282")]), bytes("01026282"));
        assert_eq!(run("00A4020C020018", &[("00A4020C020018", "9000")]), bytes("9000"));
        // Case 4: without its Le, the answer fetched.
        let script = [("802A008002AABB", "6103"), ("80C0000003", "112233 9000")];
        assert_eq!(run("802A008002AABB00", &script), bytes("1122339000"));
        assert_eq!(run("802A008002AABB00", &[("802A008002AABB", "6982")]), bytes("6982"));
    }

    #[test]
    fn an_answer_in_parts_is_put_together() {
        let script = [
            ("00CA000001AA", "6102"),
            ("00C0000002", "0102 6101"),
            ("00C0000001", "6C03"),
            ("00C0000003", "030405 9000"),
        ];
        assert_eq!(run("00CA000001AA00", &script), bytes("01020304059000"));
    }

    #[test]
    fn a_wrong_le_is_corrected_once_and_only_where_nothing_can_be_spent() {
        let script = [("00B0000000", "6C03"), ("00B0000003", "010203 9000")];
        assert_eq!(run("00B0000000", &script), bytes("0102039000"));
        // Who asked for two gets two.
        let script = [("00B0000002", "6C03"), ("00B0000003", "010203 9000")];
        assert_eq!(run("00B0000002", &script), bytes("01029000"));
        assert_eq!(run("00B0000000", &[("00B0000000", "6C03"), ("00B0000003", "6C04")]), bytes("6C04"));
        // With data, and of the security block: the status word is the answer.
        assert_eq!(run("002000800431323334", &[("002000800431323334", "6C00")]), bytes("6C00"));
        assert_eq!(run("802A008002AABB00", &[("802A008002AABB", "6C10")]), bytes("6C10"));
        assert_eq!(run("802A008000", &[("802A008000", "6C10")]), bytes("6C10"));
        assert_eq!(run("00200080", &[("0020008000", "6C10")]), bytes("6C10"));
    }

    #[test]
    fn an_answer_has_an_end_and_a_status_word() {
        let (mut t0, _) = T0::new(&Command::new(0, 0xB0, 0, 0).with_expected(256));
        assert!(matches!(t0.next(vec![0x90]), Step::Failed(_)));
        let asked = (0..1000).take_while(|_| matches!(t0.next(vec![1, 0x61, 1]), Step::Send(_))).count();
        assert_eq!(asked, usize::from(PARTS));
    }
}
