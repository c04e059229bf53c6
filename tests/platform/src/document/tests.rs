use super::*;
use kakehashi_domain::certification::{Outcome, Validity};
use kakehashi_domain::document::Line;
use kakehashi_domain::document::assessment::{Change, compare};
use kakehashi_domain::number::{InsuredNumber, InsurerNumber};
use kakehashi_domain::upstream::{PersonHandle, Sex};
use kakehashi_viewer::{Broken, Document};

const LEVELS: [CareLevel; 4] = [CareLevel::Support1, CareLevel::Care1, CareLevel::Care3, CareLevel::Care5];

fn hanako() -> Person {
    Person {
        handle: PersonHandle("a".into()),
        name: "山田　花子".into(),
        kana: "ヤマダ　ハナコ".into(),
        birth_date: Date::new(1940, 3, 2).unwrap().into(),
        sex: Sex::Female,
        address: "群馬県伊勢崎市連取町９９９９番地１".into(),
        insurer: InsurerNumber::parse("102046").unwrap(),
        insurer_name: "伊勢崎市".into(),
        insured: InsuredNumber::parse("0000012345").unwrap(),
    }
}

fn subject(person: &Person, place: u32, level: CareLevel, on: &str) -> Survey {
    survey(&Subject { person, place, level, on: Date::from_iso(on).unwrap(), first: false })
}

#[test]
fn every_item_of_every_survey_is_answered_soundly() {
    let person = hanako();
    for level in LEVELS {
        for place in 0..60 {
            let paper = subject(&person, place, level, "2026-10-05");
            for line in paper.items() {
                assert!(line.sound(), "{line:?}");
            }
            assert!(paper.overview().iter().all(|line| line.doubts.is_empty()));
            assert_eq!(paper.surveyed_on().unwrap().to_string(), "2026-10-05");
        }
    }
}

#[test]
fn the_same_paper_every_time_and_another_for_a_heavier_level() {
    let person = hanako();
    let now = subject(&person, 3, CareLevel::Care3, "2026-10-05");
    assert_eq!(now, subject(&person, 3, CareLevel::Care3, "2026-10-05"));
    let before = subject(&person, 3, CareLevel::Care1, "2025-10-05");
    let changes: Vec<Change> = compare(&now, &before).into_iter().map(|one| one.change).collect();
    let many = |change| changes.iter().filter(|one| **one == change).count();
    assert!(many(Change::Worse) > many(Change::Better), "{changes:?}");
    assert!(many(Change::Same) > 10, "{changes:?}");
}

#[test]
fn opinions_are_sound_and_carry_the_doctors_answer() {
    let person = hanako();
    for (place, level) in (0..40).zip(LEVELS.into_iter().cycle()) {
        let on = Date::from_iso("2026-10-07").unwrap();
        let made = |agreed| opinion(&Subject { person: &person, place, level, on, first: true }, agreed);
        assert!(made(true).may_be_used() && !made(false).may_be_used());
        let paper = made(true);
        assert!(paper.lines().iter().all(|line: &Line<'_>| line.doubts.is_empty()));
        assert!(paper.lines().iter().filter(|line| line.filled()).count() > 30);
    }
}

/// How many pixels of the drawn page are darker than 「見本」.
fn ink(file: Vec<u8>, page: usize) -> usize {
    let picture = Document::open(file).unwrap().draw(page, 595.0).unwrap();
    picture.pixels.chunks(4).filter(|pixel| pixel[0] < 128).count()
}

#[test]
fn originals_are_drawn_and_are_the_same_every_time() {
    let person = hanako();
    let paper = subject(&person, 1, CareLevel::Care2, "2026-10-05");
    let usual = survey_pdf(&paper, Original::Usual);
    assert_eq!(usual, survey_pdf(&paper, Original::Usual));
    let pages = Document::open(usual.clone()).unwrap().sizes().to_vec();
    assert!((4..10).contains(&pages.len()) && pages.iter().all(|page| *page == (595.0, 842.0)), "{pages:?}");
    assert!(ink(usual, 0) > 2_000, "words stand on the page");
    let on = Date::from_iso("2026-10-07").unwrap();
    let whose = Subject { person: &person, place: 1, level: CareLevel::Care2, on, first: true };
    assert!(ink(opinion_pdf(&opinion(&whose, true), Original::Usual), 0) > 2_000);
}

#[test]
fn originals_with_something_the_matter() {
    let person = hanako();
    let paper = subject(&person, 1, CareLevel::Care2, "2026-10-05");
    let long = survey_pdf(&paper, Original::Long);
    assert_eq!(Document::open(long.clone()).unwrap().sizes().len(), 300);
    assert_eq!(survey_pages(&paper, Original::Long), 300);
    let usual = Document::open(survey_pdf(&paper, Original::Usual)).unwrap().sizes().len();
    assert_eq!(survey_pages(&paper, Original::Usual), usual);
    assert!(ink(long, 299) > 500);
    let broken = survey_pdf(&paper, Original::Broken);
    assert!(broken.starts_with(b"%PDF-"));
    assert_eq!(Document::open(broken).err(), Some(Broken::Unreadable));
    let scripted = survey_pdf(&paper, Original::Scripted);
    assert_eq!(scripted.windows(14).filter(|window| *window == b"/S /JavaScript").count(), 5);
    assert!(ink(scripted, 0) > 200, "its page is drawn, and nothing more happens");
}

/// A judgement with all there can be.
fn judged(place: u32, level: CareLevel) -> Judgement {
    let day = |text| Date::from_iso(text).unwrap();
    let validity = Validity { from: day("2026-10-05"), to: day("2027-04-30") };
    judgement(&Decided {
        place,
        first_on: Some(day("2026-10-22")),
        committee_on: Some(day("2026-11-05")),
        outcome: Outcome::Certified { on: day("2026-11-06"), level, validity },
        opinion: Some("状態が変わりやすいため、早めに区分変更の申請を検討すること。".into()),
    })
}

#[test]
fn the_original_of_a_judgement_is_drawn_and_is_the_same_every_time() {
    let person = hanako();
    let paper = judged(1, CareLevel::Care2);
    let file = judgement_pdf(&paper, &person, Original::Usual);
    assert_eq!(file, judgement_pdf(&paper, &person, Original::Usual));
    let pages = Document::open(file.clone()).unwrap().sizes().len();
    assert_eq!((pages, judgement_pages(&paper, &person, Original::Usual)), (1, 1));
    assert!(ink(file, 0) > 2_000, "words stand on the page");
}

#[test]
fn every_character_of_the_papers_is_in_the_font() {
    let known = |text: &str| text.chars().all(|c| c == '〓' || pdf::drawable(c) != '〓');
    let person = hanako();
    for level in LEVELS {
        for place in 0..20 {
            let paper = subject(&person, place, level, "2026-10-05");
            let on = Date::from_iso("2026-10-07").unwrap();
            let said = opinion(&Subject { person: &person, place, level, on, first: true }, true);
            let judged = print::judgement(&judged(place, level), &person);
            for row in print::survey(&paper).iter().chain(&print::opinion(&said)).chain(&judged) {
                let words = match row {
                    pdf::Row::Title(words) | pdf::Row::Heading(words) | pdf::Row::Text(words) => {
                        words.clone()
                    }
                    pdf::Row::Pair(label, words) => label.clone() + words,
                    pdf::Row::Break => continue,
                };
                assert!(known(&words), "{words}");
            }
        }
    }
    assert_eq!(pdf::drawable('𠮷'), '〓', "what the font has not is said to be missing");
}
