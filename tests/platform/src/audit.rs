//! 閲覧の記録: every look and every change is a line, also one that was refused.

mod lately;
mod line;
mod list;
mod page;

#[cfg(test)]
pub(crate) use lately::LATELY;
pub(crate) use lately::seen_lately;
pub(crate) use line::Line;
pub(crate) use list::list;
