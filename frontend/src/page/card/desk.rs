//! What a check of identity asks of the app.

use crate::service::browser;
use crate::service::card::{Desk, Trust};
use crate::service::problem::Problem;
use crate::state::{App, PersonKey};
use ccid::myna::Flaw;
use domain::calendar::Time;
use domain::upstream::{AssertionRequest, ChallengeResponse};

/// The app at the card reader.
pub(super) struct AppDesk(pub(super) App);

impl Desk for AppDesk {
    type Met = PersonKey;

    async fn holds(&self, certificate: &[u8]) -> Result<(), Problem> {
        let trust = Trust::new(self.0.config().jpki.as_ref(), self.0.now());
        match trust.check(certificate).await {
            // The upstream judges in any case; what this browser cannot judge is left to it.
            Ok(_) | Err(Flaw::NotJudged(_)) => Ok(()),
            Err(flaw) => Err(Problem::new(flaw.code())),
        }
    }

    async fn challenge(&self) -> Result<ChallengeResponse, Problem> {
        self.0.challenge().await
    }

    async fn assertion(&self, answer: AssertionRequest) -> Result<PersonKey, Problem> {
        self.0.assertion(answer).await
    }

    fn origin(&self) -> String {
        browser::origin()
    }

    fn device(&self) -> String {
        self.0.thumbprint().unwrap_or_default()
    }

    fn now(&self) -> Time {
        self.0.now()
    }
}
