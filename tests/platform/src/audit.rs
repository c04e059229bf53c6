//! 閲覧の記録: every look and every change is a line, also one that was refused.

mod line;

pub(crate) use line::Line;
