//! 認定調査票, 主治医意見書 and 判定結果: what there is of a person, what may be opened, and opening it.
//!
//! Nothing is stored of them: [`source`] says from the cases and applications which papers there are, and
//! [`document`](crate::document) makes them, the same each time.

pub(crate) mod course;
mod judged;
mod list;
mod made;
mod open;
mod originals;
mod source;
mod still;

pub(crate) use list::list;
pub(crate) use open::open;
pub(crate) use originals::Originals;
pub(crate) use still::still;
