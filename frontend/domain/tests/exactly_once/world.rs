//! One course: people, tabs, disk, line and upstream, and whatever chance does to them.

mod device;
mod line;

use crate::mutant::Mutant;
use crate::server::{Request, Server};
use crate::tally::Tally;
use crate::verdict;
use fastrand::Rng;
use kakehashi_domain::filing::outbox::{Call, Event, LONGEST_CALL, Line, MOST, Outbox, Phase, Reply};
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
}
