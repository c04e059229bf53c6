//! What a check of identity asks of the app.

use crate::service::browser;
use crate::service::card::{Desk, Trust};
use crate::service::problem::Problem;
use crate::state::filings::Checked;
use crate::state::{App, DraftKey, PersonKey};
use ccid::myna::Flaw;
use domain::calendar::Time;
use domain::upstream::{AssertionRequest, ChallengeResponse, Purpose};

/// The app at the card reader.
pub(super) struct AppDesk {
    pub(super) app: App,
    /// For which 届出; without one somebody is looked up.
    pub(super) draft: Option<DraftKey>,
}

/// The card is another person's than the filing's.
const OTHER_PERSON: &str = "APP-017";

impl Desk for AppDesk {
    type Met = PersonKey;

    async fn holds(&self, certificate: &[u8]) -> Result<(), Problem> {
        let trust = Trust::new(self.app.config().jpki.as_ref(), self.app.now());
        match trust.check(certificate).await {
            // The upstream judges in any case; what this browser cannot judge is left to it.
            Ok(_) | Err(Flaw::NotJudged(_)) => Ok(()),
            Err(flaw) => Err(Problem::new(flaw.code())),
        }
    }

    async fn challenge(&self) -> Result<ChallengeResponse, Problem> {
        let purpose = if self.draft.is_some() { Purpose::File } else { Purpose::View };
        self.app.challenge(purpose).await
    }

    async fn assertion(&self, answer: AssertionRequest) -> Result<PersonKey, Problem> {
        let transaction = answer.transaction.clone();
        let met = self.app.assertion(answer).await?;
        if let Some(draft) = self.draft {
            let person = self.app.person(met).map(|seen| seen.person.handle.clone());
            let whose = self.app.draft_of(draft);
            let (Some(person), true) = (person.clone(), person == whose) else {
                return Err(Problem::new(OTHER_PERSON));
            };
            self.app.set_checked(Checked { draft, person, transaction, at: self.app.now() });
        }
        Ok(met)
    }

    fn origin(&self) -> String {
        browser::origin()
    }

    fn device(&self) -> String {
        self.app.thumbprint().unwrap_or_default()
    }

    fn now(&self) -> Time {
        self.app.now()
    }
}
