//! The line and the upstream at its end.

use super::{Message, Way, World};
use crate::server::{Dies, Request};
use kakehashi_domain::filing::outbox::{Event, Reply};

impl World {
    /// Any message on the line comes to its end.
    pub(super) fn deliver(&mut self) {
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

    pub(super) fn upstream(&mut self, request: &Request) -> Option<Reply> {
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

    pub(super) fn answer(&mut self, way: Way, reply: Reply) {
        self.open.retain(|open| *open != way);
        if self.tabs[way.tab].as_ref().is_some_and(|tab| tab.number == way.number) {
            self.event(way.tab, way.draft, Event::Answer(way.call, reply));
        }
    }

    pub(super) fn lose(&mut self) {
        if !self.line.is_empty() {
            let at = self.chance.usize(..self.line.len());
            self.line.swap_remove(at);
            self.tally.lost += 1;
            self.note(|_| "a message is lost".into());
        }
    }

    pub(super) fn double(&mut self) {
        if let Some(message) = self.chance.choice(&self.line).cloned() {
            self.line.push(message);
            self.tally.doubled += 1;
        }
    }

    /// A call's deadline passes. Its answer may still come.
    pub(super) fn time_out(&mut self) {
        if let Some(way) = self.chance.choice(&self.open).copied() {
            self.now += 40;
            self.tally.timed_out += 1;
            self.answer(way, Reply::Nothing);
        }
    }

    pub(super) fn deliver_all(&mut self) {
        while !self.line.is_empty() {
            self.deliver();
        }
    }
}
