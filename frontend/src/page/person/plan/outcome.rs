//! What a plan comes to, in words.

use crate::text::{format, plan as words};
use domain::benefit::{Payment, Rounding, Terms};
use domain::calendar::Date;
use domain::qualification::Qualification;
use yew::AttrValue;

/// Names with amounts, and what has to be said with them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outcome {
    pub(super) rows: Vec<(AttrValue, String)>,
    pub(super) notes: Vec<AttrValue>,
}

impl Outcome {
    /// Nothing but the reason why there is nothing.
    pub(super) fn none(why: &'static str) -> Self {
        Self { rows: Vec::new(), notes: vec![why.into()] }
    }

    pub(super) fn row(&mut self, name: impl Into<AttrValue>, value: String) {
        self.rows.push((name.into(), value));
    }

    pub(super) fn yen(&mut self, name: &'static str, amount: u32) {
        self.row(name, format::yen(amount));
    }

    pub(super) fn note(&mut self, words: impl Into<AttrValue>) {
        self.notes.push(words.into());
    }

    /// Who pays what.
    pub(super) fn payment(&mut self, terms: Terms, payment: Payment) {
        self.yen(words().from_insurance, payment.benefit_yen);
        self.row(words::by_person(payment.tenths), format::yen(payment.person_yen));
        if terms.repayment {
            self.yen(words().first, payment.now_yen);
            self.yen(words().back, payment.back_yen);
            self.note(words().repayment);
        }
        if terms.reduced {
            self.note(words().reduced);
        }
    }

    /// A cost against a balance: what was left, who pays, what stays.
    pub(super) fn balance(&mut self, all: &Qualification, day: Date, yen: Balance) {
        self.yen(words().left_before, yen.before);
        self.yen(words().counted, yen.counted);
        if yen.over > 0 {
            self.yen(words().over, yen.over);
        }
        let split = |terms: Terms| terms.split_with(yen.counted, yen.over, Rounding::BenefitDown);
        match terms(all, day).and_then(|terms| Some((terms, split(terms)?))) {
            Some((terms, payment)) => self.payment(terms, payment),
            None => self.note(words().no_share),
        }
        self.yen(words().left_after, yen.after);
    }

    /// The value beside a name.
    #[cfg(test)]
    pub(super) fn value(&self, name: &str) -> &str {
        self.rows.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

/// A balance before and after a cost, yen.
pub(super) struct Balance {
    pub(super) before: u32,
    pub(super) counted: u32,
    pub(super) over: u32,
    pub(super) after: u32,
}

/// The terms of a day; `None` without a share that can be.
pub(super) fn terms(all: &Qualification, day: Date) -> Option<Terms> {
    let tenths = all.copayment.value()?.on(day)?.tenths;
    let restrictions = all.certificate.value().map_or(&[][..], |paper| paper.restrictions.as_slice());
    let terms = Terms::on(tenths, restrictions, day);
    terms.counted_tenths().map(|_| terms)
}
