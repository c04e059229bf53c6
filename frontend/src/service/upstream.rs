//! The upstream through the relay: one typed call a route, signed by this device.

mod desk;
mod filing;

use super::clock::Clock;
use super::device::{self, Device};
use super::http::{self, Reply};
use super::json;
use super::problem::{Problem, UNFORESEEN};
use super::renewal::Tokens;
use super::{browser, relay};
use domain::calendar::Time;
use domain::qualification::Qualification;
use domain::upstream::{
    Answer, AssertionRequest, AuditRequest, AuditResponse, BulkRequest, BulkResponse, CaseEventsRequest,
    CaseEventsResponse, CasesRequest, CasesResponse, ChallengeRequest, ChallengeResponse, ClientRequest,
    ClientsResponse, ConsentListRequest, ConsentListResponse, ConsentRecordRequest, ConsentWithdrawRequest,
    DocumentListRequest, DocumentListResponse, DocumentOpenRequest, DocumentOpened, DocumentStill,
    DocumentStillRequest, Empty, EndRequest, EnterRequest, EnterResponse, Found, HistoryRequest,
    HistoryResponse, OtpRequest, PersonHandle, QualificationRequest, QueueRequest, QueueResponse,
    RefreshRequest, SearchRequest, SeenResponse, Session, StartRequest, StartResponse, route,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use signing::{DEVICE_HEADER, SignatureHeaders, SigningRequest, Stamp};
use std::rc::Rc;
use zeroize::Zeroizing;

/// This browser as a client of the upstream. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    base: Rc<str>,
    /// Host and port as the `Host` header will have them.
    authority: Rc<str>,
    device: Rc<Device>,
    clock: Rc<Clock>,
    tokens: Rc<Tokens>,
}

impl Client {
    /// A client that speaks through the relay at `base` (empty = where the page came from).
    pub fn new(base: &str, device: Device, clock: Rc<Clock>) -> Self {
        let authority = browser::authority(base).into();
        Self { base: base.into(), authority, device: Rc::new(device), clock, tokens: Rc::default() }
    }

    /// Thumbprint of the device's key.
    pub fn thumbprint(&self) -> String {
        self.device.public().thumbprint()
    }

    /// First step of a sign-in.
    ///
    /// # Errors
    /// `UPS-101`, `UPS-102`, `UPS-107`, or what else can happen on the way, as in every call below.
    pub async fn start(&self, request: &StartRequest) -> Result<StartResponse, Problem> {
        self.post(route::SESSION_START, request, None).await
    }

    /// Second step: the session's tokens are kept here.
    ///
    /// # Errors
    /// `UPS-103`, `UPS-104`.
    pub async fn otp(&self, request: &OtpRequest) -> Result<Session, Problem> {
        let session: Session = self.post(route::SESSION_OTP, request, None).await?;
        self.tokens.set(session.clone());
        Ok(session)
    }

    /// Forgets the session here at once, then tells the upstream. Whether that is reached changes nothing.
    pub async fn end(&self) {
        let bearer = self.tokens.bearer();
        if let (Some(refresh_token), Some(bearer)) = (self.tokens.clear(), bearer) {
            let _: Result<Empty, Problem> =
                self.post(route::SESSION_END, &EndRequest { refresh_token }, Some(&bearer)).await;
        }
    }

    /// A challenge for a card.
    ///
    /// # Errors
    /// As every call.
    pub async fn challenge(&self, request: &ChallengeRequest) -> Result<ChallengeResponse, Problem> {
        self.call(route::CARD_CHALLENGE, request).await
    }

    /// The card's answer.
    ///
    /// # Errors
    /// `UPS-201` to `UPS-208`.
    pub async fn assertion(&self, request: &AssertionRequest) -> Result<Found, Problem> {
        self.call(route::CARD_ASSERTION, request).await
    }

    /// Looks a person up by numbers.
    ///
    /// # Errors
    /// `UPS-110` to `UPS-112`.
    pub async fn search(&self, request: &SearchRequest) -> Result<Found, Problem> {
        self.call(route::PERSON_SEARCH, request).await
    }

    /// The five kinds.
    ///
    /// # Errors
    /// `UPS-120`, `UPS-121`.
    pub async fn qualification(&self, person: &PersonHandle) -> Result<Qualification, Problem> {
        self.call(route::PERSON_QUALIFICATION, &QualificationRequest { person: person.clone() }).await
    }

    /// What was registered, and when.
    ///
    /// # Errors
    /// `UPS-120`, `UPS-121`.
    pub async fn history(&self, person: &PersonHandle) -> Result<HistoryResponse, Problem> {
        self.call(route::PERSON_HISTORY, &HistoryRequest { person: person.clone() }).await
    }

    /// Who was seen today.
    ///
    /// # Errors
    /// As every call.
    pub async fn seen(&self) -> Result<SeenResponse, Problem> {
        self.call(route::PERSON_SEEN, &Empty {}).await
    }

    /// The office's clients.
    ///
    /// # Errors
    /// As every call.
    pub async fn clients(&self) -> Result<ClientsResponse, Problem> {
        self.call(route::CLIENTS_LIST, &Empty {}).await
    }

    /// Puts somebody on the list.
    ///
    /// # Errors
    /// `UPS-120`, `UPS-121`.
    pub async fn add_client(&self, person: &PersonHandle) -> Result<(), Problem> {
        let Empty {} = self.call(route::CLIENTS_ADD, &ClientRequest { person: person.clone() }).await?;
        Ok(())
    }

    /// Takes somebody off it.
    ///
    /// # Errors
    /// `UPS-121`.
    pub async fn remove_client(&self, person: &PersonHandle) -> Result<(), Problem> {
        let Empty {} = self.call(route::CLIENTS_REMOVE, &ClientRequest { person: person.clone() }).await?;
        Ok(())
    }

    /// What is new of the clients' cases.
    ///
    /// # Errors
    /// `UPS-130`, `UPS-131`.
    pub async fn cases(&self, request: &CasesRequest) -> Result<CasesResponse, Problem> {
        self.call(route::CASES_LIST, request).await
    }

    /// Every event of a person's cases.
    ///
    /// # Errors
    /// `UPS-120` and after.
    pub async fn case_events(&self, person: &PersonHandle) -> Result<CaseEventsResponse, Problem> {
        self.call(route::CASES_EVENTS, &CaseEventsRequest { person: person.clone() }).await
    }

    /// Which documents of a person there are.
    ///
    /// # Errors
    /// `UPS-120` and after.
    pub async fn documents(&self, person: &PersonHandle) -> Result<DocumentListResponse, Problem> {
        self.call(route::DOCUMENTS_LIST, &DocumentListRequest { person: person.clone() }).await
    }

    /// Opens a document. What came is wiped from memory as soon as it has been read.
    ///
    /// # Errors
    /// `UPS-120` and after.
    pub async fn open_document<C: DeserializeOwned>(
        &self,
        request: &DocumentOpenRequest,
    ) -> Result<DocumentOpened<C>, Problem> {
        let came = Zeroizing::new(self.renewed(route::DOCUMENTS_OPEN, write(request)?).await?);
        read(&came)
    }

    /// Whether a document that is open may stay open.
    ///
    /// # Errors
    /// `UPS-120` and after.
    pub async fn still_open(&self, request: &DocumentStillRequest) -> Result<DocumentStill, Problem> {
        self.call(route::DOCUMENTS_STILL, request).await
    }

    /// The consents that concern this office.
    ///
    /// # Errors
    /// `UPS-121`.
    pub async fn consents(&self, request: &ConsentListRequest) -> Result<ConsentListResponse, Problem> {
        self.call(route::CONSENT_LIST, request).await
    }

    /// Records a consent.
    ///
    /// # Errors
    /// `UPS-120`, `UPS-121`, `UPS-142`.
    pub async fn record_consent(
        &self,
        request: &ConsentRecordRequest,
    ) -> Result<ConsentListResponse, Problem> {
        self.call(route::CONSENT_RECORD, request).await
    }

    /// Withdraws one.
    ///
    /// # Errors
    /// `UPS-121`, `UPS-142`.
    pub async fn withdraw_consent(
        &self,
        request: &ConsentWithdrawRequest,
    ) -> Result<ConsentListResponse, Problem> {
        self.call(route::CONSENT_WITHDRAW, request).await
    }

    /// A page of the record of viewings.
    ///
    /// # Errors
    /// `UPS-141`.
    pub async fn audit(&self, request: &AuditRequest) -> Result<AuditResponse, Problem> {
        self.call(route::AUDIT_LIST, request).await
    }

    /// A page of the municipality's queue.
    ///
    /// # Errors
    /// As every call.
    pub async fn queue(&self, request: &QueueRequest) -> Result<QueueResponse, Problem> {
        self.call(route::MUNICIPALITY_CASES, request).await
    }

    /// Enters facts into one case.
    ///
    /// # Errors
    /// `UPS-143`.
    pub async fn enter(&self, request: &EnterRequest) -> Result<EnterResponse, Problem> {
        self.call(route::MUNICIPALITY_ENTER, request).await
    }

    /// Enters many lines.
    ///
    /// # Errors
    /// As every call.
    pub async fn bulk(&self, request: &BulkRequest) -> Result<BulkResponse, Problem> {
        self.call(route::MUNICIPALITY_BULK, request).await
    }

    /// A call in the session.
    async fn call<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &'static str,
        request: &Q,
    ) -> Result<A, Problem> {
        read(&self.renewed(path, write(request)?).await?)
    }

    /// A call outside of a session, or with a token at hand.
    async fn post<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &'static str,
        request: &Q,
        bearer: Option<&str>,
    ) -> Result<A, Problem> {
        read(&self.exchange(path, &write(request)?, bearer, None).await?)
    }

    // What follows knows bytes only, so that it is compiled once and not once a route.

    /// Bytes there and back in the session.
    async fn renewed(&self, path: &'static str, body: Vec<u8>) -> Result<Vec<u8>, Problem> {
        self.renewed_with(path, body, None).await
    }

    /// The same with an idempotency key. The session is renewed when it must be.
    async fn renewed_with(
        &self,
        path: &'static str,
        body: Vec<u8>,
        key: Option<&str>,
    ) -> Result<Vec<u8>, Problem> {
        let (renewing, body) = (self.clone(), &body);
        let send = |token: String| async move { self.exchange(path, body, Some(&token), key).await };
        let renew = |refresh_token: String| async move {
            renewing.post(route::SESSION_REFRESH, &RefreshRequest { refresh_token }, None).await
        };
        self.tokens.call(send, renew).await
    }

    /// Bytes there and back; once more when the relay finds the clock wrong and says what it is.
    async fn exchange(
        &self,
        path: &str,
        body: &[u8],
        bearer: Option<&str>,
        key: Option<&str>,
    ) -> Result<Vec<u8>, Problem> {
        match self.send(path, body, bearer, key).await {
            Err(problem) if problem.is("RLY-013") => {
                relay::status(&self.base, &self.clock).await?;
                self.send(path, body, bearer, key).await
            }
            other => other,
        }
    }

    async fn send(
        &self,
        path: &str,
        body: &[u8],
        bearer: Option<&str>,
        key: Option<&str>,
    ) -> Result<Vec<u8>, Problem> {
        let credential = self.device.credential().ok_or_else(|| Problem::new("RLY-015"))?;
        let authorization = bearer.map(|token| format!("Bearer {token}"));
        let request = SigningRequest {
            method: "POST",
            authority: &self.authority,
            path,
            content_type: Some(JSON),
            body,
            authorization: authorization.as_deref(),
            idempotency_key: key,
            ..SigningRequest::default()
        };
        let signature = self.sign(&request).await?;
        let mut headers: Vec<(&str, &str)> = signature.pairs().collect();
        headers.extend([("accept", JSON), ("content-type", JSON), (DEVICE_HEADER, credential)]);
        headers.extend(authorization.as_deref().map(|value| ("authorization", value)));
        headers.extend(key.map(|key| ("idempotency-key", key)));
        let url = format!("{}{path}", self.base);
        let reply = http::send(&url, &headers, Some(body), http::LONG).await?;
        accepted(reply, self.clock.now())
    }

    async fn sign(&self, request: &SigningRequest<'_>) -> Result<SignatureHeaders, Problem> {
        let nonce = device::random::<16>()?;
        let keyid = self.thumbprint();
        let created = u64::try_from(self.clock.now().0).unwrap_or_default();
        let prepared = request
            .prepare(&Stamp { created, nonce: &nonce, keyid: &keyid })
            .map_err(|_| Problem::new(UNFORESEEN))?;
        let signature = self.device.sign(prepared.base().as_bytes()).await?;
        Ok(prepared.headers(&signature))
    }
}

const JSON: &str = "application/json";

fn write(request: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(request).map_err(|_| Problem::new(UNFORESEEN))
}

/// The body of an answer, or why it was refused on the way.
fn accepted(reply: Reply, now: Time) -> Result<Vec<u8>, Problem> {
    if reply.status == 200 {
        Ok(reply.body)
    } else {
        Err(Problem::from_response(reply.status, &reply.body, now, reply.retry_after_s))
    }
}

/// What an answer says: a value, a business error, or something unreadable.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    match json::read(body) {
        Ok(Answer::Ok(value)) => Ok(value),
        Ok(Answer::Error(error)) => Err(error.into()),
        Err(_) => Err(Problem::new("APP-004")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(read::<Empty>(br#"{"ok":{}}"#), Ok(Empty {}));
        let refused = br#"{"error":{"code":"UPS-102","message":"","retry_at":77,"tries_left":0}}"#;
        let problem = read::<Empty>(refused).unwrap_err();
        assert_eq!((problem.code.as_ref(), problem.retry_at), ("UPS-102", Some(Time(77))));
        assert_eq!(problem.tries_left, Some(0));
    }

    #[test]
    fn a_refusal_on_the_way_is_no_answer() {
        let reply = |status, body: &str| Reply { status, body: body.into(), retry_after_s: None };
        let refused = accepted(reply(504, r#"{"code":"RLY-042"}"#), Time(0)).unwrap_err();
        assert_eq!(refused.code, "RLY-042");
        assert_eq!(accepted(reply(200, "{}"), Time(0)).unwrap(), b"{}");
    }

    #[test]
    fn what_cannot_be_read_is_said_so() {
        for body in ["", "<!doctype html>", r#"{"ok":7}"#, r#"{"both":1}"#] {
            assert_eq!(read::<Empty>(body.as_bytes()).unwrap_err().code, "APP-004");
        }
    }
}
