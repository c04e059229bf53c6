//! A desk at which one run follows another, with the same card.

use std::cell::RefCell;
use std::rc::Rc;

use kakehashi_card::{CardFile, VirtualCard};

use crate::check::{Came, Run};
use crate::fault::{Fault, Plan, Strike};
use crate::line::Line;
use crate::purpose::Purpose;
use crate::rig::Rig;

/// Undisturbed runs, to compare with.
pub(crate) struct Truth {
    /// Transfers of one, a secret mistyped before the right one.
    pub(crate) transfers: u32,
    /// What the card gives.
    pub(crate) given: Vec<u8>,
}

pub(crate) struct Desk {
    rig: Rig,
    card: Option<VirtualCard>,
    truths: Vec<Truth>,
}

impl Desk {
    pub(crate) fn new(rig: Rig) -> Self {
        let mut desk = Self { rig, card: None, truths: Vec::new() };
        for purpose in Purpose::ALL {
            let plan = Plan::undisturbed(purpose);
            let line = desk.line(&plan);
            let mut run = Run::new(rig, &plan, &line, None);
            let (session, Came::Through(given)) = run.first() else { panic!("{rig:?} does not work") };
            drop((session, run));
            let transfers = line.borrow().transfers;
            desk.truths.push(Truth { transfers, given });
            desk.take_back(line);
        }
        desk
    }

    /// The run with this seed.
    pub(crate) fn run(&mut self, seed: u64) {
        let plan = Plan::new(self.rig, seed, |purpose| self.truths[purpose as usize].transfers);
        self.follow(&plan, Some(seed));
    }

    /// A run for each fault at each transfer of a check of identity.
    pub(crate) fn run_everywhere(&mut self) {
        for transfer in 0..self.truths[0].transfers {
            for fault in Fault::ALL {
                let salt = u64::from(transfer);
                let strikes = vec![Strike { transfer, fault, salt }];
                self.follow(&Plan { strikes, ..Plan::undisturbed(Purpose::Identity) }, None);
            }
        }
    }

    fn follow(&mut self, plan: &Plan, seed: Option<u64>) {
        let truths = std::mem::take(&mut self.truths);
        let line = self.line(plan);
        let story = Story { rig: self.rig, seed, plan, line: &line };
        Run::new(self.rig, plan, &line, Some(&truths[plan.purpose as usize])).whole();
        drop(story);
        self.truths = truths;
        self.take_back(line);
    }

    fn line(&mut self, plan: &Plan) -> Rc<RefCell<Line>> {
        let new = || VirtualCard::new(&CardFile::specimen().unwrap()).unwrap();
        let mut card = self.card.take().unwrap_or_else(new);
        if plan.last_try {
            for command in plan.purpose.spoil() {
                card.transmit(&command);
            }
            card.power();
        }
        Rc::new(RefCell::new(Line::new(self.rig, card, plan)))
    }

    /// Takes the card off the desk, for the next run if it is as it was.
    fn take_back(&mut self, line: Rc<RefCell<Line>>) {
        let mut card = Rc::into_inner(line).unwrap().into_inner().take_card();
        let good = card.tries_left() == Some(3)
            && card.attributes_tries_left() == Some((3, 10))
            && !card.forbidden_touched();
        self.card = good.then_some(card);
    }
}

/// Tells of a run that fails, and how to see it again.
struct Story<'a> {
    rig: Rig,
    seed: Option<u64>,
    plan: &'a Plan,
    line: &'a RefCell<Line>,
}

#[expect(clippy::print_stdout, reason = "shown when the run fails")]
impl Drop for Story<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self { rig, seed, plan, .. } = self;
            let struck = self.line.try_borrow().map(|line| line.struck.clone());
            println!("{rig:?} {plan:?}\nstruck: {struck:?}");
            if let Some(seed) = seed {
                println!("again: CHAOS={rig:?}:{seed} cargo test -p ccid --test chaos again");
            }
        }
    }
}
