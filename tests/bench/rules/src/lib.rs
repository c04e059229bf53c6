//! What the app asks the rules about a person, for many people: what comes next, what is doubtful, what a
//! planned work or purchase would leave, the person's share, and the history. The benchmark runs the same code
//! natively and as WebAssembly, and compares the results as well as the times.

mod access;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use access::Looks;

use kakehashi_domain::benefit::{EquipmentKind, ResetScope, Rounding, Terms, monthly_limit};
use kakehashi_domain::calendar::{Date, Month};
use kakehashi_domain::qualification::{Content, EquipmentUse, Qualification, doubt};
use kakehashi_domain::upcoming::{Settings, upcoming};
use kakehashi_domain::upstream::HistoryResponse;
use serde::{Deserialize, Serialize};

/// A person as the upstream tells of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Someone {
    /// The five kinds.
    pub now: Qualification,
    /// What was registered when.
    pub before: HistoryResponse,
}

/// Many people, and the day they are looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct People {
    /// 基準日.
    pub today: Date,
    /// The people.
    pub all: Vec<Someone>,
}

/// How often rules were asked, and what all their answers add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Rules asked.
    pub rules: u32,
    /// Changes when any answer changes.
    pub sum: u32,
}

impl Answers {
    fn take(&mut self, answer: impl TryInto<u32>) {
        self.rules += 1;
        let answer = answer.try_into().unwrap_or(u32::MAX);
        self.sum = self.sum.rotate_left(5).wrapping_add(answer).wrapping_add(self.rules);
    }
}

impl People {
    /// Asks all rules about everybody once.
    pub fn ask(&self) -> Answers {
        let settings = Settings::default();
        let mut answers = Answers::default();
        for one in &self.all {
            one.ask(self.today, &settings, &mut answers);
        }
        answers
    }
}

impl Someone {
    fn ask(&self, today: Date, settings: &Settings, answers: &mut Answers) {
        let coming = upcoming(&self.now, today, settings);
        answers.take(coming.iter().map(|one| one.days_left.unsigned_abs()).sum::<u64>());
        self.doubts(today, answers);
        self.benefits(today, answers);
        self.history(today, answers);
    }

    fn doubts(&self, today: Date, answers: &mut Answers) {
        answers.take(doubt::person(&self.now.person, today).len());
        if let Content::Present(paper) = &self.now.certificate.content {
            answers.take(doubt::certificate(paper, today).len());
        }
        if let Content::Present(paper) = &self.now.copayment.content {
            answers.take(doubt::copayment(paper, today).len());
        }
        if let Content::Present(paper) = &self.now.limit.content {
            answers.take(doubt::limit(paper, today).len());
        }
        if let Content::Present(used) = &self.now.housing.content {
            answers.take(doubt::housing(used, today).len());
        }
        if let Content::Present(used) = &self.now.equipment.content {
            answers.take(doubt::equipment(used, today).len());
        }
        answers.take(doubt::history(&self.before.history, today.plus_days(-30), today).len());
    }

    fn benefits(&self, today: Date, answers: &mut Answers) {
        let Content::Present(paper) = &self.now.certificate.content else { return };
        if let (Content::Present(used), Some(level)) = (&self.now.housing.content, paper.level) {
            let home = used.dwellings.iter().find(|dwelling| dwelling.current);
            let plan = used.plan(home, level, today, 60_000, ResetScope::PerPerson);
            answers.take(plan.map_or(1, |plan| plan.left_after_yen));
        }
        let years: &[EquipmentUse] = &self.before.equipment;
        let plan = EquipmentUse::plan(years, EquipmentKind::Toilet.name(), today, 30_000);
        answers.take(plan.left_after_yen);
        if let Content::Present(shares) = &self.now.copayment.content
            && let Some(share) = shares.on(today)
        {
            let payment =
                Terms::on(share.tenths, &paper.restrictions, today).split(123_456, Rounding::BenefitDown);
            answers.take(payment.map_or(1, |payment| payment.person_yen));
        }
    }

    fn history(&self, today: Date, answers: &mut Answers) {
        let history = &self.before.history;
        answers.take(history.shares(today).len());
        answers.take(history.share_changes(today.plus_days(-60), today).len());
        let levels: Vec<_> = history.levels(today).iter().map(|held| (held.level, held.period)).collect();
        let limit = monthly_limit(&levels, Month::of(today));
        answers.take(limit.map_or(1, |limit| limit.units));
        answers.take(u32::from(history.limit_on(today, today).is_some()));
    }
}
