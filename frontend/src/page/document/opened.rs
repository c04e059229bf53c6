//! What is open, and how it is opened.

use crate::service::problem::Problem;
use crate::state::{App, Original, PersonKey};
use domain::access::Age;
use domain::calendar::Time;
use domain::document::{Judgement, Opinion, Survey};
use domain::upstream::{DocumentBody, DocumentHead, DocumentKind, DocumentListResponse};

/// What of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its content.
    Content,
    /// The original.
    Original,
}

/// What is open. Nothing of it is kept anywhere else.
pub enum Open {
    /// Nothing.
    Nothing,
    /// Something, as soon as it comes.
    Waiting,
    /// A 認定調査票.
    Survey(Box<OpenSurvey>),
    /// A 主治医意見書.
    Opinion(Box<OpenOpinion>),
    /// A 判定結果・審査会の意見.
    Judgement(Box<OpenJudgement>),
    /// An original.
    Original(Box<OpenOriginal>),
}

/// An open 認定調査票.
pub struct OpenSurvey {
    pub(super) head: DocumentHead,
    pub(super) until: Time,
    pub(super) survey: Survey,
    /// The one before, or why there is none to compare.
    pub(super) before: Before,
    pub(super) changed_only: bool,
}

/// The survey before.
pub(super) enum Before {
    /// It came too.
    Survey(Box<Survey>),
    /// There is none.
    None,
    /// It may not be opened.
    Closed,
}

/// An open 主治医意見書.
pub struct OpenOpinion {
    pub(super) head: DocumentHead,
    pub(super) until: Time,
    pub(super) opinion: Opinion,
}

/// An open 判定結果・審査会の意見.
pub struct OpenJudgement {
    pub(super) head: DocumentHead,
    pub(super) until: Time,
    pub(super) judgement: Judgement,
}

/// An open original.
pub struct OpenOriginal {
    pub(super) head: DocumentHead,
    pub(super) until: Time,
    pub(super) original: Original,
}

impl Open {
    /// Which it is.
    pub(super) fn head(&self) -> Option<&DocumentHead> {
        match self {
            Self::Nothing | Self::Waiting => None,
            Self::Survey(open) => Some(&open.head),
            Self::Opinion(open) => Some(&open.head),
            Self::Judgement(open) => Some(&open.head),
            Self::Original(open) => Some(&open.head),
        }
    }

    /// Until when it may be seen.
    pub(super) fn until(&self) -> Option<Time> {
        match self {
            Self::Nothing | Self::Waiting => None,
            Self::Survey(open) => Some(open.until),
            Self::Opinion(open) => Some(open.until),
            Self::Judgement(open) => Some(open.until),
            Self::Original(open) => Some(open.until),
        }
    }
}

/// 認定調査票(最新)令和8年10月5日
pub(super) fn title(head: &DocumentHead) -> String {
    head.kind.name().to_owned() + "(" + head.age.name() + ")" + &head.on.wareki()
}

/// The survey before the latest one.
pub(super) fn previous<'a>(list: &'a DocumentListResponse, head: &DocumentHead) -> Option<&'a DocumentHead> {
    let same = list.kinds.iter().find(|shelf| shelf.kind == head.kind)?;
    let latest = head.kind == DocumentKind::Survey && head.age == Age::Latest;
    same.documents.iter().find(|document| latest && document.age == Age::Previous)
}

/// Opens a document; a latest survey with the one before it.
pub(super) async fn open(
    app: &App,
    person: PersonKey,
    head: &DocumentHead,
    part: Part,
    before: Option<&DocumentHead>,
) -> Result<Open, Problem> {
    let unreadable = || Problem::new("APP-004");
    if part == Part::Original {
        let opened = app.open_original(person, &head.id).await?;
        let (head, until) = (opened.head, opened.until);
        let original = content(opened.body).ok_or_else(unreadable)?;
        return Ok(Open::Original(Box::new(OpenOriginal { head, until, original })));
    }
    match head.kind {
        DocumentKind::Survey => {
            let opened = app.open_survey(person, &head.id).await?;
            let survey = content(opened.body).ok_or_else(unreadable)?;
            let mut until = opened.until;
            let before = match before {
                None => Before::None,
                Some(head) if head.closed.is_some() => Before::Closed,
                Some(head) => match app.open_survey(person, &head.id).await {
                    Ok(old) => {
                        until = until.min(old.until);
                        content(old.body).map_or(Before::None, |survey| Before::Survey(Box::new(survey)))
                    }
                    Err(_) => Before::Closed,
                },
            };
            let changed_only = false;
            Ok(Open::Survey(Box::new(OpenSurvey { head: opened.head, until, survey, before, changed_only })))
        }
        DocumentKind::Opinion => {
            let opened = app.open_opinion(person, &head.id).await?;
            let (head, until) = (opened.head, opened.until);
            let opinion: Opinion = content(opened.body).ok_or_else(unreadable)?;
            // The upstream asks the doctor's consent; what came without one is not shown all the same.
            if !opinion.may_be_used() {
                return Err(Problem::new("UPS-138"));
            }
            Ok(Open::Opinion(Box::new(OpenOpinion { head, until, opinion })))
        }
        DocumentKind::Judgement => {
            let opened = app.open_judgement(person, &head.id).await?;
            let (head, until) = (opened.head, opened.until);
            let judgement = content(opened.body).ok_or_else(unreadable)?;
            Ok(Open::Judgement(Box::new(OpenJudgement { head, until, judgement })))
        }
        DocumentKind::Unknown(_) => Err(unreadable()),
    }
}

fn content<C>(body: DocumentBody<C>) -> Option<C> {
    match body {
        DocumentBody::Content(content) => Some(content),
        _ => None,
    }
}
