//! 要介護認定の進捗: the cases of an office's clients, what is new since it last asked, and the events of one
//! person.

mod events;
pub(crate) mod keep;
mod list;
pub(crate) mod look;
pub(crate) mod pace;

pub(crate) use events::events;
pub(crate) use list::list;
pub(crate) use pace::Paces;
