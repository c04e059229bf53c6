//! An invented 認定調査票.

use super::words::{HOMES, NOTES, SURVEYORS};
use super::{Subject, random, weight};
use crate::seed::Random;
use kakehashi_domain::document::assessment::{Note, items};
use kakehashi_domain::document::{Aspect, Entry, Field, Kind, Mark, Survey};
use kakehashi_domain::upstream::Sex;

/// The survey of a person.
pub fn survey(subject: &Subject<'_>) -> Survey {
    // One stream for the person, so that two surveys of one person differ by what has changed.
    let mut steady = Random::new(0x5EED, u64::from(subject.place));
    let mut random = random(subject, 1);
    let heavy = weight(subject.level);
    let answers: Vec<Entry> =
        items().fields().iter().map(|field| answer(field, heavy, &mut steady, &mut random)).collect();
    Survey { form: None, overview: overview(subject, &mut steady), notes: notes(&answers), answers }
}

fn answer(field: &Field, heavy: i64, steady: &mut Random, random: &mut Random) -> Entry {
    let codes: Vec<&str> = field.choices().map(|choice| choice.code).collect();
    let last = codes.len() as i64 - 1;
    // How far down the choices: by level, by what the person is like, and now and then by the day.
    let mut leaning =
        heavy * 2 + steady.between(-5, 4) + if random.percent(12) { random.between(-3, 3) } else { 0 };
    if field.aspect == Some(Aspect::Presence) {
        leaning -= 5;
    }
    let step = |many: i64| (leaning * many / 13).clamp(0, many) as usize;
    match (field.section, field.kind) {
        (6, _) => Entry::chosen(field.number, [if leaning > 5 && steady.percent(15) { "1" } else { "0" }]),
        (_, Kind::Many) => {
            let many = step(2).min(codes.len() - 2);
            let from = 1 + steady.below(2) as usize;
            let marked = if many == 0 { &codes[..1] } else { &codes[from..from + many] };
            Entry::chosen(field.number, marked.iter().copied())
        }
        // 判断不能 and 行っていない are for others.
        (_, _) if matches!(field.number, "1-10" | "1-12" | "1-13" | "7-2") => {
            Entry::chosen(field.number, [codes[step(last - 1)]])
        }
        _ => Entry::chosen(field.number, [codes[step(last)]]),
    }
}

/// Words beside what is not the first choice.
fn notes(answers: &[Entry]) -> Vec<Note> {
    let told = NOTES.iter().filter(|(item, _)| {
        let first = items().field(item).and_then(|field| field.choices().next());
        let entry = answers.iter().find(|entry| entry.item == *item);
        entry.is_some_and(|entry| entry.only() != first.map(|choice| choice.code))
    });
    let section = |item: &str| items().field(item).map_or(1, |field| field.section);
    told.map(|(item, text)| Note { section: section(item), item: (*item).into(), text: (*text).into() })
        .collect()
}

fn overview(subject: &Subject<'_>, steady: &mut Random) -> Vec<Entry> {
    let person = subject.person;
    let (kana, name, organisation) = *steady.pick(&SURVEYORS);
    let (household, remarks) = *steady.pick(&HOMES);
    let sex = if person.sex == Sex::Male { "male" } else { "female" };
    let mut entries = vec![
        Entry::written("insurer", person.insurer.as_str()),
        Entry::written("insured", person.insured.as_str()),
        Entry::written("surveyed_on", &subject.on.to_string()),
        Entry::chosen("place", ["home"]),
        Entry::written("surveyor_kana", kana),
        Entry::written("surveyor", name),
        Entry::written("organisation", organisation),
        Entry::chosen("past", [if subject.first { "first" } else { "later" }]),
        Entry::written("kana", &person.kana),
        Entry::written("name", &person.name),
        Entry::chosen("sex", [sex]),
        Entry::written("born", &person.birth_date.to_string()),
        Entry::written("address", &person.address),
    ];
    let times = steady.between(1, 12).to_string();
    let mut uses = Entry::chosen("times", []);
    uses.marks.push(Mark::noted("day_care", &times));
    if weight(subject.level) > 2 {
        uses.marks.push(Mark::noted("home_help", &steady.between(4, 20).to_string()));
    }
    let mut things = Entry::chosen("things", []);
    things.marks.push(Mark::noted("rental", &steady.between(1, 3).to_string()));
    let housing = if steady.percent(50) { "yes" } else { "no" };
    entries.extend([uses, things, Entry::chosen("housing", [housing])]);
    entries.extend([Entry::chosen("household", [household]), Entry::written("remarks", remarks)]);
    entries
}
