//! The provider: what each call does, what it refuses, and when it ends.

use std::cell::Cell;
use std::rc::Rc;
use std::task::Poll;

use ccid::smart_card::{Call, Fault, Pending, Protocol, Provider, Reply};
use futures_util::future::LocalBoxFuture;

use crate::world::{Shared, Trouble, background, code};

/// One context of a machine.
pub(crate) struct Desk {
    world: Shared,
    context: Rc<Cell<Option<usize>>>,
    connection: Rc<Cell<Option<usize>>>,
}

impl Desk {
    pub(crate) fn new(world: &Shared) -> Self {
        Self { world: world.clone(), context: Rc::default(), connection: Rc::default() }
    }

    fn connected(&self) -> Result<usize, Fault> {
        self.connection.get().ok_or_else(|| Fault::new(None, "InvalidStateError", "no connection"))
    }

    /// Does it; the second part is the handle the caller gets when the call has ended.
    fn act(&self, call: &Call) -> Result<(Reply, Option<usize>), Fault> {
        let mut world = self.world.borrow_mut();
        let world = &mut *world;
        Ok(match call {
            Call::Establish => {
                world.contexts.push(false);
                (Reply::Done, Some(world.contexts.len() - 1))
            }
            Call::Readers => {
                (Reply::Readers(world.readers.iter().map(|name| (*name).to_owned()).collect()), None)
            }
            Call::Look(_) => (Reply::Present(world.slot.is_some()), None),
            Call::Connect(_, protocol) => {
                let card = world.slot.as_mut().ok_or_else(|| code("no-smartcard"))?;
                if world.owner.is_some() {
                    return Err(code("sharing-violation"));
                }
                if (*protocol == Protocol::T1) != world.blocks {
                    return Err(code("proto-mismatch"));
                }
                // A card that has power keeps what was opened.
                if !std::mem::replace(&mut world.powered, true) {
                    card.power();
                }
                world.connections.push(world.insertions);
                world.owner = Some(world.connections.len() - 1);
                (Reply::Done, world.owner)
            }
            Call::Status => {
                world.check(self.connected()?)?;
                (Reply::Status(world.slot.as_ref().map(|card| card.atr().to_vec())), None)
            }
            Call::Transmit(command) => {
                world.last = command.to_vec();
                world.pins += usize::from(command.len() > 5 && command.get(1) == Some(&0x20));
                world.check(self.connected()?)?;
                let card = world.slot.as_mut().ok_or_else(|| code("removed-card"))?;
                (Reply::Answer(card.transmit(command)), None)
            }
            Call::Disconnect => {
                let connection = self.connected()?;
                if world.owner == Some(connection) {
                    world.owner = None;
                }
                if world.check(connection).is_ok()
                    && let Some(card) = world.slot.as_mut()
                {
                    card.power();
                    world.powered = false;
                }
                (Reply::Done, None)
            }
        })
    }
}

impl Provider for Desk {
    fn start(&mut self, call: Call) -> Pending {
        let (trouble, context) = {
            let mut world = self.world.borrow_mut();
            world.calls.push(name(&call));
            let number = world.calls.len();
            let trouble = world.troubles.iter().find(|(at, _)| *at == number).map(|(_, it)| *it);
            match trouble {
                Some(Trouble::Removed) => drop(world.take_out()),
                Some(Trouble::PutBack) => {
                    if let Some(card) = world.take_out() {
                        world.put_in(card);
                    }
                }
                _ => {}
            }
            let context = self.context.get();
            if let Some(busy) = context.and_then(|at| world.contexts.get_mut(at)) {
                assert!(!std::mem::replace(busy, true), "a context does one thing at a time");
            }
            (trouble, context)
        };
        let missing = context.is_none() && call != Call::Establish;
        let result = match trouble {
            _ if missing => Err(Fault::new(None, "InvalidStateError", "no context")),
            Some(Trouble::Code(it)) => Err(code(it)),
            Some(Trouble::Name(it)) => Err(Fault::new(None, it, "")),
            Some(Trouble::Hang { executed: false }) => Err(code("system-cancelled")),
            _ => self.act(&call),
        };
        let hangs = matches!(trouble, Some(Trouble::Hang { .. }));
        let (world, own, connection) =
            (self.world.clone(), Rc::clone(&self.context), Rc::clone(&self.connection));
        let (mut left, mut result) = (2, Some(result));
        Box::pin(std::future::poll_fn(move |_| {
            if hangs && !world.borrow().released {
                return Poll::Pending;
            }
            if left > 0 {
                left -= 1;
                return Poll::Pending;
            }
            if let Some(busy) = context.and_then(|at| world.borrow_mut().contexts.get_mut(at).map(|_| at)) {
                world.borrow_mut().contexts[busy] = false;
            }
            let result = result.take().expect("polled once more after its end");
            match &call {
                Call::Establish => own.set(result.as_ref().ok().and_then(|(_, handle)| *handle)),
                Call::Connect(..) => connection.set(result.as_ref().ok().and_then(|(_, handle)| *handle)),
                Call::Disconnect if result.is_ok() => connection.set(None),
                _ => {}
            }
            Poll::Ready(result.map(|(reply, _)| reply))
        }))
    }

    fn fresh(&self) -> Self {
        Self::new(&self.world)
    }

    fn run(future: LocalBoxFuture<'static, ()>) {
        background(future);
    }
}

fn name(call: &Call) -> &'static str {
    match call {
        Call::Establish => "establish",
        Call::Readers => "readers",
        Call::Look(_) => "look",
        Call::Connect(..) => "connect",
        Call::Status => "status",
        Call::Transmit(_) => "transmit",
        Call::Disconnect => "disconnect",
    }
}
