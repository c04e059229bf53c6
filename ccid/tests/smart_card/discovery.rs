//! What there is: readers, none, nothing behind the attribute.

use ccid::Kind;
use ccid::reader::CardChannel;

use crate::world::{READER, Trouble, World, open, run};

#[test]
fn the_reader_is_named_as_pcsc_names_it() {
    let world = World::with_card();
    assert_eq!(open(&world).unwrap().name(), READER);
    assert_eq!(world.borrow().calls, ["establish", "readers", "look"]);
}

#[test]
fn an_empty_reader_is_one_to_wait_at() {
    let world = World::new();
    world.borrow_mut().readers = vec!["first", "second"];
    let mut reader = open(&world).unwrap();
    assert_eq!(reader.name(), "first", "no card anywhere");
    assert!(!run(reader.card_present()).unwrap());
    assert_eq!(run(reader.power_on()).unwrap_err().kind(), Kind::NoCard);
}

#[test]
fn no_reader_and_no_service_are_told() {
    let world = World::new();
    world.borrow_mut().readers.clear();
    assert_eq!(open(&world).unwrap_err().kind(), Kind::ReaderNotFound);
    let world = World::new();
    world.borrow_mut().troubles = vec![(1, Trouble::Code("no-service"))];
    assert_eq!(open(&world).unwrap_err().kind(), Kind::ReaderNotFound);
    let world = World::new();
    world.borrow_mut().troubles = vec![(1, Trouble::Name("SecurityError"))];
    assert_eq!(open(&world).unwrap_err().kind(), Kind::PermissionDenied);
}

#[test]
fn where_nothing_stands_behind_the_attribute_the_wait_ends() {
    // Chromium 156 on Linux: the promise never settles.
    for at in 1..=2 {
        let world = World::new();
        world.borrow_mut().troubles = vec![(at, Trouble::Hang { executed: false })];
        assert_eq!(open(&world).unwrap_err().kind(), Kind::Timeout);
    }
}

#[test]
fn a_reader_that_does_not_say_whether_it_holds_a_card_is_taken_as_empty() {
    let world = World::with_card();
    world.borrow_mut().troubles = vec![(3, Trouble::Name("UnknownError"))];
    assert_eq!(open(&world).unwrap().name(), READER);
}
