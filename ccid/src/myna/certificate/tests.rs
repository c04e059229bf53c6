//! Certificates made for each check, by the crate `x509-cert`; signatures by `rsa`, `p256` and `p384`.

mod agree;
mod flaws;
mod form;
mod keys;
mod make;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::{Flaw, UnverifiedCertificate, VerifiedCertificate};
use crate::myna::roots::{Hierarchy, Roots};
use keys::Libraries;
use make::Wanted;

/// A moment at which both generations of roots and a good certificate are valid.
const NOW: i64 = 1_800_000_000;

/// Runs a future that never waits.
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("libraries never wait"),
    }
}

/// Both generations, pinned.
fn roots() -> Roots {
    pinned(&[make::root(keys::older()), make::root(keys::newer())])
}

fn pinned(certificates: &[Vec<u8>]) -> Roots {
    let mut roots = Roots::new(Hierarchy::Test);
    for certificate in certificates {
        roots.pin(certificate).unwrap();
    }
    roots
}

fn verify(der: &[u8], roots: &Roots, at: i64) -> Result<VerifiedCertificate, Flaw> {
    run(UnverifiedCertificate::parse(der)?.verify(roots, at, &Libraries))
}

/// What is wrong with this certificate now, under both generations.
fn flaw(wanted: &Wanted) -> Flaw {
    verify(&wanted.make(), &roots(), NOW).unwrap_err()
}
