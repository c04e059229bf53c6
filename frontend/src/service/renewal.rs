//! The tokens of a session, and their renewal in mid-work.
//!
//! However many calls find their access token over, one renewal runs and all wait for it: a refresh token
//! is good once, and a second use would end the session (`UPS-106`). Tokens live in memory only.

use super::problem::Problem;
use domain::upstream::Session;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use std::cell::{Cell, RefCell};
use std::future::Future;

/// The access token is over; one renewal is worth a try.
const ACCESS_OVER: &str = "UPS-401";

type Flight = Shared<LocalBoxFuture<'static, Result<Session, Problem>>>;

/// Tokens and the renewal that may be under way.
#[derive(Default)]
pub struct Tokens {
    session: RefCell<Option<Session>>,
    /// Counts sessions, so that a late renewal of an old one changes nothing.
    generation: Cell<u64>,
    flight: RefCell<Option<Flight>>,
}

impl Tokens {
    /// Takes a new session.
    pub fn set(&self, session: Session) {
        self.replace(Some(session));
    }

    /// Forgets the session; gives its refresh token, to be told to the upstream.
    pub fn clear(&self) -> Option<String> {
        let old = self.replace(None);
        old.map(|session| session.refresh_token)
    }

    /// The access token, when there is one.
    pub fn bearer(&self) -> Option<String> {
        self.session.borrow().as_ref().map(|session| session.access_token.clone())
    }

    /// Makes a call with the access token; when that is over, renews once and repeats the call once.
    ///
    /// # Errors
    /// What the call or the renewal met; `UPS-401` without a session.
    pub async fn call<T, S, R>(
        &self,
        send: impl Fn(String) -> S,
        renew: impl FnOnce(String) -> R,
    ) -> Result<T, Problem>
    where
        S: Future<Output = Result<T, Problem>>,
        R: Future<Output = Result<Session, Problem>> + 'static,
    {
        let (generation, token) = self.access()?;
        match send(token).await {
            Err(problem) if problem.is(ACCESS_OVER) => {
                self.renewed(generation, renew).await?;
                send(self.access()?.1).await
            }
            other => other,
        }
    }

    fn access(&self) -> Result<(u64, String), Problem> {
        let session = self.session.borrow();
        let session = session.as_ref().ok_or_else(|| Problem::new(ACCESS_OVER))?;
        Ok((self.generation.get(), session.access_token.clone()))
    }

    /// Sees to it that the session is newer than a generation.
    async fn renewed<R>(&self, generation: u64, renew: impl FnOnce(String) -> R) -> Result<(), Problem>
    where
        R: Future<Output = Result<Session, Problem>> + 'static,
    {
        if self.generation.get() != generation {
            return self.access().map(drop);
        }
        let running = self.flight.borrow().clone();
        let flight = match running {
            Some(flight) => flight,
            None => {
                let token = self.session.borrow().as_ref().map(|session| session.refresh_token.clone());
                let token = token.ok_or_else(|| Problem::new(ACCESS_OVER))?;
                let flight: Flight = renew(token).boxed_local().shared();
                *self.flight.borrow_mut() = Some(flight.clone());
                flight
            }
        };
        let result = flight.clone().await;
        // The first to wake takes the result; to the others the generation says that it is done. Another
        // flight may have started since: it is not this one's to end.
        if self.flight.borrow().as_ref().is_some_and(|now| now.ptr_eq(&flight)) {
            *self.flight.borrow_mut() = None;
        }
        if self.generation.get() == generation {
            self.set(result?);
        }
        self.access().map(drop)
    }

    fn replace(&self, session: Option<Session>) -> Option<Session> {
        self.generation.set(self.generation.get() + 1);
        *self.flight.borrow_mut() = None;
        self.session.replace(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::number::{OfficeNumber, UserId};
    use domain::upstream::{Role, ServiceType, Staff};
    use futures_util::future::join3;
    use futures_util::task::noop_waker;
    use std::pin::pin;
    use std::rc::Rc;
    use std::task::{Context, Poll};

    fn session(number: u32) -> Session {
        Session {
            access_token: format!("access-{number}"),
            access_expires_in_s: 3600,
            refresh_token: format!("refresh-{number}"),
            refresh_expires_in_s: 28_800,
            staff: Staff {
                user_id: UserId::parse("care01").unwrap(),
                name: "試験 花子".into(),
                role: Role::Staff,
                office: OfficeNumber::parse("1070400005").unwrap(),
                office_name: "かけはし".into(),
                service: ServiceType::CareManagement,
                job: None,
                insurer: None,
            },
        }
    }

    /// Runs to the end; every pending point is passed at the next turn.
    fn run<T>(future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        let waker = noop_waker();
        for _ in 0..1000 {
            if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return value;
            }
        }
        panic!("never ends");
    }

    /// Lets the others go first, some times.
    async fn turns(count: usize) {
        for _ in 0..count {
            let mut waited = false;
            std::future::poll_fn(|cx| {
                if std::mem::replace(&mut waited, true) {
                    return Poll::Ready(());
                }
                cx.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
        }
    }

    /// An upstream that takes one access token only and counts renewals.
    #[derive(Clone, Default)]
    struct Upstream {
        good: Rc<RefCell<String>>,
        renewals: Rc<RefCell<Vec<String>>>,
    }

    impl Upstream {
        async fn answer(self, token: String, slow: usize) -> Result<String, Problem> {
            turns(slow).await;
            if token == *self.good.borrow() { Ok(token) } else { Err(Problem::new("UPS-401")) }
        }

        async fn renew(self, refresh: String, result: Result<u32, &'static str>) -> Result<Session, Problem> {
            turns(5).await;
            self.renewals.borrow_mut().push(refresh);
            let number = result.map_err(Problem::new)?;
            *self.good.borrow_mut() = format!("access-{number}");
            Ok(session(number))
        }
    }

    #[test]
    fn calls_at_the_same_time_share_one_renewal() {
        let (upstream, tokens) = (Upstream::default(), Tokens::default());
        tokens.set(session(1));
        let call = |slow| {
            let (a, b) = (upstream.clone(), upstream.clone());
            tokens.call(move |token| a.clone().answer(token, slow), move |refresh| b.renew(refresh, Ok(2)))
        };
        // The third finds its token refused only after the renewal of the others has ended.
        let (one, two, three) = run(join3(call(1), call(3), call(20)));
        for answer in [one, two, three] {
            assert_eq!(answer.unwrap(), "access-2");
        }
        assert_eq!(*upstream.renewals.borrow(), ["refresh-1"]);
    }

    #[test]
    fn a_refused_renewal_is_told_to_all_and_tried_once() {
        let (upstream, tokens) = (Upstream::default(), Tokens::default());
        tokens.set(session(1));
        let call = || {
            let (a, b) = (upstream.clone(), upstream.clone());
            tokens.call(
                move |token| a.clone().answer(token, 1),
                move |refresh| b.renew(refresh, Err("UPS-105")),
            )
        };
        let (one, two, three) = run(join3(call(), call(), call()));
        for answer in [one, two, three] {
            assert_eq!(answer.unwrap_err().code, "UPS-105");
        }
        assert_eq!(upstream.renewals.borrow().len(), 1);
    }

    #[test]
    fn a_call_is_repeated_once_and_no_more() {
        let (upstream, tokens) = (Upstream::default(), Tokens::default());
        tokens.set(session(1));
        let sent = Cell::new(0);
        let b = upstream.clone();
        let answer: Result<(), _> = run(tokens.call(
            |_| {
                sent.set(sent.get() + 1);
                async { Err(Problem::new("UPS-401")) }
            },
            move |refresh| b.renew(refresh, Ok(2)),
        ));
        assert_eq!(answer.unwrap_err().code, "UPS-401");
        assert_eq!((sent.get(), upstream.renewals.borrow().len()), (2, 1));
    }

    #[test]
    fn other_faults_renew_nothing_and_no_session_sends_nothing() {
        let tokens = Tokens::default();
        let never = |_| async { panic!("renewed") };
        let answer: Result<(), _> = run(tokens.call(|_| async { panic!("sent") }, never));
        assert_eq!(answer.unwrap_err().code, "UPS-401");
        tokens.set(session(1));
        let answer: Result<(), _> = run(tokens.call(|_| async { Err(Problem::new("UPS-403")) }, never));
        assert_eq!(answer.unwrap_err().code, "UPS-403");
    }

    #[test]
    fn signing_out_during_a_renewal_stays_signed_out() {
        let (upstream, tokens) = (Upstream::default(), Tokens::default());
        tokens.set(session(1));
        let (a, b) = (upstream.clone(), upstream.clone());
        let call =
            tokens.call(move |token| a.clone().answer(token, 0), move |refresh| b.renew(refresh, Ok(2)));
        let out = async {
            turns(2).await;
            tokens.clear()
        };
        let (answer, refresh) = run(futures_util::future::join(call, out));
        assert_eq!(answer.unwrap_err().code, "UPS-401");
        assert_eq!(refresh.as_deref(), Some("refresh-1"));
        assert!(tokens.clear().is_none());
    }
}
