//! Parts that may not know each other still say the same.

use kakehashi_domain::{fault, upstream::route};
use kakehashi_relay::policy::DEFAULT_ROUTES;
use std::collections::BTreeSet;

#[test]
fn the_relay_forwards_exactly_the_upstreams_routes() {
    let forwarded: BTreeSet<_> = DEFAULT_ROUTES.iter().copied().collect();
    assert_eq!(forwarded, route::ALL.into_iter().collect());
}

#[test]
fn every_code_of_the_relay_and_of_the_card_stack_has_its_words() {
    for code in kakehashi_relay::problem::Code::ALL {
        let code = code.to_string();
        assert!(fault::find(&code).is_some(), "{code} is not in the catalogue");
    }
    for kind in ccid::Kind::ALL {
        assert!(fault::find(kind.code()).is_some(), "{} is not in the catalogue", kind.code());
    }
    for code in ccid::myna::Flaw::CODES {
        assert!(fault::find(code).is_some(), "{code} is not in the catalogue");
    }
}
