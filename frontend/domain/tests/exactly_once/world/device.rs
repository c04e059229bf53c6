//! The device: its disk, its tabs, and what whoever drives a machine does.

use super::{Message, TABS, Tab, Way, World};
use crate::mutant::Mutant;
use crate::server::Request;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::FilingKey;
use kakehashi_domain::filing::outbox::{Call, Event, Outbox, Phase, Reply, Told};

impl World {
    /// 確認: the draft takes a key, if it has none.
    pub(super) fn confirm(&mut self, tab: usize, draft: usize) {
        self.open_tab(tab);
        if self.drafts[draft].kept.is_some() {
            self.tally.double_clicks += 1;
            return;
        }
        self.note(|_| format!("tab {tab}: filing {draft} is confirmed"));
        self.tally.confirmed += 1;
        let outbox = Outbox::confirmed(FilingKey(format!("{draft}")), Time(self.now));
        self.drafts[draft].older = Some(outbox.clone());
        self.drafts[draft].kept = Some(outbox);
        self.load(tab, draft);
    }

    pub(super) fn load(&mut self, tab: usize, draft: usize) {
        let Some(mut outbox) = self.drafts[draft].kept.clone() else { return };
        let (luck, now) = (self.chance.u32(..), Time(self.now));
        let _ = outbox.handle(Event::Restarted, now, luck);
        if let Some(tab) = &mut self.tabs[tab] {
            tab.held[draft] = Some(outbox);
        }
        self.tell(tab, draft);
    }

    pub(super) fn open_tab(&mut self, tab: usize) {
        if self.tabs[tab].is_some() {
            return;
        }
        self.note(|_| format!("tab {tab} opens"));
        self.numbers += 1;
        self.tally.second_tab += u64::from(self.tabs.iter().any(Option::is_some));
        self.tabs[tab] = Some(Tab { number: self.numbers, held: vec![None; self.drafts.len()] });
        self.look_again(tab);
    }

    /// Takes up what is on the disk and not in this tab: it may have been confirmed in the other one.
    pub(super) fn look_again(&mut self, tab: usize) {
        for draft in 0..self.drafts.len() {
            if self.mutant != Mutant::ClientForgets && self.held(tab, draft).is_none() {
                self.load(tab, draft);
            }
        }
    }

    pub(super) fn crash(&mut self, tab: usize) {
        if let Some(gone) = self.tabs[tab].take() {
            self.note(|_| format!("tab {tab} crashes"));
            self.open.retain(|way| way.number != gone.number);
            self.tally.tab_crashed += 1;
        }
    }

    /// The computer goes off: both tabs, and perhaps what was written last.
    pub(super) fn cut_power(&mut self) {
        self.note(|_| "the power is cut".into());
        self.tally.power_cut += 1;
        (0..TABS).for_each(|tab| self.crash(tab));
        for draft in &mut self.drafts {
            if draft.older != draft.kept && self.chance.bool() {
                draft.kept = draft.older.clone();
                self.tally.write_lost += 1;
            }
        }
    }

    pub(super) fn give_up(&mut self, tab: usize, draft: usize) {
        if self.held(tab, draft).is_some_and(|outbox| !outbox.ended()) {
            self.drafts[draft].gives_up = true;
            self.tally.given_up += 1;
            self.event(tab, draft, Event::GiveUp);
        }
    }

    pub(super) fn held(&mut self, tab: usize, draft: usize) -> Option<&mut Outbox> {
        self.tabs[tab].as_mut()?.held[draft].as_mut()
    }

    /// What whoever drives a machine does.
    pub(super) fn event(&mut self, tab: usize, draft: usize, event: Event) {
        let (luck, now, mutant) = (self.chance.u32(..), Time(self.now), self.mutant);
        let Some(outbox) = self.held(tab, draft) else { return };
        let phase = outbox.phase;
        let step = outbox.handle(event, now, luck);
        let (key, number) = (outbox.key.clone(), self.numbers);
        self.note(|world| format!("tab {tab}: filing {draft} {event:?} {:?}", step_of(world, tab, draft)));
        match (mutant, event) {
            (Mutant::ClientCallsSilenceFailure, Event::Answer(_, Reply::Nothing))
            | (Mutant::ClientCallsUnknownFailure, Event::Answer(_, Reply::Unknown)) => {
                self.drafts[draft].told_failed = true;
            }
            (Mutant::ClientGivesUpAlone, Event::GiveUp) if phase == Phase::Waiting => {
                self.drafts[draft].told_failed = true;
            }
            (Mutant::ClientTakesNewKey, Event::Answer(Call::Submit, Reply::Nothing)) => {
                let other = Outbox::confirmed(FilingKey(format!("{}+{number}", key.0)), now);
                self.drafts[draft].kept = Some(other.clone());
                if let Some(outbox) = self.held(tab, draft) {
                    *outbox = other;
                }
                return;
            }
            _ => {}
        }
        if step.keep && !self.keep(tab, draft) {
            if let Some(call) = step.call {
                self.event(tab, draft, Event::Answer(call, Reply::Nothing));
            }
        } else if let Some(call) = step.call {
            self.call(tab, draft, call);
        }
        self.tell(tab, draft);
    }

    /// One change of the disk; whether it was made.
    pub(super) fn keep(&mut self, tab: usize, draft: usize) -> bool {
        if self.faults && self.chance.usize(..24) == 0 {
            self.note(|_| "the disk is full".into());
            self.tally.disk_full += 1;
            return false;
        }
        let kept = self.drafts[draft].kept.clone();
        let Some(outbox) = self.held(tab, draft) else { return false };
        if let Some(kept) = &kept {
            outbox.take_in(kept);
        }
        let written = outbox.clone();
        self.drafts[draft].older = kept;
        self.drafts[draft].kept = Some(written);
        true
    }

    pub(super) fn call(&mut self, tab: usize, draft: usize, call: Call) {
        let content = self.drafts[draft].content;
        let Some(tab_open) = &self.tabs[tab] else { return };
        let Some(outbox) = &tab_open.held[draft] else { return };
        if outbox.stands(call) {
            let way = Way { tab, number: tab_open.number, draft, call };
            self.line.push(Message::Request(Request { call, key: outbox.key.clone(), draft, content }, way));
            self.open.push(way);
        }
    }

    pub(super) fn tell(&mut self, tab: usize, draft: usize) {
        let told = self.held(tab, draft).map(|outbox| outbox.told());
        match told {
            Some(Told::Filed) => self.drafts[draft].told_filed = true,
            Some(Told::Refused | Told::GivenUp) => self.drafts[draft].told_failed = true,
            Some(Told::NotYet | Told::Checking | Told::GivingUp) | None => {}
        }
    }
}

fn step_of(world: &World, tab: usize, draft: usize) -> Option<&Outbox> {
    world.tabs[tab].as_ref()?.held[draft].as_ref()
}
