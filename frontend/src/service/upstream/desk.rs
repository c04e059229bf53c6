//! The municipality's calls about 届出.

use super::Client;
use crate::service::problem::Problem;
use domain::upstream::{
    DecideRequest, DecideResponse, InboxOpenRequest, InboxOpened, InboxRequest, InboxResponse, PaperRequest,
    route,
};

impl Client {
    /// A page of the inbox.
    ///
    /// # Errors
    /// As every call.
    pub async fn inbox(&self, request: &InboxRequest) -> Result<InboxResponse, Problem> {
        self.call(route::MUNICIPALITY_FILINGS, request).await
    }

    /// Opens a filing.
    ///
    /// # Errors
    /// `UPS-157`.
    pub async fn open_filed(&self, request: &InboxOpenRequest) -> Result<InboxOpened, Problem> {
        self.call(route::MUNICIPALITY_FILING, request).await
    }

    /// 受理 or 差戻し.
    ///
    /// # Errors
    /// `UPS-157`.
    pub async fn decide_filing(&self, request: &DecideRequest) -> Result<DecideResponse, Problem> {
        self.call(route::MUNICIPALITY_DECIDE, request).await
    }

    /// Enters a filing on paper.
    ///
    /// # Errors
    /// `UPS-111`, `UPS-140`, `UPS-150`, `UPS-152`.
    pub async fn paper_filing(&self, request: &PaperRequest) -> Result<InboxOpened, Problem> {
        self.call(route::MUNICIPALITY_PAPER, request).await
    }
}
