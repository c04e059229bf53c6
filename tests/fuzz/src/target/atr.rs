//! The answer to reset: what is accepted is put together again from what was read out of it.

use ccid::atr::Atr;
use ccid::iso14443::contactless_atr;

pub(crate) fn run(data: &[u8]) {
    let Ok(atr) = Atr::parse(data) else { return };
    assert_eq!(atr.bytes(), data);
    let mut written = vec![data[0], data[1]];
    for number in 1.. {
        let round = atr.round(number);
        written.extend([round.ta, round.tb, round.tc, round.td].iter().flatten());
        if round.td.is_none() {
            break;
        }
    }
    written.extend(atr.historical());
    let check = data.get(written.len()..).unwrap_or_default();
    assert!(data.starts_with(&written) && check.len() <= 1);
    let sum = data.iter().skip(1).fold(0, |sum, byte| sum ^ byte);
    assert!(check.is_empty() || sum == 0, "the check byte is wrong");
    let speed = atr.speed().unwrap_or_else(|| atr.fixed_speed());
    assert_eq!([atr.parameters(0, speed).len(), atr.parameters(1, speed).len()], [5, 7]);
    assert!(atr.choose(3) < 16 && atr.first_protocol() < 16);
    let t1 = atr.t1();
    assert!((1..=254).contains(&t1.ifsc) && (100..=51_200).contains(&t1.waiting_time()));
    let again = Atr::parse(&contactless_atr(atr.historical()));
    assert!(again.is_ok_and(|again| again.historical() == atr.historical()));
}
