//! A card is started from cold and left without power, whatever was opened before.

use ccid::Kind;
use ccid::apdu::{Command, StatusWord};
use ccid::reader::CardChannel;
use kakehashi_card::CardFile;

use crate::world::{GOOD, World, identity, open, run};

const SELECT_JPKI: [u8; 15] = [0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1];
const SELECT_PIN: [u8; 7] = [0, 0xA4, 2, 0x0C, 2, 0, 0x18];
const VERIFY: [u8; 9] = [0, 0x20, 0, 0x80, 4, b'1', b'2', b'3', b'4'];
const ASK: [u8; 4] = [0, 0x20, 0, 0x80];

#[test]
fn a_check_of_identity_works_and_leaves_nothing_behind() {
    let world = World::with_card();
    let signature = identity(&world, GOOD).unwrap();
    assert_eq!(signature.len(), 256);
    let mut world = world.borrow_mut();
    assert!(world.at_rest());
    assert_eq!((world.tries(), world.pins), (3, 1));
    assert!(!world.slot.as_ref().unwrap().forbidden_touched());
    let start = ["establish", "readers", "look", "connect", "disconnect", "connect", "status", "transmit"];
    assert_eq!(world.calls[..start.len()], start);
    assert_eq!(world.calls.last(), Some(&"disconnect"));
}

#[test]
fn what_another_program_has_opened_is_closed() {
    let world = World::with_card();
    {
        // Someone presented the PIN and left the card as it was, with power.
        let mut world = world.borrow_mut();
        world.powered = true;
        let card = world.slot.as_mut().unwrap();
        for command in [&SELECT_JPKI[..], &SELECT_PIN, &VERIFY] {
            assert_eq!(card.transmit(command), [0x90, 0x00]);
        }
    }
    let mut reader = open(&world).unwrap();
    run(reader.power_on()).unwrap();
    let mut say = |bytes: &[u8]| run(reader.transmit(&Command::parse(bytes).unwrap())).unwrap().status;
    assert_eq!(say(&SELECT_JPKI), StatusWord::OK);
    assert_eq!(say(&SELECT_PIN), StatusWord::OK);
    assert_eq!(say(&ASK), StatusWord(0x63C3), "nothing is open any more");
}

#[test]
fn a_card_that_speaks_characters_only_is_another_card_not_a_mute_one() {
    let world = World::new();
    world.borrow_mut().insert(&CardFile::other());
    world.borrow_mut().blocks = false;
    assert_eq!(identity(&world, GOOD).unwrap_err().kind(), Kind::OtherCard);
    assert!(world.borrow().at_rest());
}

#[test]
fn over_t0_a_command_never_says_both_lengths() {
    let world = World::with_card();
    world.borrow_mut().blocks = false;
    let mut reader = open(&world).unwrap();
    run(reader.power_on()).unwrap();
    for (command, sent) in [([&SELECT_JPKI[..], &[0]].concat(), &SELECT_JPKI[..]), (ASK.to_vec(), &ASK)] {
        run(reader.transmit(&Command::parse(&command).unwrap())).unwrap();
        assert_eq!(world.borrow().last, sent);
    }
    let read = [0, 0xB0, 0, 0, 4];
    run(reader.transmit(&Command::parse(&read).unwrap())).unwrap();
    assert_eq!(world.borrow().last, read, "what is wanted alone is said");
}

#[test]
fn nothing_is_sent_to_a_card_that_was_not_started() {
    let world = World::with_card();
    let mut reader = open(&world).unwrap();
    let before = world.borrow().calls.len();
    let error = run(reader.transmit(&Command::parse(&ASK).unwrap())).unwrap_err();
    assert_eq!(error.kind(), Kind::CardRemoved);
    let long = Command::new(0, 0xB0, 0, 0).with_expected(300);
    assert_eq!(run(reader.transmit(&long)).unwrap_err().kind(), Kind::Protocol);
    assert_eq!(world.borrow().calls.len(), before);
    assert!(!reader.extended_length());
}
