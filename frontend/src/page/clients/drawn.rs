//! What of the list stands in the document. It is drawn in blocks of rows: what is in view at once, the others
//! little by little, so that no key that is typed waits for a thousand rows.
//!
//! After another wish the old list stays in the document, hidden, and is taken away little by little: that too
//! costs more than a frame has, if done at once. What is hidden as a whole costs nothing to lay out.

use std::ops::Range;
use std::rc::Rc;

/// Rows of a block: what is drawn, filled and emptied at once.
pub(super) const BLOCK: usize = 8;
/// Blocks that are drawn at once, …
const STEP: usize = 6;
/// … and taken away.
const AWAY: usize = 24;

/// A list in the document, as far as drawn.
#[derive(Debug)]
pub(super) struct List<T> {
    /// Tells it from the others.
    pub(super) number: u32,
    /// All its rows.
    pub(super) of: Rc<Vec<Rc<T>>>,
    /// The blocks that are drawn: how many of their rows hold more than who it is.
    pub(super) blocks: Vec<usize>,
}

/// The present list, and those before it that are not taken away yet.
#[derive(Debug)]
pub(super) struct Drawn<T> {
    present: List<T>,
    /// The latest last.
    old: Vec<List<T>>,
    /// Blocks that are filled …
    near: Range<usize>,
    /// … up to this row.
    upto: usize,
    printing: bool,
}

impl<T> Drawn<T> {
    /// Nothing.
    pub(super) fn new() -> Self {
        let present = List { number: 0, of: Rc::default(), blocks: Vec::new() };
        Self { present, old: Vec::new(), near: 0..1, upto: usize::MAX, printing: false }
    }

    /// Whom the list is of.
    pub(super) fn found(&self) -> &[Rc<T>] {
        &self.present.of
    }

    /// What is shown.
    pub(super) fn present(&self) -> &List<T> {
        &self.present
    }

    /// What is not shown any more.
    pub(super) fn old(&self) -> &[List<T>] {
        &self.old
    }

    /// Whether the present list stands there, and nothing else.
    pub(super) fn is_whole(&self) -> bool {
        self.present.blocks.len() == self.all() && self.old.is_empty()
    }

    /// Another list, from its beginning: so many rows of it as are in view.
    pub(super) fn begin(&mut self, found: Vec<Rc<T>>, in_view: usize) {
        let number = self.present.number.wrapping_add(1);
        let next = List { number, of: Rc::new(found), blocks: Vec::new() };
        let before = std::mem::replace(&mut self.present, next);
        if !before.blocks.is_empty() {
            self.old.push(before);
        }
        let blocks = in_view.max(1).div_ceil(BLOCK);
        (self.near, self.upto) = (0..blocks, in_view);
        self.draw(if self.printing { self.all() } else { blocks });
    }

    /// The same list as it is now: as much of it as was there.
    pub(super) fn renew(&mut self, found: Vec<Rc<T>>) {
        let before = self.present.blocks.len().max(1);
        self.present.of = Rc::new(found);
        self.draw(before);
    }

    /// Draws up to a row, which takes the focus.
    pub(super) fn reach(&mut self, row: usize) {
        self.draw(self.present.blocks.len().max(row / BLOCK + 1));
    }

    /// Draws some more, or takes away what is old; the rows that are new.
    pub(super) fn more(&mut self) -> &[Rc<T>] {
        self.upto = usize::MAX;
        let before = self.present.blocks.len();
        if before < self.all() {
            self.draw(before + STEP);
        } else if let Some(oldest) = self.old.first_mut() {
            oldest.blocks.truncate(oldest.blocks.len().saturating_sub(AWAY));
            if oldest.blocks.is_empty() {
                self.old.remove(0);
            }
        }
        let rows = &self.present.of;
        let drawn = rows.len().min(self.present.blocks.len() * BLOCK);
        rows.get(before * BLOCK..drawn).unwrap_or_default()
    }

    /// Fills one more of the blocks that are near the view, the middle one first, and empties those that are
    /// not; whether that changes any.
    pub(super) fn look(&mut self, near: Range<usize>) -> bool {
        let rest = std::mem::replace(&mut self.upto, usize::MAX) != usize::MAX;
        if self.printing || (near == self.near && !rest) {
            return false;
        }
        if rest {
            self.draw(self.present.blocks.len());
            return true;
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
        self.draw(self.present.blocks.len());
        true
    }

    /// On paper all stands filled.
    pub(super) fn print(&mut self, begins: bool) {
        self.printing = begins;
        self.draw(self.all());
    }

    fn all(&self) -> usize {
        self.present.of.len().div_ceil(BLOCK)
    }

    fn draw(&mut self, upto: usize) {
        let filled = |at: usize| match () {
            () if self.printing => BLOCK,
            () if self.near.contains(&at) => self.upto.saturating_sub(at * BLOCK).min(BLOCK),
            () => 0,
        };
        self.present.blocks = (0..upto.min(self.all())).map(filled).collect();
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

    fn blocks(drawn: &Drawn<u32>) -> usize {
        drawn.present().blocks.len()
    }

    fn filled(drawn: &Drawn<u32>) -> Vec<usize> {
        let blocks = drawn.present().blocks.iter().enumerate();
        blocks.filter(|(_, filled)| **filled == BLOCK).map(|(at, _)| at).collect()
    }

    #[test]
    fn what_is_in_view_at_once_and_then_all() {
        let mut drawn = Drawn::new();
        assert!(drawn.is_whole(), "nobody");
        drawn.begin(people(1_000), 5);
        assert_eq!(drawn.present().blocks, [5], "what is in view");
        assert_eq!(drawn.more().len(), STEP * BLOCK);
        assert_eq!((blocks(&drawn), filled(&drawn)), (STEP + 1, vec![0]));
        for (in_view, first) in [(8, vec![8]), (9, vec![8, 1]), (0, vec![0]), (2_000, vec![8; 125])] {
            drawn.begin(people(1_000), in_view);
            assert_eq!(drawn.present().blocks, first, "{in_view}");
        }
        drawn.begin(people(1_000), 3);
        assert!(drawn.look(0..1), "the rest of what is near");
        assert_eq!(drawn.present().blocks, [8]);
        assert!(!drawn.look(0..1));
        settle(&mut drawn);
        assert_eq!((blocks(&drawn), drawn.more().len()), (125, 0));
    }

    #[test]
    fn what_is_old_goes_little_by_little_and_the_new_list_comes_first() {
        for count in [3, 0, 8, 9, 55, 999] {
            let mut drawn = Drawn::new();
            drawn.begin(people(1_000), 5);
            settle(&mut drawn);
            drawn.begin(people(count), 5);
            assert_eq!((blocks(&drawn), drawn.old().len()), (usize::from(count > 0), 1));
            assert_eq!(drawn.old()[0].blocks.len(), 125);
            let all = (count as usize).div_ceil(BLOCK);
            let mut before = (blocks(&drawn), 125);
            while !drawn.is_whole() {
                drawn.more();
                let now = (blocks(&drawn), drawn.old().first().map_or(0, |old| old.blocks.len()));
                assert!(now.0 - before.0 <= STEP && before.1 - now.1 <= AWAY, "{before:?} {now:?}");
                assert!(now.1 == before.1 || before.0 == all, "{before:?} {now:?}");
                before = now;
            }
            assert_eq!((blocks(&drawn), drawn.found().len()), (all, count as usize));
        }
    }

    #[test]
    fn fast_typing_leaves_several_and_all_go() {
        let mut drawn = Drawn::new();
        for count in [1_000, 90, 0, 12, 90, 1_000] {
            drawn.begin(people(count), 5);
            drawn.more();
        }
        let mut numbers: Vec<u32> = drawn.old().iter().map(|old| old.number).collect();
        assert!(numbers.len() > 1 && drawn.old().iter().all(|old| !old.blocks.is_empty()), "{numbers:?}");
        numbers.push(drawn.present().number);
        assert!(numbers.is_sorted_by(|one, next| one < next), "each has its own: {numbers:?}");
        settle(&mut drawn);
        assert_eq!((blocks(&drawn), drawn.old().len()), (125, 0));
    }

    #[test]
    fn a_row_far_down_is_drawn_when_it_is_asked_for() {
        let mut drawn = Drawn::new();
        drawn.begin(people(100), 8);
        drawn.reach(99);
        assert_eq!(blocks(&drawn), 13);
        drawn.begin(people(100), 8);
        for (row, drawn_then) in [(7, 1), (8, 2), (0, 2), (99, 13)] {
            drawn.reach(row);
            assert_eq!(blocks(&drawn), drawn_then, "{row}");
        }
    }

    #[test]
    fn the_near_ones_are_filled_and_on_paper_all() {
        let mut drawn = Drawn::new();
        drawn.begin(people(100), 8);
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
        assert_eq!((blocks(&drawn), filled(&drawn)), (12, vec![4, 5, 6]));
        assert!(drawn.is_whole());
    }
}
