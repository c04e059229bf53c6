//! Cards that come and go.

use ccid::Kind;
use ccid::apdu::Command;
use ccid::reader::CardChannel;
use kakehashi_card::CardFile;

use crate::world::{World, open, run};

#[test]
fn a_card_that_was_taken_away_and_put_back_is_absent_once() {
    let world = World::with_card();
    let mut reader = open(&world).unwrap();
    run(reader.power_on()).unwrap();
    assert!(run(reader.card_present()).unwrap());
    let card = world.borrow_mut().take_out().unwrap();
    world.borrow_mut().put_in(card);
    assert!(!run(reader.card_present()).unwrap());
    assert!(run(reader.card_present()).unwrap());
    // It is started anew, over the old connection, which is ended first.
    run(reader.power_on()).unwrap();
    assert!(run(reader.card_present()).unwrap());
    run(reader.power_off()).unwrap();
    assert!(world.borrow().at_rest());
}

#[test]
fn a_card_that_is_gone_is_gone() {
    let world = World::with_card();
    let mut reader = open(&world).unwrap();
    run(reader.power_on()).unwrap();
    drop(world.borrow_mut().take_out());
    let ask = Command::new(0, 0x20, 0, 0x80);
    assert_eq!(run(reader.transmit(&ask)).unwrap_err().kind(), Kind::CardRemoved);
    assert!(!run(reader.card_present()).unwrap());
    assert_eq!(run(reader.power_on()).unwrap_err().kind(), Kind::NoCard);
    world.borrow_mut().insert(&CardFile::specimen().unwrap());
    assert!(run(reader.card_present()).unwrap());
    run(reader.power_on()).unwrap();
}

#[test]
fn the_other_card_of_an_exchange_is_never_spoken_to_in_the_first_ones_name() {
    let world = World::with_card();
    let mut reader = open(&world).unwrap();
    run(reader.power_on()).unwrap();
    drop(world.borrow_mut().take_out());
    world.borrow_mut().insert(&CardFile::specimen().unwrap());
    for _ in 0..2 {
        let ask = Command::new(0, 0x20, 0, 0x80);
        assert_eq!(run(reader.transmit(&ask)).unwrap_err().kind(), Kind::CardRemoved);
    }
    assert_eq!(world.borrow().slot.as_ref().unwrap().commands(), 0);
}
