//! Which page is seen how large, and what stands in the way. No browser in here.

use crate::service::viewer::Said;
use crate::text::document as words;

/// Steps of enlargement, in percent of the width there is.
const STEPS: [u32; 4] = [100, 150, 200, 300];

/// What is seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Model {
    /// How many pages there are.
    pub(super) pages: usize,
    /// Which one is seen, from 0.
    pub(super) page: usize,
    step: usize,
    /// How far it is.
    pub(super) state: State,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    /// Something is being opened or drawn.
    #[default]
    Waiting,
    /// The page is there.
    Shown,
    /// This page cannot be drawn.
    Blank,
    /// It is damaged.
    Unreadable,
    /// It is not the file that the upstream names.
    Changed,
    /// It has a password.
    Locked,
    /// It has none, or too many pages.
    Pages,
    /// The worker failed or took too long.
    Failed,
}

impl State {
    /// Why nothing of it can be seen.
    pub(super) fn why(self) -> Option<&'static str> {
        match self {
            Self::Waiting | Self::Shown | Self::Blank => None,
            Self::Unreadable => Some(words().pdf_unreadable),
            Self::Changed => Some(words().pdf_changed),
            Self::Locked => Some(words().pdf_locked),
            Self::Pages => Some(words().pdf_pages),
            Self::Failed => Some(words().pdf_failed),
        }
    }

    /// Whether nothing more will come.
    pub(super) fn is_over(self) -> bool {
        self.why().is_some()
    }
}

impl Model {
    /// The worker said something; whether a page has to be asked for.
    pub(super) fn heard(&mut self, said: &Said) -> bool {
        match said {
            Said::Pages(sizes) => {
                self.pages = sizes.len();
                return true;
            }
            Said::Broken(why) => {
                self.state = match why.as_str() {
                    "locked" => State::Locked,
                    "pages" => State::Pages,
                    _ => State::Unreadable,
                };
            }
            Said::Blank(page) if *page == self.page => self.state = State::Blank,
            Said::Failed => self.state = State::Failed,
            Said::Ready | Said::Blank(_) | Said::Drawn(_) => {}
        }
        false
    }

    /// A page was drawn; whether it is the one to be seen.
    pub(super) fn drawn(&mut self, page: usize) -> bool {
        let wanted = page == self.page;
        if wanted {
            self.state = State::Shown;
        }
        wanted
    }

    /// Turns to a page, from 0; whether that is another one.
    pub(super) fn turn(&mut self, page: i64) -> bool {
        let last = self.pages.saturating_sub(1);
        let page = usize::try_from(page.max(0)).unwrap_or(last).min(last);
        let other = page != self.page;
        if other {
            self.page = page;
            self.state = State::Waiting;
        }
        other
    }

    /// A page's number was typed, in any width of digits.
    pub(super) fn typed(&mut self, number: &str) -> bool {
        match domain::search::normal(number).parse::<i64>() {
            Ok(number) => self.turn(number - 1),
            Err(_) => false,
        }
    }

    /// One step; whether there was one.
    pub(super) fn zoom(&mut self, larger: bool) -> bool {
        let possible = if larger { self.larger() } else { self.smaller() };
        if possible {
            self.step = if larger { self.step + 1 } else { self.step - 1 };
            self.state = State::Waiting;
        }
        possible
    }

    /// Percent of the width there is.
    pub(super) fn percent(&self) -> u32 {
        STEPS.get(self.step).copied().unwrap_or(100)
    }

    /// Whether it can be larger.
    pub(super) fn larger(&self) -> bool {
        self.step + 1 < STEPS.len()
    }

    /// Whether it can be smaller.
    pub(super) fn smaller(&self) -> bool {
        self.step > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(pages: usize) -> Model {
        let mut model = Model::default();
        assert!(model.heard(&Said::Pages(vec![1.4; pages])));
        model
    }

    #[test]
    fn pages_are_turned_within_the_document() {
        let mut model = open(300);
        for (to, page) in [(1, 1), (-5, 0), (299, 299), (300, 299), (0, 0), (i64::MAX, 299)] {
            model.turn(to);
            assert_eq!(model.page, page);
        }
        assert!(!model.turn(i64::MAX), "at the end already");
        assert!(model.typed("１５０") && model.page == 149);
        assert!(!model.typed("x") && !model.typed("") && model.page == 149);
        assert!(model.typed("0") && model.page == 0);
    }

    #[test]
    fn a_page_that_comes_too_late_is_not_shown() {
        let mut model = open(3);
        model.turn(2);
        assert!(!model.drawn(1) && model.state == State::Waiting);
        assert!(model.drawn(2) && model.state == State::Shown);
        model.heard(&Said::Blank(0));
        assert_eq!(model.state, State::Shown);
    }

    #[test]
    fn enlarging_has_two_ends() {
        let mut model = open(1);
        assert!(!model.zoom(false));
        let steps: Vec<u32> = std::iter::from_fn(|| model.zoom(true).then(|| model.percent())).collect();
        assert_eq!(steps, [150, 200, 300]);
    }

    #[test]
    fn each_failure_has_its_words() {
        for (why, state) in
            [("unreadable", State::Unreadable), ("locked", State::Locked), ("pages", State::Pages)]
        {
            let mut model = Model::default();
            model.heard(&Said::Broken(why.into()));
            assert!(model.state == state && state.is_over() && state.why().is_some());
        }
        let mut model = open(2);
        model.heard(&Said::Failed);
        assert!(model.state.is_over());
    }
}
