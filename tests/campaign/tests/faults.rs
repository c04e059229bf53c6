//! A small campaign with every fault: `make bench` runs the large one.

use kakehashi_campaign::{Failure, Fault, Plan, Report, Wrong, run};

/// `KAKEHASHI_SEED` plans another one, `KAKEHASHI_RUNS` a longer one.
fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

fn seed() -> u64 {
    setting("KAKEHASHI_SEED", 6) as u64
}

async fn campaign(courses: usize, each: usize, wrong: Option<Wrong>) -> Result<Report, Failure> {
    // The programs stand where this test's folder does.
    let test = std::env::current_exe()?;
    let programs = test.parent().and_then(|deps| deps.parent()).ok_or("this test stands nowhere")?;
    run(Plan { courses, each, lanes: 2, seed: seed(), programs, wrong }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn filings_come_once_and_whole_through_every_fault() {
    let courses = setting("KAKEHASHI_RUNS", 200);
    let report = campaign(courses, 5, None).await.unwrap();
    let seed = seed();
    eprintln!("{report:?}");
    assert!(report.lost.is_empty(), "seed {seed}: lost: {:#?}", report.lost);
    assert!(report.duplicated.is_empty(), "seed {seed}: duplicated: {:#?}", report.duplicated);
    assert!(report.wrong.is_empty(), "seed {seed}: told wrongly: {:#?}", report.wrong);
    assert!(report.courses >= courses);
    for fault in Fault::ALL {
        assert!(report.met(fault) >= 5, "{fault:?} was met {} times only", report.met(fault));
    }
    // Each end was reached, or the campaign shows nothing about it.
    assert!(report.filed > 0 && report.refused > 0 && report.given_up > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_are_wrong_are_found_out() {
    let report = campaign(60, 1, Some(Wrong::OtherKey)).await.unwrap();
    assert!(!report.wrong.is_empty() && !report.duplicated.is_empty(), "{report:?}");
    let report = campaign(60, 1, Some(Wrong::SilenceIsFailure)).await.unwrap();
    assert!(!report.wrong.is_empty(), "{report:?}");
    let report = campaign(60, 1, Some(Wrong::SilenceIsSuccess)).await.unwrap();
    assert!(!report.wrong.is_empty() || !report.lost.is_empty(), "{report:?}");
}
