//! T=0: which TPDUs a command becomes, whatever the card answers.

use ccid::apdu::Command;
use ccid::t0::{Step, T0};

use crate::bytes::Bytes;

/// More than any answer in parts.
const STEPS: usize = 300;

pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let Ok(command) = Command::parse(bytes.piece()) else { return };
    if command.is_extended() {
        return;
    }
    let header = command.header();
    let secret = !command.data().is_empty() || matches!(header[1], 0x20..=0x2F);
    let (mut t0, mut step) = T0::new(&command);
    let mut sent = 0;
    for _ in 0..STEPS {
        match step {
            Step::Send(tpdu) => {
                let whole = if tpdu.len() == 5 { 0 } else { usize::from(tpdu[4]) };
                assert_eq!(tpdu.len(), 5 + whole);
                if tpdu[..4] == header {
                    sent += 1;
                } else {
                    assert_eq!((tpdu[0], tpdu[1..4].to_vec()), (header[0], vec![0xC0, 0, 0]));
                }
                assert!(
                    sent <= if secret && header[1] != 0xC0 { 1 } else { 300 },
                    "a command went out twice"
                );
                step = t0.next(bytes.piece().to_vec());
            }
            Step::Done(answer) => {
                let most = command.expected().map_or(usize::MAX, |le| le as usize + 2);
                assert!(answer.len() >= 2 && answer.len() <= most);
                return;
            }
            Step::Failed(why) => return assert!(!why.is_empty()),
        }
    }
    panic!("no end");
}
