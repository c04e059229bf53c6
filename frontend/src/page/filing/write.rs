//! One draft: the questions, a group a page, the check, the person's own word; and once it is confirmed, how it
//! stands. The address names the page, so the browser's own back goes one page back and never sends anything.

pub mod agree;
mod check;
mod group;
mod question;
mod sent;
mod submit;

pub(in crate::page) use question::seen;

use super::form;
use super::gone;
use crate::component::{FaultMessage, Rank, Waiting, all, el, el_with, text};
use crate::page::parts::press;
use crate::route::Route;
use crate::service::problem::Problem;
use crate::state::{App, Draft, DraftKey, Kept, Opening, Saved};
use crate::text::{filing as words, filing_in_words};
use agree::{Agree, Agreed};
use domain::filing::compare::{Known, Paper};
use domain::filing::paper::{self, Content, Use};
use domain::filing::wizard::{self, Context as Around, Group, Trouble};
use domain::filing::{Field, Origin};
use domain::upstream::FilingEntry;
use yew::prelude::*;

/// Properties of [`WritePage`].
#[derive(Properties, PartialEq)]
pub struct WriteProps {
    /// The app, as of now; it keeps what is typed.
    pub app: App,
    /// Which draft.
    pub draft: DraftKey,
    /// Which page, from 1; 0 where it was left.
    pub page: u8,
}

/// The page.
pub struct WritePage {
    /// Whether the way on was tried: from then on it is said what is wrong.
    tried: bool,
    /// Warnings of that try, which may be confirmed.
    offered: Vec<Trouble>,
    attempt: u32,
    /// On a narrow screen: the form in the place of the questions.
    paper: bool,
    agree: Agree,
    busy: bool,
    problem: Option<Problem>,
    /// Which question has to be answered first.
    asked: Option<Asked>,
}

/// A question in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Throw it away?
    Discard,
    /// Take it back?
    GiveUp,
}

/// What happens on the page.
pub enum Msg {
    /// Something was typed or chosen.
    Set(Field, String),
    /// A paper was looked at, or not.
    Seen(String, bool),
    /// A warning is right as it is, or not.
    Confirm(String, bool),
    /// The next page, once this one is in order.
    Next,
    /// The other side on a narrow screen.
    Turn,
    /// The person's own word.
    Agree(Agreed),
    /// It is confirmed and sent.
    Submit,
    /// It is confirmed, or why it is not.
    Submitted(Result<(), Problem>),
    /// A question is asked, or not any more.
    Ask(Option<Asked>),
    /// It was answered with yes.
    Yes(Asked),
    /// A try at once.
    Send,
    /// Written on again after it was refused or given up.
    Reopen,
}

/// Which page of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Questions(Group),
    Check,
    Agree,
}

impl Component for WritePage {
    type Message = Msg;
    type Properties = WriteProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.props().app.open_drafts();
        let mut page = Self {
            tried: false,
            offered: Vec::new(),
            attempt: 0,
            paper: false,
            agree: Agree::default(),
            busy: false,
            problem: None,
            asked: None,
        };
        page.arrive(ctx);
        page
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Self::Properties) -> bool {
        if before.page != ctx.props().page {
            (self.tried, self.paper, self.problem) = (false, false, None);
            self.offered.clear();
            self.agree = Agree::default();
        }
        self.arrive(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let WriteProps { app, draft, .. } = ctx.props();
        match msg {
            Msg::Set(field, typed) => app.change_draft(*draft, |draft| draft.answers.set(field, &typed)),
            Msg::Seen(code, on) => {
                let now = app.now();
                app.change_draft(*draft, |draft| question::seen(&mut draft.answers, &code, on, now));
            }
            Msg::Confirm(key, on) => app.change_draft(*draft, |draft| {
                if on {
                    draft.answers.confirm(&key);
                } else {
                    draft.answers.unconfirm(&key);
                }
            }),
            Msg::Next => self.next(ctx),
            Msg::Turn => self.paper = !self.paper,
            Msg::Agree(agreed) => self.agree.take(agreed),
            Msg::Submit => self.submit(ctx),
            Msg::Submitted(result) => {
                self.busy = false;
                self.problem = result.err();
            }
            Msg::Ask(asked) => self.asked = asked,
            Msg::Yes(asked) => {
                self.asked = None;
                match asked {
                    Asked::Discard => {
                        app.discard_draft(*draft);
                        app.go(Route::Filings);
                    }
                    Asked::GiveUp => app.give_up_filing(*draft),
                }
            }
            Msg::Send => app.send_filings(),
            Msg::Reopen => {
                app.reopen_draft(*draft);
                app.go(Route::Filing { draft: *draft, page: 1 });
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let WriteProps { app, draft, .. } = ctx.props();
        let Some(kept) = app.draft(*draft) else { return absent(app) };
        if kept.draft.sent.is_some() {
            return self.sent(ctx, &kept);
        }
        let others = others(app, &kept.draft);
        let Some(around) = around(app, &kept.draft, &others) else { return Html::default() };
        let inside = match page_at(ctx.props().page, &kept.draft, &around) {
            (_, Page::Agree) => self.agree_page(ctx, &kept, &around),
            (at, Page::Check) => self.check_page(ctx, &kept, &around, at),
            (at, Page::Questions(group)) => self.group_page(ctx, &kept, &around, at, group),
        };
        all(vec![inside, self.question(ctx)])
    }
}

impl WritePage {
    /// Takes what waits for this page, and remembers where it is.
    fn arrive(&mut self, ctx: &Context<Self>) {
        let WriteProps { app, draft, page } = ctx.props();
        let Some(kept) = app.draft(*draft).filter(|kept| kept.draft.is_open()) else { return };
        if let Some(checked) = app.take_checked(*draft) {
            app.change_draft(*draft, |draft| {
                draft.answers.put(Field::IdentityWay, "card", Origin::Card);
                draft.answers.put(Field::IdentityTransaction, &checked.transaction, Origin::Card);
                draft.answers.put(Field::IdentityAt, &checked.at.0.to_string(), Origin::Card);
            });
        }
        if *page != 0 && kept.draft.page != *page {
            app.change_draft(*draft, |draft| draft.page = *page);
        }
        if question::card_is_over(&kept.draft.answers, app.now()) {
            app.change_draft(*draft, |draft| draft.answers.set(Field::IdentityTransaction, ""));
        }
    }

    fn next(&mut self, ctx: &Context<Self>) {
        let WriteProps { app, draft, page } = ctx.props();
        let Some(kept) = app.draft(*draft) else { return };
        let others = others(app, &kept.draft);
        let Some(around) = around(app, &kept.draft, &others) else { return };
        let (at, page) = page_at(*page, &kept.draft, &around);
        let group = match page {
            Page::Questions(group) => group,
            Page::Check => Group::Confirm,
            Page::Agree => return,
        };
        let troubles = wizard::check(group, &kept.draft.answers, &around);
        if troubles.is_empty() {
            app.go(Route::Filing { draft: *draft, page: at + 1 });
            return;
        }
        self.tried = true;
        self.attempt += 1;
        for trouble in troubles.into_iter().filter(|one| one.why.may_be_confirmed()) {
            if !self.offered.contains(&trouble) {
                self.offered.push(trouble);
            }
        }
    }

    /// The page with what stands around it: whose, whether it is kept, and on a narrow screen the other side.
    /// Where the form itself is what is looked at, both sides stand there.
    fn framed(
        &self,
        ctx: &Context<Self>,
        kept: &Kept,
        around: &Around<'_>,
        both: bool,
        inside: Html,
    ) -> Html {
        let turn = if self.paper { words().question } else { words().paper };
        let turned = ctx.link().callback(|()| Msg::Turn);
        let mut head = vec![el("strong", "", text(kept.draft.person.name.clone())), saved(kept)];
        if !both {
            let turn = press("filing-turn", Rank::Secondary, turn, turned);
            head.push(el("span", "kk-filing__turn", turn));
        }
        let head = all(head);
        let class = if both {
            "kk-filing__sides kk-filing__sides--both"
        } else if self.paper {
            "kk-filing__sides kk-filing__sides--paper"
        } else {
            "kk-filing__sides"
        };
        let form = wizard::defined(&kept.draft.answers, around).map_or_else(Html::default, |of| {
            let mut answers = kept.draft.answers.clone();
            answers.fill(Field::FiledOn, &around.today.wareki(), Origin::Rule);
            let content = Content::Answers(&answers);
            form::sheet(&paper::sheet(of, content, &kept.draft.person.insurer_name, Use::Read))
        });
        let sides = vec![
            el("div", "kk-filing__questions", all(vec![self.said(kept), inside])),
            el_with(
                "aside",
                &["class", "aria-label"],
                vec!["kk-filing__form".into(), words().paper.into()],
                form,
            ),
        ];
        el(
            "article",
            "kk-page kk-filing",
            all(vec![el("p", "kk-filing__who", head), el("div", class, all(sides))]),
        )
    }

    /// What went wrong here, or with keeping it.
    fn said(&self, kept: &Kept) -> Html {
        let not_saved = match &kept.saved {
            Saved::Not(problem) => Some(problem.clone()),
            _ => None,
        };
        let all_of = [kept.trouble.clone(), not_saved, self.problem.clone()].into_iter().flatten();
        all(all_of.map(|problem| html! { <FaultMessage {problem} /> }).collect())
    }
}

/// Whether what is written lies on the device; read out only when it does not.
fn saved(kept: &Kept) -> Html {
    let said = match &kept.saved {
        Saved::At(at) => filing_in_words(words().saved, *at),
        Saved::Soon => words().saving.to_owned(),
        Saved::Not(_) => words().not_saved.to_owned(),
    };
    el("span", "kk-filing__saved", text(said))
}

/// The draft is being read, or is not there.
fn absent(app: &App) -> Html {
    match app.filings(|filings| filings.opening.clone()) {
        Opening::Not | Opening::Opening => {
            let waiting = html! { <Waiting what={words().reading} /> };
            el("article", "kk-page", all(vec![crate::page::parts::heading(words().title), waiting]))
        }
        Opening::Open | Opening::Failed(_) => gone(),
    }
}

/// What is known around the answers.
fn around<'a>(app: &App, draft: &'a Draft, others: &'a [FilingEntry]) -> Option<Around<'a>> {
    let staff = app.session()?;
    let paper = draft.certificate.as_ref().map_or(Paper::Unseen, Paper::Held);
    let office = Around::office(app.today(), staff.service, staff.job);
    Some(Around { known: Known { paper, others }, ..office })
}

/// Other filings of the person that this office knows of.
fn others(app: &App, draft: &Draft) -> Vec<FilingEntry> {
    let of = |entry: &&FilingEntry| {
        let same = entry.person.as_ref().is_some_and(|person| person.handle == draft.person.handle);
        same && draft.replaces.as_ref() != Some(&entry.number)
    };
    app.filings(|filings| {
        filings.list.value.iter().flat_map(|list| list.filings.iter().filter(of)).cloned().collect()
    })
}

/// The page of a number, and the number as it is among the pages that there are.
fn page_at(page: u8, draft: &Draft, around: &Around<'_>) -> (u8, Page) {
    let groups = wizard::groups(&draft.answers, around);
    let wanted = if page == 0 { draft.page } else { page };
    let last = u8::try_from(groups.len()).unwrap_or(u8::MAX).saturating_add(1);
    let at = wanted.clamp(1, last);
    let page = match groups.get(usize::from(at) - 1) {
        Some(Group::Confirm) => Page::Check,
        Some(group) => Page::Questions(*group),
        None => Page::Agree,
    };
    (at, page)
}
