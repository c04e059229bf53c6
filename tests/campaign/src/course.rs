//! One course: a filing is confirmed, sent, meets its faults, and comes to an end.

use crate::client::Heard;
use crate::disk::Disk;
use crate::fault::{Fault, IMPATIENT};
use crate::lane::{Lane, PATIENT};
use crate::person::Letter;
use crate::wire::Deed;
use crate::{Failure, Wrong};
use fastrand::Rng;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::outbox::{Call, Event, Line, Outbox, Reply, Told, reply};
use kakehashi_domain::upstream::{KeyOutcome, KeysRequest, KeysResponse, VoidRequest, route};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Turns until a filing must have its end: faults stop after the first three calls.
const TURNS: usize = 60;
/// Calls that may meet something.
const FAULTY: usize = 3;

/// A filing and all that was said of it.
#[derive(Debug)]
pub(crate) struct Course<'a> {
    pub(crate) lane: &'a Lane,
    pub(crate) letter: Letter,
    disk: Disk,
    outbox: Outbox,
    clock: i64,
    pub(crate) chance: Rng,
    /// After so many calls the person wants it back.
    gives_up: Option<usize>,
    calls: usize,
    pub(crate) told: Vec<Told>,
    /// What this client does wrong.
    pub(crate) wrong: Option<Wrong>,
    /// What it has met.
    pub(crate) met: Vec<Fault>,
    /// Whether relay or sandbox was killed while a call was under way.
    death: AtomicBool,
}

/// What became of a call.
enum Gone {
    Answered(Reply),
    /// The client died.
    Died,
}

impl<'a> Course<'a> {
    pub(crate) fn new(lane: &'a Lane, letter: Letter, mut chance: Rng) -> Result<Self, Failure> {
        let clock = 1_800_000_000;
        let outbox = Outbox::confirmed(letter.key.clone(), Time(clock));
        let gives_up = (chance.usize(0..4) == 0).then(|| chance.usize(0..4));
        Ok(Self {
            lane,
            disk: Disk::new(&outbox)?,
            letter,
            outbox,
            clock,
            chance,
            gives_up,
            calls: 0,
            told: Vec::new(),
            wrong: None,
            met: Vec::new(),
            death: AtomicBool::default(),
        })
    }

    /// Nobody wants it back.
    pub(crate) fn patient(&mut self) {
        self.gives_up = None;
    }

    /// Whether relay or sandbox was killed while a call of it was under way.
    pub(crate) fn saw_a_death(&self) -> bool {
        self.death.load(Ordering::SeqCst)
    }

    /// To its end, with this fault at its first call; later ones may follow that.
    pub(crate) async fn run(&mut self, first: Option<Fault>) -> Result<(), Failure> {
        let mut first = first;
        for _ in 0..TURNS {
            if self.outbox.ended() {
                break;
            }
            self.want_back()?;
            match self.handle(Event::Tick(Line::Up))? {
                Some(call) => self.turn(call, &mut first).await?,
                None => {
                    self.clock += i64::from(self.outbox.wait(Time(self.clock)).unwrap_or_default().max(1))
                }
            }
        }
        Ok(())
    }

    /// A call with all that follows at once from its answer.
    async fn turn(&mut self, call: Call, first: &mut Option<Fault>) -> Result<(), Failure> {
        let mut next = Some(call);
        while let Some(call) = next {
            let fault = self.fault(first);
            match self.meet(call, fault).await? {
                Gone::Answered(reply) => {
                    next = self.handle(Event::Answer(call, reply))?;
                    if (call, reply) == (Call::Submit, Reply::Nothing) {
                        self.go_wrong()?;
                    }
                }
                Gone::Died => {
                    self.outbox = self.disk.read()?;
                    next = self.handle(Event::Restarted)?;
                }
            }
            self.calls += 1;
        }
        Ok(())
    }

    /// What no client may do.
    fn go_wrong(&mut self) -> Result<(), Failure> {
        match self.wrong {
            None => {}
            Some(Wrong::SilenceIsFailure) => self.told.push(Told::Refused),
            Some(Wrong::SilenceIsSuccess) => self.told.push(Told::Filed),
            Some(Wrong::OtherKey) => {
                self.letter = self.letter.again(self.lane)?;
                self.outbox = Outbox::confirmed(self.letter.key.clone(), Time(self.clock));
                self.disk = Disk::new(&self.outbox)?;
            }
        }
        Ok(())
    }

    /// What the next call is to meet.
    fn fault(&mut self, first: &mut Option<Fault>) -> Option<Fault> {
        if self.calls == 0 {
            return first.take();
        }
        // Only after a first fault: a crowd has its own, and a calm course none.
        (!self.met.is_empty() && self.calls < FAULTY && self.chance.usize(0..3) == 0)
            .then(|| self.chance.choice(Fault::LATER).copied())
            .flatten()
    }

    async fn meet(&mut self, call: Call, fault: Option<Fault>) -> Result<Gone, Failure> {
        // What was killed mostly runs again by now.
        if fault.is_some() || self.chance.usize(0..4) > 0 {
            self.lane.up().await?;
        }
        let Some(fault) = fault else {
            return Ok(Gone::Answered(self.call(call, PATIENT).await?));
        };
        match fault {
            Fault::ClientKilled => return self.die(call).await,
            Fault::SecondTab => return self.two_tabs(call).await,
            Fault::ClientClock => {
                self.clock += if self.chance.bool() { 3600 } else { -3600 };
                self.met.push(fault);
                return Ok(Gone::Answered(self.call(call, PATIENT).await?));
            }
            _ => {}
        }
        let held = [Fault::NearHeldOut, Fault::NearHeldBack, Fault::FarHeldOut, Fault::FarHeldBack];
        let patience = if held.contains(&fault) { IMPATIENT } else { PATIENT };
        let armed = self.lane.arm(fault, call, &mut self.chance).await?;
        let reply = self.call(call, patience).await?;
        if self.lane.disarm(fault, armed, reply == Reply::Nothing).await? {
            self.met.push(fault);
        }
        Ok(Gone::Answered(reply))
    }

    /// The client dies somewhere about a call.
    async fn die(&mut self, call: Call) -> Result<Gone, Failure> {
        match self.chance.usize(0..4) {
            // Kept, and not sent.
            0 => {}
            // Sent, and nobody hears the answer.
            1 => {
                let _ = self.call(call, PATIENT).await?;
            }
            // The same, and the power is gone with the last write.
            2 => {
                let _ = self.call(call, PATIENT).await?;
                self.disk.lose_last();
            }
            _ => {
                let (now, died) = tokio::sync::oneshot::channel::<()>();
                let deed = Deed::Do(Box::new(move || drop(now)));
                let met = self.lane.trap_client(deed, &mut self.chance);
                let answered = tokio::select! {
                    _ = died => None,
                    reply = self.call(call, PATIENT) => Some(reply?),
                };
                self.lane.near.set(None);
                if let Some(reply) = answered.filter(|_| !met.yes()) {
                    return Ok(Gone::Answered(reply));
                }
            }
        }
        self.met.push(Fault::ClientKilled);
        Ok(Gone::Died)
    }

    /// Another tab with what is kept does what it would do, at the same moment.
    async fn two_tabs(&mut self, call: Call) -> Result<Gone, Failure> {
        let mut other = self.disk.read()?;
        let luck = self.chance.u32(..);
        // As far as the other tab knows, it has waited long enough.
        let step = other.handle(Event::Tick(Line::Up), Time(self.clock + 301), luck);
        let Some(second) = step.call else { return Ok(Gone::Answered(self.call(call, PATIENT).await?)) };
        let (one, two) = tokio::join!(self.call(call, PATIENT), self.call(second, PATIENT));
        let step = other.handle(Event::Answer(second, two?), Time(self.clock + 301), luck);
        if step.keep {
            self.disk.keep(&mut other)?;
        }
        self.told.push(other.told());
        self.met.push(Fault::SecondTab);
        Ok(Gone::Answered(one?))
    }

    fn want_back(&mut self) -> Result<(), Failure> {
        if self.gives_up.is_some_and(|after| self.calls >= after) {
            self.gives_up = None;
            self.handle(Event::GiveUp)?;
        }
        Ok(())
    }

    /// Tells the machine, keeps it, tells the person; what is to be called.
    fn handle(&mut self, event: Event) -> Result<Option<Call>, Failure> {
        let luck = self.chance.u32(..);
        let step = self.outbox.handle(event, Time(self.clock), luck);
        if step.keep {
            self.disk.keep(&mut self.outbox)?;
        }
        self.told.push(self.outbox.told());
        Ok(step.call.filter(|call| self.outbox.stands(*call)))
    }

    /// Makes a call; what it says to the machine.
    async fn call(&self, call: Call, patience: Duration) -> Result<Reply, Failure> {
        let (lane, key) = (self.lane, &self.letter.key);
        let deaths = lane.deaths();
        let token = lane.token.lock().await.clone();
        let heard = match call {
            Call::Submit => {
                lane.send(route::FILING_SUBMIT, &self.letter.request, Some(key), &token, patience).await?
            }
            Call::Keys => {
                let request = KeysRequest { keys: vec![key.clone()] };
                lane.send(route::FILING_KEYS, &request, None, &token, patience).await?
            }
            Call::Void => {
                let request = VoidRequest { key: key.clone() };
                lane.send(route::FILING_VOID, &request, None, &token, patience).await?
            }
        };
        if lane.deaths() > deaths {
            self.death.store(true, Ordering::SeqCst);
        }
        let outcome: KeyOutcome = match heard {
            Heard::Ok(body) if call == Call::Keys => {
                let mut answer: KeysResponse = serde_json::from_value(body)?;
                answer.outcomes.pop().ok_or("keys are answered one by one")?
            }
            Heard::Ok(body) => serde_json::from_value(body)?,
            heard if heard.is_session_over() => {
                // Whoever cannot sign in now does it the next time.
                let _ = lane.sign_in(&token).await;
                return Ok(Reply::SessionOver);
            }
            _ => return Ok(Reply::Nothing),
        };
        Ok(reply(&outcome, key, &self.letter.request.statement))
    }
}
