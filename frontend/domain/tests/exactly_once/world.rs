//! One course: people, tabs, disk, line and upstream, and whatever chance does to them.

use crate::mutant::Mutant;
use crate::server::{Dies, Request, Server};
use crate::tally::Tally;
use crate::verdict;
use fastrand::Rng;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::FilingKey;
use kakehashi_domain::filing::outbox::{Call, Event, LONGEST_CALL, Line, MOST, Outbox, Phase, Reply, Told};
use std::fmt::Write as _;

const TABS: usize = 2;

/// A filing on this device.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) content: u64,
    /// On the disk.
    pub(crate) kept: Option<Outbox>,
    /// What would be on the disk if the last write were lost with the power.
    older: Option<Outbox>,
    gives_up: bool,
    pub(crate) told_filed: bool,
    pub(crate) told_failed: bool,
}

/// A page that is open: its machines, in memory. `number` tells it from the one that stood there before.
struct Tab {
    number: u64,
    held: Vec<Option<Outbox>>,
}

/// On the line.
#[derive(Clone)]
enum Message {
    Request(Request, Way),
    Answer(Reply, Way),
}

/// Whose call.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Way {
    tab: usize,
    number: u64,
    draft: usize,
    call: Call,
}

/// All of it.
pub(crate) struct World {
    chance: Rng,
    mutant: Mutant,
    now: i64,
    drafts: Vec<Draft>,
    tabs: [Option<Tab>; TABS],
    line: Vec<Message>,
    /// Calls whose tab still waits.
    open: Vec<Way>,
    server: Server,
    numbers: u64,
    faults: bool,
    tally: Tally,
    story: Option<String>,
}

impl World {
    pub(crate) fn new(seed: u64, mutant: Mutant, tell: bool) -> Self {
        let mut chance = Rng::with_seed(seed);
        let drafts = (0..1 + chance.usize(..2))
            .map(|_| Draft { content: chance.u64(..), ..Draft::default() })
            .collect();
        Self {
            chance,
            mutant,
            now: 1_800_000_000,
            drafts,
            tabs: [None, None],
            line: Vec::new(),
            open: Vec::new(),
            server: Server::default(),
            numbers: 0,
            faults: true,
            tally: Tally::default(),
            story: tell.then(String::new),
        }
    }

    /// Faults for a while, then quiet; what happened, or what must not have.
    pub(crate) fn run(&mut self) -> Result<Tally, String> {
        let steps = 20 + self.chance.usize(..80);
        for _ in 0..steps {
            self.anything();
        }
        self.note(|_| "the faults stop".into());
        self.faults = false;
        // What was delayed comes now, late as it is.
        self.deliver_all();
        if self.chance.bool() {
            (0..TABS).for_each(|tab| self.crash(tab));
        }
        self.open_tab(0);
        self.look_again(0);
        // An open call is given up, a pause passes, it is asked and answered; for two tabs.
        for _ in 0..3 {
            self.now += MOST.max(LONGEST_CALL);
            for tab in 0..TABS {
                for draft in 0..self.drafts.len() {
                    self.event(tab, draft, Event::Tick(Line::Up));
                }
            }
            self.deliver_all();
        }
        verdict::of(&self.drafts, &self.server)?;
        for draft in &self.drafts {
            let void = draft.kept.as_ref().is_some_and(|kept| kept.phase == Phase::Void);
            self.tally.filed += u64::from(draft.told_filed);
            self.tally.given_up_yet_filed += u64::from(draft.told_filed && draft.gives_up);
            self.tally.void += u64::from(draft.told_failed && void);
            self.tally.refused += u64::from(draft.told_failed && !void);
        }
        Ok(self.tally.clone())
    }

    pub(crate) fn story(&self) -> &str {
        self.story.as_deref().unwrap_or_default()
    }

    fn note(&mut self, what: impl FnOnce(&Self) -> String) {
        if self.story.is_some() {
            let (line, now) = (what(self), self.now);
            if let Some(story) = &mut self.story {
                let _ = writeln!(story, "{now} {line}");
            }
        }
    }

    fn anything(&mut self) {
        let (tab, draft) = (self.chance.usize(..TABS), self.chance.usize(..self.drafts.len()));
        match self.chance.usize(..48) {
            0..=2 | 40 | 41 => self.confirm(tab, draft),
            3..=12 => {
                self.now += self.chance.usize(..12) as i64;
                let line = match self.chance.usize(..8) {
                    0 => Line::Down,
                    1 => Line::SignedOut,
                    _ => Line::Up,
                };
                self.event(tab, draft, Event::Tick(line));
            }
            13..=26 | 42..=47 => self.deliver(),
            27 => self.lose(),
            28 | 29 => self.double(),
            30 => self.time_out(),
            31 => self.now += self.chance.usize(..400) as i64,
            32 => {
                self.now += if self.chance.bool() { 3600 } else { -3600 };
                self.tally.clock_jumped += 1;
                self.note(|_| "the clock jumps".into());
            }
            33 => self.crash(tab),
            34 => self.cut_power(),
            35 | 36 => self.open_tab(tab),
            37 => self.give_up(tab, draft),
            _ => {
                self.now += self.chance.usize(..5) as i64;
                self.event(tab, draft, Event::Tick(Line::Up));
            }
        }
    }

    /// 確認: the draft takes a key, if it has none.
    fn confirm(&mut self, tab: usize, draft: usize) {
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

    fn load(&mut self, tab: usize, draft: usize) {
        let Some(mut outbox) = self.drafts[draft].kept.clone() else { return };
        let (luck, now) = (self.chance.u32(..), Time(self.now));
        let _ = outbox.handle(Event::Restarted, now, luck);
        if let Some(tab) = &mut self.tabs[tab] {
            tab.held[draft] = Some(outbox);
        }
        self.tell(tab, draft);
    }

    fn open_tab(&mut self, tab: usize) {
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
    fn look_again(&mut self, tab: usize) {
        for draft in 0..self.drafts.len() {
            if self.mutant != Mutant::ClientForgets && self.held(tab, draft).is_none() {
                self.load(tab, draft);
            }
        }
    }

    fn crash(&mut self, tab: usize) {
        if let Some(gone) = self.tabs[tab].take() {
            self.note(|_| format!("tab {tab} crashes"));
            self.open.retain(|way| way.number != gone.number);
            self.tally.tab_crashed += 1;
        }
    }

    /// The computer goes off: both tabs, and perhaps what was written last.
    fn cut_power(&mut self) {
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

    fn give_up(&mut self, tab: usize, draft: usize) {
        if self.held(tab, draft).is_some_and(|outbox| !outbox.ended()) {
            self.drafts[draft].gives_up = true;
            self.tally.given_up += 1;
            self.event(tab, draft, Event::GiveUp);
        }
    }

    fn held(&mut self, tab: usize, draft: usize) -> Option<&mut Outbox> {
        self.tabs[tab].as_mut()?.held[draft].as_mut()
    }

    /// What whoever drives a machine does.
    fn event(&mut self, tab: usize, draft: usize, event: Event) {
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
    fn keep(&mut self, tab: usize, draft: usize) -> bool {
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

    fn call(&mut self, tab: usize, draft: usize, call: Call) {
        let content = self.drafts[draft].content;
        let Some(tab_open) = &self.tabs[tab] else { return };
        let Some(outbox) = &tab_open.held[draft] else { return };
        if outbox.stands(call) {
            let way = Way { tab, number: tab_open.number, draft, call };
            self.line.push(Message::Request(Request { call, key: outbox.key.clone(), draft, content }, way));
            self.open.push(way);
        }
    }

    fn tell(&mut self, tab: usize, draft: usize) {
        let told = self.held(tab, draft).map(|outbox| outbox.told());
        match told {
            Some(Told::Filed) => self.drafts[draft].told_filed = true,
            Some(Told::Refused | Told::GivenUp) => self.drafts[draft].told_failed = true,
            Some(Told::NotYet | Told::Checking | Told::GivingUp) | None => {}
        }
    }

    /// Any message on the line comes to its end.
    fn deliver(&mut self) {
        if self.line.is_empty() {
            return;
        }
        let at = self.chance.usize(..self.line.len());
        self.tally.out_of_order += u64::from(at > 0);
        match self.line.swap_remove(at) {
            Message::Request(request, way) => {
                if let Some(reply) = self.upstream(&request) {
                    self.line.push(Message::Answer(reply, way));
                }
            }
            Message::Answer(reply, way) => self.answer(way, reply),
        }
    }

    fn upstream(&mut self, request: &Request) -> Option<Reply> {
        let refuses = self.chance.usize(..6) == 0;
        let dies = match self.chance.usize(..12) {
            0 if self.faults => Dies::BeforeCommit,
            1 if self.faults => Dies::AfterCommit,
            2 if self.faults => {
                self.tally.session_over += 1;
                return Some(Reply::SessionOver);
            }
            3 if self.faults => {
                self.tally.unavailable += 1;
                return Some(Reply::Nothing);
            }
            _ => Dies::Not,
        };
        self.tally.server_died_before += u64::from(dies == Dies::BeforeCommit);
        self.tally.server_died_after += u64::from(dies == Dies::AfterCommit);
        let reply = self.server.take(request, refuses, dies, self.mutant);
        self.note(|_| format!("upstream: filing {} {:?} {reply:?}", request.draft, request.call));
        reply
    }

    fn answer(&mut self, way: Way, reply: Reply) {
        self.open.retain(|open| *open != way);
        if self.tabs[way.tab].as_ref().is_some_and(|tab| tab.number == way.number) {
            self.event(way.tab, way.draft, Event::Answer(way.call, reply));
        }
    }

    fn lose(&mut self) {
        if !self.line.is_empty() {
            let at = self.chance.usize(..self.line.len());
            self.line.swap_remove(at);
            self.tally.lost += 1;
            self.note(|_| "a message is lost".into());
        }
    }

    fn double(&mut self) {
        if let Some(message) = self.chance.choice(&self.line).cloned() {
            self.line.push(message);
            self.tally.doubled += 1;
        }
    }

    /// A call's deadline passes. Its answer may still come.
    fn time_out(&mut self) {
        if let Some(way) = self.chance.choice(&self.open).copied() {
            self.now += 40;
            self.tally.timed_out += 1;
            self.answer(way, Reply::Nothing);
        }
    }

    fn deliver_all(&mut self) {
        while !self.line.is_empty() {
            self.deliver();
        }
    }
}

fn step_of(world: &World, tab: usize, draft: usize) -> Option<&Outbox> {
    world.tabs[tab].as_ref()?.held[draft].as_ref()
}
