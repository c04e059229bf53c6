//! An invented 主治医意見書.

use super::words::{DOCTORS, ILLNESSES};
use super::{Subject, random, weight};
use kakehashi_domain::document::opinion::{DoctorConsent, Edition};
use kakehashi_domain::document::{Degree, Entry, Mark, Opinion};
use kakehashi_domain::upstream::Sex;

/// The opinion on a person; `agreed`: whether the doctor agrees to its use for care plans.
pub fn opinion(subject: &Subject<'_>, agreed: bool) -> Opinion {
    let person = subject.person;
    let mut random = random(subject, 2);
    let heavy = weight(subject.level);
    let (doctor, institution, town) = *random.pick(&DOCTORS);
    let first = random.below(ILLNESSES.len() as u64) as usize;
    let other = (first + 1 + random.below(ILLNESSES.len() as u64 - 1) as usize) % ILLNESSES.len();
    let (illness, course) = ILLNESSES[first];
    let sex = if person.sex == Sex::Male { "male" } else { "female" };
    let seen_on = subject.on.plus_days(-random.between(0, 14)).to_string();
    let onset = subject.on.plus_days(-random.between(400, 4_000)).to_string();
    let mut entries = vec![
        Entry::written("written_on", &subject.on.to_string()),
        Entry::written("kana", &person.kana),
        Entry::written("name", &person.name),
        Entry::chosen("sex", [sex]),
        Entry::written("born", &person.birth_date.to_string()),
        Entry::written("address", &person.address),
        Entry::written("doctor", doctor),
        Entry::written("institution", institution),
        Entry::written("institution_address", town),
        Entry::written("0-1", &seen_on),
        Entry::chosen("0-2", [if subject.first { "first" } else { "later" }]),
        Entry::chosen("0-3", ["no"]),
        Entry::written("1-1-1", illness),
        Entry::written("1-1-1-onset", onset.get(..7).unwrap_or(&onset)),
        Entry::written("1-1-2", ILLNESSES[other].0),
        Entry::chosen("1-2", [if heavy > 4 { "unstable" } else { "stable" }]),
        Entry::written("1-3", course),
    ];
    let along = |codes: &[&'static str]| codes[(heavy as usize * codes.len() / 7).min(codes.len() - 1)];
    let chosen = [
        ("3-1-body", along(&["11", "12", "21", "22", "31", "32", "41"])),
        ("3-1-dementia", along(&["01", "02", "03", "04", "05", "06", "07"])),
        ("3-2-memory", along(&["none", "some"])),
        ("3-2-decision", along(&["independent", "some", "watched", "cannot"])),
        ("3-2-expression", along(&["can", "some", "concrete", "cannot"])),
        ("3-3", along(&["no", "yes"])),
        ("3-4", "no"),
        ("3-5-hand", "right"),
        ("3-5-change", along(&["same", "same", "loss"])),
        ("4-1-walk", along(&["independent", "helped", "none"])),
        ("4-1-wheelchair", along(&["none", "none", "self", "others"])),
        ("4-1-aids", along(&["outdoors", "indoors", "none"])),
        ("4-2-eating", along(&["self", "self", "self", "full"])),
        ("4-2-nutrition", along(&["good", "good", "bad"])),
        ("4-4", along(&["expected", "unknown", "not_expected"])),
        ("4-7", "no"),
    ];
    entries.extend(chosen.map(|(item, code)| Entry::chosen(item, [code])));
    entries.push(Entry::written("3-5-height", &random.between(140, 170).to_string()));
    entries.push(Entry::written("3-5-weight", &random.between(38, 66).to_string()));
    let degree = Some([Degree::Light, Degree::Medium, Degree::Heavy][(heavy as usize / 3).min(2)]);
    let limb = |code| Mark { degree, ..Mark::plain(code) };
    let marked = |item: &str, marks: Vec<Mark>| Entry { item: item.into(), marks, text: String::new() };
    if illness.starts_with("脳梗塞") {
        entries.push(marked("3-5-paralysis", vec![limb("left_arm"), limb("left_leg")]));
    }
    entries.push(marked("3-5-pain", vec![Mark { degree, ..Mark::noted("on", "左膝") }]));
    entries.push(Entry::chosen("4-3", ["fall", "mobility"]));
    entries.push(Entry::written("4-3-policy", "転倒予防のため、歩行訓練を継続する。"));
    let nursing = Mark { underlined: heavy > 2, ..Mark::plain("visit_nursing") };
    entries.push(marked("4-5", vec![nursing, Mark::plain("day_rehabilitation")]));
    entries.push(marked(
        "4-6",
        vec![Mark::noted("moving", "転倒に注意"), Mark::noted("swallowing", "水分の誤嚥に注意")],
    ));
    entries.push(Entry::written("5", "服薬の管理と転倒の予防のため、見守りが必要である。"));
    let consent = Some(if agreed { DoctorConsent::Agreed } else { DoctorConsent::Refused });
    Opinion { edition: Edition::Current, consent, entries }
}
