//! A small campaign with every fault: `make bench` runs the large one.

use kakehashi_campaign::{Fault, Plan, run};

#[tokio::test(flavor = "multi_thread")]
async fn filings_come_once_and_whole_through_every_fault() {
    let seed = std::env::var("KAKEHASHI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(6);
    // The programs stand where this test's folder does.
    let test = std::env::current_exe().unwrap();
    let programs = test.parent().and_then(|deps| deps.parent()).unwrap();
    let plan = Plan { courses: 200, each: 5, lanes: 2, seed, programs };
    let report = run(plan).await.unwrap();
    eprintln!("{report:?}");
    assert!(report.lost.is_empty(), "seed {seed}: lost: {:#?}", report.lost);
    assert!(report.duplicated.is_empty(), "seed {seed}: duplicated: {:#?}", report.duplicated);
    assert!(report.wrong.is_empty(), "seed {seed}: told wrongly: {:#?}", report.wrong);
    assert!(report.courses >= 200);
    for fault in Fault::ALL {
        assert!(report.met(fault) >= 5, "{fault:?} was met {} times only", report.met(fault));
    }
    // Each end was reached, or the campaign shows nothing about it.
    assert!(report.filed > 0 && report.refused > 0 && report.given_up > 0);
}
