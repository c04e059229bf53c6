//! The calendar file: what goes in and how people are named is chosen; unless chosen otherwise, nobody is.

pub mod events;

use crate::component::{
    Banner, Button, Checkbox, FieldGroup, RadioGroup, RadioOption, Rank, Tone, all, el, text,
};
use crate::page::clients::ClientsProps;
use crate::page::clients::outlook::Outlook;
use crate::page::parts::note;
use crate::service::download;
use crate::text::calendar as words;
use domain::icalendar;
use domain::upcoming::Topic;
use events::Naming;
use yew::prelude::*;

/// The part of the page.
pub struct CalendarFile {
    /// Which of [`events::TOPICS`] go in.
    topics: [bool; 5],
    naming: Naming,
    agreed: bool,
    said: Option<Said>,
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Made,
    NotMade,
    Nothing,
    TopicsMissing,
    AgreedMissing,
}

/// What happens.
pub enum Msg {
    /// A topic goes in or not.
    Topic(usize, bool),
    /// How people are named.
    Naming(Naming),
    /// Only the office sees the calendar.
    Agreed(bool),
    /// Make it.
    Make,
}

impl Component for CalendarFile {
    type Message = Msg;
    type Properties = ClientsProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { topics: [true; 5], naming: Naming::Nobody, agreed: false, said: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.said = None;
        match msg {
            Msg::Topic(at, on) => {
                if let Some(topic) = self.topics.get_mut(at) {
                    *topic = on;
                }
            }
            Msg::Naming(naming) => {
                self.naming = naming;
                // Another choice is another question.
                self.agreed = false;
            }
            Msg::Agreed(agreed) => self.agreed = agreed,
            Msg::Make => self.said = Some(self.make(ctx)),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let topics = events::TOPICS.iter().enumerate().map(|(at, (_, name))| {
            let onchange = ctx.link().callback(move |on| Msg::Topic(at, on));
            let id = ["ics-topic-", &at.to_string()].concat();
            html! { <Checkbox {id} label={*name} checked={self.topics[at]} {onchange} /> }
        });
        let topics: Vec<Html> = topics.collect();
        let make = ctx.link().callback(|()| Msg::Make);
        html! {
            <details class="kk-ics">
                <summary>{ text(words().file) }</summary>
                <div class="kk-ics__body">
                    { note(words().file_lead) }
                    <FieldGroup legend={words().file_topics}>{ all(topics) }</FieldGroup>
                    { self.who(ctx) }
                    { self.warning(ctx) }
                    { self.outcome() }
                    <Button id="ics-make" rank={Rank::Primary} onclick={make}>{ words().make }</Button>
                </div>
            </details>
        }
    }
}

impl CalendarFile {
    fn who(&self, ctx: &Context<Self>) -> Html {
        let option = |(naming, label, more): (Naming, &'static str, &'static str)| RadioOption {
            value: naming.value().into(),
            label: label.into(),
            support: Some(more.into()),
        };
        let options = [
            (Naming::Nobody, words().who_nobody, words().who_nobody_more),
            (Naming::Initials, words().who_initials, words().who_initials_more),
            (Naming::Names, words().who_names, words().who_names_more),
        ];
        let options: Vec<RadioOption> = options.map(option).into();
        let selected = AttrValue::Static(self.naming.value());
        let onchange = ctx.link().callback(|value: AttrValue| Msg::Naming(Naming::of(&value)));
        html! {
            <RadioGroup id="ics-who" legend={words().file_who} {options} {selected} need={crate::component::Need::Unsaid} {onchange} />
        }
    }

    /// Before anybody's name leaves.
    fn warning(&self, ctx: &Context<Self>) -> Html {
        if self.naming == Naming::Nobody {
            return Html::default();
        }
        let onchange = ctx.link().callback(Msg::Agreed);
        let error =
            (self.said == Some(Said::AgreedMissing)).then_some(AttrValue::Static(words().agreed_missing));
        html! {
            <Banner tone={Tone::Warning} title={words().warning}>
                { el("p", "", text(words().warning_more)) }
                <Checkbox id="ics-agreed" label={words().agreed} checked={self.agreed} {error} {onchange} />
            </Banner>
        }
    }

    fn outcome(&self) -> Html {
        let (tone, title) = match self.said {
            None | Some(Said::AgreedMissing) => return Html::default(),
            Some(Said::Made) => (Tone::Success, words().made),
            Some(Said::NotMade) => (Tone::Error, words().not_made),
            Some(Said::Nothing) => (Tone::Info, words().nothing),
            Some(Said::TopicsMissing) => (Tone::Error, words().topics_missing),
        };
        html! { <Banner {tone} {title} /> }
    }

    fn make(&self, ctx: &Context<Self>) -> Said {
        let app = &ctx.props().app;
        let topics: Vec<Topic> = events::TOPICS
            .iter()
            .zip(self.topics)
            .filter(|(_, on)| *on)
            .map(|((topic, _), _)| *topic)
            .collect();
        if topics.is_empty() {
            return Said::TopicsMissing;
        }
        if self.naming != Naming::Nobody && !self.agreed {
            return Said::AgreedMissing;
        }
        let (Some(value), Some(staff)) = (app.clients().value, app.session()) else { return Said::NotMade };
        let outlook = Outlook::new(app, value);
        let events = events::events(&outlook, &topics, self.naming, &staff.office, app.today());
        if events.is_empty() {
            return Said::Nothing;
        }
        let text = icalendar::write(&events, app.now());
        let name = ["kakehashi-", &app.today().to_string(), ".ics"].concat();
        if download::save(&name, "text/calendar;charset=utf-8", &text) { Said::Made } else { Said::NotMade }
    }
}
