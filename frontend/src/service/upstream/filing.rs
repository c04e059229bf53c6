//! The calls about 届出.

use super::{Client, read, write};
use crate::service::problem::Problem;
use base64ct::{Base64UrlUnpadded, Encoding};
use domain::filing::{FilingKey, FilingNumber};
use domain::upstream::{
    CancelRequest, Evidence, EvidenceRequest, FilingEntry, FilingsRequest, FilingsResponse, KeyOutcome,
    KeysRequest, KeysResponse, SubmitRequest, VoidRequest, route,
};
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

impl Client {
    /// The device's signature over a text: ECDSA P-256 with SHA-256, r‖s, base64url without padding.
    ///
    /// # Errors
    /// `APP-009` when the browser refuses.
    pub async fn sign_text(&self, text: &str) -> Result<String, Problem> {
        Ok(Base64UrlUnpadded::encode_string(&self.device.sign(text.as_bytes()).await?))
    }

    /// Submits a filing; its key also stands in a header.
    ///
    /// # Errors
    /// Whatever says nothing about the key.
    pub async fn submit_filing(
        &self,
        key: &FilingKey,
        request: &SubmitRequest,
    ) -> Result<KeyOutcome, Problem> {
        read(&self.renewed_with(route::FILING_SUBMIT, write(request)?, Some(&key.0)).await?)
    }

    /// What became of a key.
    ///
    /// # Errors
    /// As every call; `APP-004` when the answer is not about one key.
    pub async fn filing_key(&self, key: &FilingKey) -> Result<KeyOutcome, Problem> {
        let request = KeysRequest { keys: vec![key.clone()] };
        let answer: KeysResponse = self.call(route::FILING_KEYS, &request).await?;
        let [outcome] = <[KeyOutcome; 1]>::try_from(answer.outcomes).map_err(|_| Problem::new("APP-004"))?;
        Ok(outcome)
    }

    /// Gives a key up.
    ///
    /// # Errors
    /// As every call.
    pub async fn void_filing(&self, key: &FilingKey) -> Result<KeyOutcome, Problem> {
        self.call(route::FILING_VOID, &VoidRequest { key: key.clone() }).await
    }

    /// The office's own filings.
    ///
    /// # Errors
    /// As every call.
    pub async fn filings(&self, request: &FilingsRequest) -> Result<FilingsResponse, Problem> {
        self.call(route::FILING_LIST, request).await
    }

    /// 取下げ.
    ///
    /// # Errors
    /// As every call.
    pub async fn cancel_filing(&self, request: &CancelRequest) -> Result<FilingEntry, Problem> {
        self.call(route::FILING_CANCEL, request).await
    }

    /// All that proves a filing, read, and as a file: as it came, a member a line.
    ///
    /// # Errors
    /// As every call; `APP-004` when it is no JSON.
    pub async fn filing_evidence_file(&self, number: &FilingNumber) -> Result<(Evidence, String), Problem> {
        let request = EvidenceRequest { number: number.clone() };
        let came = self.renewed(route::FILING_EVIDENCE, write(&request)?).await?;
        Ok((read(&came)?, file(&came).ok_or_else(|| Problem::new("APP-004"))?))
    }

    /// All that proves a filing.
    ///
    /// # Errors
    /// As every call.
    pub async fn filing_evidence(&self, number: &FilingNumber) -> Result<Evidence, Problem> {
        self.call(route::FILING_EVIDENCE, &EvidenceRequest { number: number.clone() }).await
    }
}

/// What an answer holds, laid out by the browser: nothing of it is left out, also what this app does not know.
fn file(answer: &[u8]) -> Option<String> {
    let answer = JSON::parse(std::str::from_utf8(answer).ok()?).ok()?;
    let held = Reflect::get(&answer, &JsValue::from_str("ok")).ok()?;
    let laid_out = JSON::stringify_with_replacer_and_space(&held, &JsValue::NULL, &JsValue::from_f64(2.0));
    Some([&String::from(laid_out.ok()?), "\n"].concat())
}
