//! Certifications under way at the 居宅介護支援 office: one for every stage and every way a case can go, each for
//! one of its clients. All days are counted from the reference day; a minus is a day to come.

use super::application::Made;
use super::cases::{Came, came};
use super::certification::{self, Span, plain, plan_office};
use super::offices::OFFICES;
use super::progress::Entered;
use super::resident::{self, Resident};
use super::{Mark, client_file, clients, demo};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::certification::{Application, ApplicationKind, Fact, Outcome, Postponement, Validity};
use kakehashi_domain::qualification::{CareLevel, CertificationState, Content, InsuranceCertificate, Period};
use kakehashi_domain::upstream;
use std::collections::BTreeMap;

/// What happens, days before the reference day.
#[derive(Debug, Clone, Copy)]
enum Act {
    SurveyRequest(i64),
    OpinionRequest(i64),
    Survey(i64),
    Opinion(i64),
    FirstJudgement(i64),
    Committee(i64),
    /// 延期通知, and the day it names.
    Postponed(i64, i64),
    /// 認定: levels heavier than before.
    Certified(i64, usize),
    /// The same decision entered again that many days ago, with another level.
    Corrected(i64, usize),
    NotCertified(i64),
    Dismissed(i64),
    Withdrawn(i64),
    Notice(i64),
}

/// A case of a client.
pub(super) struct Script {
    /// What is to be seen here.
    pub(super) note: &'static str,
    kind: ApplicationKind,
    applied: i64,
    acts: &'static [Act],
}

use Act::{
    Certified, Committee, Corrected, Dismissed, FirstJudgement, NotCertified, Notice, Opinion,
    OpinionRequest, Postponed, Survey, SurveyRequest, Withdrawn,
};
use ApplicationKind::{Change, New, Renewal};

const fn script(note: &'static str, kind: ApplicationKind, applied: i64, acts: &'static [Act]) -> Script {
    Script { note, kind, applied, acts }
}

/// In the order of the clients they are given to; those under way first.
pub(super) static ALL: [Script; 16] = [
    script("更新を申請したばかりの人", Renewal, 3, &[]),
    script("認定調査の日が決まった人", Change, 8, &[SurveyRequest(6), OpinionRequest(6), Survey(-4)]),
    script("主治医意見書を待つ人", Renewal, 15, &[SurveyRequest(14), OpinionRequest(14), Survey(5)]),
    script(
        "はじめての認定で一次判定を待つ人(暫定ケアプラン)",
        New,
        21,
        &[SurveyRequest(20), OpinionRequest(20), Survey(12), Opinion(2)],
    ),
    script(
        "審査会の日が決まった人",
        Renewal,
        26,
        &[SurveyRequest(25), OpinionRequest(25), Survey(17), Opinion(10), FirstJudgement(6), Committee(-3)],
    ),
    script(
        "審査会が終わり、結果を待つ人",
        Change,
        29,
        &[SurveyRequest(28), OpinionRequest(28), Survey(20), Opinion(14), FirstJudgement(9), Committee(1)],
    ),
    script(
        "延期の通知があった人",
        Renewal,
        38,
        &[SurveyRequest(36), OpinionRequest(36), Survey(25), Postponed(9, -20)],
    ),
    script("30日を過ぎても結果が来ない人", Renewal, 36, &[SurveyRequest(35), OpinionRequest(35), Survey(22)]),
    script(
        "延期の見込みも過ぎた人(暫定ケアプラン)",
        New,
        64,
        &[
            SurveyRequest(62),
            OpinionRequest(62),
            Survey(40),
            Postponed(36, 5),
            Opinion(12),
            FirstJudgement(8),
            Committee(-2),
        ],
    ),
    script("意見書が調査より先に届いた人", Change, 12, &[OpinionRequest(11), Opinion(3), Survey(-2)]),
    script("調査を依頼したところの人", New, 6, &[SurveyRequest(4)]),
    script(
        "認定の結果が出たばかりの人",
        Change,
        32,
        &[
            SurveyRequest(31),
            OpinionRequest(31),
            Survey(23),
            Opinion(16),
            FirstJudgement(12),
            Committee(3),
            Certified(2, 1),
            Notice(1),
        ],
    ),
    script("申請を取り下げた人", Change, 20, &[SurveyRequest(18), OpinionRequest(18), Withdrawn(6)]),
    script(
        "区分変更が却下された人",
        Change,
        41,
        &[
            SurveyRequest(40),
            OpinionRequest(40),
            Survey(30),
            Opinion(24),
            FirstJudgement(20),
            Committee(5),
            Dismissed(4),
            Notice(3),
        ],
    ),
    script(
        "更新で非該当になった人",
        Renewal,
        33,
        &[
            SurveyRequest(32),
            OpinionRequest(32),
            Survey(24),
            Opinion(19),
            FirstJudgement(15),
            Committee(4),
            NotCertified(3),
            Notice(2),
        ],
    ),
    script(
        "認定の結果があとから訂正された人",
        Change,
        43,
        &[
            SurveyRequest(42),
            OpinionRequest(42),
            Survey(33),
            Opinion(27),
            FirstJudgement(22),
            Committee(13),
            Certified(12, 2),
            Notice(11),
            Corrected(4, 1),
        ],
    ),
];

/// How many of them are under way.
const UNDER_WAY: usize = 11;

impl Script {
    /// 申請日.
    pub(super) fn applied_on(&self, today: Date) -> Date {
        today.plus_days(-self.applied)
    }

    /// Makes the papers of a client such that the case can be theirs.
    pub(super) fn prepare(&self, one: &mut Resident, today: Date) {
        let Content::Present(paper) = &mut one.papers.certificate else { return };
        let level = paper.level.filter(|level| *level >= CareLevel::Care1).unwrap_or(CareLevel::Care2);
        let level = if self.corrected().is_some() { level.min(CareLevel::Care3) } else { level };
        let applied_on = self.applied_on(today);
        let ended = self
            .acts
            .iter()
            .any(|act| matches!(act, Certified(..) | NotCertified(_) | Dismissed(_) | Withdrawn(_)));
        match self.kind {
            New => {
                // Care began with the application, on a provisional plan.
                let office = &OFFICES[0];
                let offices = vec![plan_office(office.number, office.name, applied_on)];
                *paper = InsuranceCertificate {
                    issued_on: applied_on.into(),
                    plan_offices: offices,
                    ..certification::applied_on(applied_on)
                };
                one.papers.copayment = Content::NoneIssued;
                one.papers.limit = Content::NoneIssued;
            }
            Renewal => {
                let validity = Period::new(
                    renewal_end(applied_on).plus_days(1).plus_months(-12),
                    Some(renewal_end(applied_on)),
                );
                let span = Span { certified_on: validity.from.plus_days(-12), validity };
                keep_beside(paper, plain(level, &span));
            }
            _ => {
                // In the middle of a period: from a month more than half a year ago, for a year.
                let span = certification::renewal(today, (12, 5), 14);
                keep_beside(paper, plain(level, &span));
                let issued = |paper: &mut InsuranceCertificate, (certified_on, level, validity): Decision| {
                    let validity = Period::new(validity.from, Some(validity.to));
                    keep_beside(paper, plain(level, &Span { certified_on, validity }));
                };
                if let Some(decided) = self.decided(level, today) {
                    let mut earlier = vec![came(paper.clone())];
                    issued(paper, decided);
                    if let Some((ago, heavier)) = self.corrected() {
                        // What was issued by mistake is taken back on the day of the correction.
                        let withdrawn_on = Some(today.plus_days(-ago));
                        earlier.push(Came { withdrawn_on, ..came(paper.clone()) });
                        issued(paper, (decided.0, heavier_by(level, heavier), decided.2));
                        paper.issued_on = today.plus_days(-ago).into();
                    }
                    one.earlier.certificate = earlier;
                }
            }
        }
        let Content::Present(paper) = &mut one.papers.certificate else { return };
        if !ended {
            paper.state = CertificationState::Applied;
        }
    }

    /// The 認定 it ends with, for somebody of a level.
    fn decided(&self, level: CareLevel, today: Date) -> Option<Decision> {
        let (ago, heavier) = self.acts.iter().find_map(|act| match act {
            Certified(ago, heavier) => Some((*ago, *heavier)),
            _ => None,
        })?;
        let validity = Validity::of_months(self.applied_on(today), 6);
        Some((today.plus_days(-ago), heavier_by(level, heavier), validity))
    }

    /// How many days ago it was corrected, and to how many levels heavier than before.
    fn corrected(&self) -> Option<(i64, usize)> {
        self.acts.iter().find_map(|act| match act {
            Corrected(ago, heavier) => Some((*ago, *heavier)),
            _ => None,
        })
    }

    /// What was entered, in its order, of a client with these papers.
    pub(super) fn facts(&self, one: &Resident, today: Date) -> Vec<Entered> {
        let day = |ago: i64| today.plus_days(-ago);
        let application = Application { kind: self.kind, on: self.applied_on(today) };
        let mut facts = vec![Entered::at_once(Fact::Application(application))];
        facts.extend(self.acts.iter().filter_map(|act| {
            Some(Entered::at_once(match *act {
                SurveyRequest(ago) => Fact::SurveyRequest(day(ago)),
                OpinionRequest(ago) => Fact::OpinionRequest(day(ago)),
                Survey(ago) => Fact::Survey(day(ago)),
                Opinion(ago) => Fact::Opinion(day(ago)),
                FirstJudgement(ago) => Fact::FirstJudgement(day(ago)),
                Committee(ago) => Fact::Committee(day(ago)),
                Postponed(ago, until) => Fact::Postponement(Postponement {
                    notified_on: day(ago),
                    until: Some(day(until)),
                    reason: Some("主治医意見書の提出に時間を要しているため".to_owned()),
                }),
                Certified(..) => {
                    let (on, level, validity) = self.decided(before(one)?, today)?;
                    Fact::Outcome(Outcome::Certified { on, level, validity })
                }
                Corrected(ago, heavier) => {
                    let (on, _, validity) = self.decided(before(one)?, today)?;
                    let level = heavier_by(before(one)?, heavier);
                    let fact = Fact::Outcome(Outcome::Certified { on, level, validity });
                    return Some(Entered { fact, on: Some(day(ago)) });
                }
                NotCertified(ago) => Fact::Outcome(Outcome::NotCertified { on: day(ago) }),
                Dismissed(ago) => Fact::Outcome(Outcome::Dismissed {
                    on: day(ago),
                    reason: Some("要介護状態区分の変更を要する状態と認められないため".to_owned()),
                }),
                Withdrawn(ago) => Fact::Outcome(Outcome::Withdrawn { on: day(ago) }),
                Notice(ago) => Fact::Notice(day(ago)),
            }))
        }));
        facts
    }

    /// Puts the application among the others, in the place of one that only followed from the papers.
    pub(super) fn apply(&self, all: &mut Vec<Made<'_>>, today: Date) {
        let applied_on = self.applied_on(today);
        all.retain(|(made, _)| made.decided_on.is_some_and(|on| on < applied_on));
        if !self.is_withdrawn() {
            let decided_on = self.acts.iter().find_map(|act| match act {
                Certified(ago, _) | NotCertified(ago) | Dismissed(ago) => Some(today.plus_days(-ago)),
                _ => None,
            });
            all.push((upstream::Application { kind: self.kind, applied_on, decided_on }, None));
        }
    }

    /// Whether it ended with 取下げ: then there is no application any more.
    pub(super) fn is_withdrawn(&self) -> bool {
        self.acts.iter().any(|act| matches!(act, Withdrawn(_)))
    }
}

/// Day, level and period of a 認定.
type Decision = (Date, CareLevel, Validity);

/// The level before, of somebody whose script has a decision.
fn before(one: &Resident) -> Option<CareLevel> {
    one.earlier.certificate.iter().find(|came| came.withdrawn_on.is_none())?.paper.level
}

/// So many levels heavier; the same when there is none.
fn heavier_by(level: CareLevel, many: usize) -> CareLevel {
    let at = CareLevel::ALL.iter().position(|known| *known == level);
    at.and_then(|at| CareLevel::ALL.get(at + many)).copied().unwrap_or(level)
}

/// Gives the scripts out.
pub(super) struct Scripts {
    next: usize,
    /// Places of those on the list from the start who have a case under way.
    under_way: BTreeMap<i64, usize>,
}

impl Scripts {
    /// To the first clients, and to as many of those listed as the mark says.
    pub(super) fn new(mark: &Mark) -> Self {
        let listed = clients::places(mark.people, mark.clients);
        Self { next: 0, under_way: listed.take(mark.under_way as usize).zip(0..).collect() }
    }

    /// The script of somebody of the register, if they get one.
    pub(super) fn of(&mut self, place: u32, one: &Resident) -> Option<&'static Script> {
        if is_reserved(place) || one.is_odd {
            return None;
        }
        if client_file::is_client(one)
            && let Some(script) = ALL.get(self.next)
        {
            self.next += 1;
            return Some(script);
        }
        let at = self.under_way.get(&i64::from(place))?;
        ALL.get(at % UNDER_WAY)
    }
}

/// The people of the cards and of the cases stay as they are.
fn is_reserved(place: u32) -> bool {
    (place as usize) < demo::ALL.len() || resident::case_at(place).is_some()
}

/// The end of the period for whose renewal was applied on a day: the last end of a month within sixty days.
fn renewal_end(applied_on: Date) -> Date {
    let last = applied_on.plus_days(60);
    if last.is_month_end() { last } else { last.month_start().plus_days(-1) }
}

/// Another 認定 on the same paper.
fn keep_beside(paper: &mut InsuranceCertificate, other: InsuranceCertificate) {
    let plan_offices = std::mem::take(&mut paper.plan_offices);
    *paper = InsuranceCertificate { plan_offices, ..other };
}
