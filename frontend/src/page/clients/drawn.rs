//! What of the list stands in the document. It is drawn in blocks of rows: the first one at once, the others
//! little by little, so that no key that is typed waits for a thousand rows.
//!
//! After another wish the old blocks stay behind the new ones, not shown, until their place is needed or they
//! are taken away: both cost more than a frame has, if done at once.

use std::ops::Range;
use std::rc::Rc;

/// Rows of a block: what is drawn, filled and emptied at once. About as many as a window shows below the
/// search field.
pub(super) const BLOCK: usize = 8;
/// Blocks that are drawn at once, …
const STEP: usize = 6;
/// … and taken away.
const AWAY: usize = 24;
/// Classes that show so many rows.
const SHOWN: [&str; BLOCK + 1] = [
    "kk-clients kk-clients--0",
    "kk-clients kk-clients--1",
    "kk-clients kk-clients--2",
    "kk-clients kk-clients--3",
    "kk-clients kk-clients--4",
    "kk-clients kk-clients--5",
    "kk-clients kk-clients--6",
    "kk-clients kk-clients--7",
    "kk-clients kk-clients--8",
];

/// A block in the document.
#[derive(Debug)]
pub(super) struct Part<T> {
    /// The list it is of.
    pub(super) of: Rc<Vec<Rc<T>>>,
    /// Whether its rows hold more than who it is.
    pub(super) filled: bool,
}

/// All blocks in the document.
#[derive(Debug)]
pub(super) struct Drawn<T> {
    found: Rc<Vec<Rc<T>>>,
    parts: Vec<Part<T>>,
    /// So many are of the present list.
    fresh: usize,
    /// Those that are filled.
    near: Range<usize>,
    printing: bool,
}

impl<T> Drawn<T> {
    /// Nothing.
    pub(super) fn new() -> Self {
        Self { found: Rc::default(), parts: Vec::new(), fresh: 0, near: 0..1, printing: false }
    }

    /// Whom the list is of.
    pub(super) fn found(&self) -> &[Rc<T>] {
        &self.found
    }

    /// The blocks, in their order.
    pub(super) fn parts(&self) -> &[Part<T>] {
        &self.parts
    }

    /// Whether the present list stands there, and nothing else.
    pub(super) fn is_whole(&self) -> bool {
        self.fresh == self.all() && self.parts.len() == self.fresh
    }

    /// How many rows are shown, as classes: all, 56, or 8 and fewer. What is behind them may be old.
    pub(super) fn class(&self) -> &'static str {
        let rows = self.found.len().min(self.fresh * BLOCK);
        match SHOWN.get(rows.min(BLOCK)) {
            _ if self.parts.len() == self.fresh => "kk-clients",
            Some(class) if rows < (STEP + 1) * BLOCK => class,
            _ => "kk-clients kk-clients--more",
        }
    }

    /// Blocks of the present list that are shown.
    pub(super) fn shown(&self) -> usize {
        if self.parts.len() == self.fresh {
            self.fresh
        } else if self.found.len().min(self.fresh * BLOCK) < (STEP + 1) * BLOCK {
            self.fresh.min(1)
        } else {
            STEP + 1
        }
    }

    /// Another list, from its beginning.
    pub(super) fn begin(&mut self, found: Vec<Rc<T>>) {
        (self.found, self.near, self.fresh) = (Rc::new(found), 0..1, 0);
        self.draw(if self.printing { self.all() } else { 1 });
    }

    /// The same list as it is now: as much of it as was there.
    pub(super) fn renew(&mut self, found: Vec<Rc<T>>) {
        let before = self.fresh.max(1);
        (self.found, self.fresh) = (Rc::new(found), 0);
        self.draw(before);
    }

    /// Draws up to a row. It takes the focus, so that nothing old may stand in its way.
    pub(super) fn reach(&mut self, row: usize) {
        if row / BLOCK >= self.shown() {
            self.draw(self.fresh.max(row / BLOCK + 1));
            self.parts.truncate(self.fresh);
        }
    }

    /// Draws some more, or takes away what is old; the rows that are new.
    pub(super) fn more(&mut self) -> &[Rc<T>] {
        let before = self.fresh * BLOCK;
        if self.fresh < self.all() {
            self.draw(self.fresh + STEP);
        } else {
            self.parts.truncate(self.fresh.max(self.parts.len().saturating_sub(AWAY)));
        }
        self.found.get(before..self.found.len().min(self.fresh * BLOCK)).unwrap_or_default()
    }

    /// Fills one more of the blocks that are near the view, the middle one first, and empties those that are
    /// not; whether that changes any.
    pub(super) fn look(&mut self, near: Range<usize>) -> bool {
        if self.printing || near == self.near {
            return false;
        }
        let (start, end) = (self.near.start.max(near.start), self.near.end.min(near.end));
        self.near = if start >= end {
            let middle = usize::midpoint(near.start, near.end.saturating_sub(1));
            middle..middle + 1
        } else if end < near.end {
            start..end + 1
        } else {
            start.saturating_sub(1).max(near.start)..end
        };
        self.draw(self.fresh);
        true
    }

    /// On paper all stands filled.
    pub(super) fn print(&mut self, begins: bool) {
        self.printing = begins;
        self.draw(self.all());
        self.parts.truncate(self.fresh);
    }

    fn all(&self) -> usize {
        self.found.len().div_ceil(BLOCK)
    }

    fn draw(&mut self, upto: usize) {
        self.fresh = upto.min(self.all());
        for at in 0..self.fresh {
            let filled = self.printing || self.near.contains(&at);
            let part = Part { of: Rc::clone(&self.found), filled };
            match self.parts.get_mut(at) {
                Some(place) => *place = part,
                None => self.parts.push(part),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(count: u32) -> Vec<Rc<u32>> {
        (0..count).map(Rc::new).collect()
    }

    fn settle(drawn: &mut Drawn<u32>) -> usize {
        let mut steps = 0;
        while !drawn.is_whole() {
            drawn.more();
            steps += 1;
            assert!(steps < 1_000, "it does not end");
        }
        steps
    }

    fn filled(drawn: &Drawn<u32>) -> Vec<usize> {
        drawn.parts().iter().enumerate().filter(|(_, part)| part.filled).map(|(at, _)| at).collect()
    }

    #[test]
    fn one_block_at_once_and_then_all() {
        let mut drawn = Drawn::new();
        assert!(drawn.is_whole(), "nobody");
        drawn.begin(people(1_000));
        assert_eq!((drawn.parts().len(), drawn.fresh, filled(&drawn)), (1, 1, vec![0]));
        assert_eq!(drawn.more().len(), STEP * BLOCK);
        assert_eq!((drawn.class(), drawn.shown()), ("kk-clients", STEP + 1));
        settle(&mut drawn);
        assert_eq!((drawn.parts().len(), drawn.class()), (125, "kk-clients"));
    }

    #[test]
    fn what_is_old_goes_little_by_little() {
        for count in [3, 0, 8, 9, 55, 999] {
            let mut drawn = Drawn::new();
            drawn.begin(people(1_000));
            settle(&mut drawn);
            drawn.begin(people(count));
            let fresh = usize::from(count > 0);
            assert_eq!(drawn.class(), SHOWN[(count as usize).min(BLOCK)], "nothing old is shown");
            assert_eq!((drawn.parts().len() >= fresh, drawn.fresh), (true, fresh));
            let mut before = drawn.parts().len();
            while !drawn.is_whole() {
                drawn.more();
                let shown = drawn.class().rsplit("--").next().and_then(|rows| rows.parse().ok());
                let clean = drawn.parts().len() == drawn.fresh;
                assert!(shown.unwrap_or(56) <= count as usize || clean, "nothing old is shown");
                assert!(drawn.shown() <= drawn.fresh);
                assert!(before.abs_diff(drawn.parts().len()) <= AWAY);
                before = drawn.parts().len();
            }
            assert_eq!(drawn.parts().len(), (count as usize).div_ceil(BLOCK));
            assert!(drawn.parts().iter().all(|part| part.of.len() == count as usize));
        }
    }

    #[test]
    fn a_row_far_down_is_drawn_when_it_is_asked_for() {
        let mut drawn = Drawn::new();
        drawn.begin(people(100));
        drawn.reach(99);
        assert_eq!(drawn.fresh, 13);
        drawn.begin(people(100));
        assert_eq!((drawn.fresh, drawn.parts().len()), (1, 13), "the old ones stay behind");
        drawn.reach(7);
        assert_eq!((drawn.fresh, drawn.shown(), drawn.class()), (1, 1, SHOWN[BLOCK]));
        drawn.reach(8);
        assert_eq!((drawn.fresh, drawn.shown(), drawn.class()), (2, 2, "kk-clients"));
    }

    #[test]
    fn the_near_ones_are_filled_and_on_paper_all() {
        let mut drawn = Drawn::new();
        drawn.begin(people(100));
        settle(&mut drawn);
        for near in [4..7, 5..9, 0..2, 12..13] {
            let mut steps = 0;
            while drawn.look(near.clone()) {
                steps += 1;
            }
            assert!(steps <= near.len(), "one block a step: {steps}");
            assert_eq!(filled(&drawn), near.collect::<Vec<_>>());
        }
        while drawn.look(4..7) {}
        drawn.print(true);
        assert_eq!(filled(&drawn).len(), 13);
        assert!(!drawn.look(0..2), "paper has no view");
        drawn.print(false);
        assert_eq!(filled(&drawn), [4, 5, 6]);
        drawn.renew(people(90));
        assert_eq!((drawn.fresh, filled(&drawn)), (12, vec![4, 5, 6]));
        settle(&mut drawn);
        assert_eq!(drawn.parts().len(), 12);
    }
}
