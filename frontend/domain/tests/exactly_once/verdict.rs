//! What must hold after a course.

use crate::server::Server;
use crate::world::Draft;

/// Whether nothing was lost, doubled or told wrongly.
pub(crate) fn of(drafts: &[Draft], server: &Server) -> Result<(), String> {
    for (at, draft) in drafts.iter().enumerate() {
        let there: Vec<_> = server.filings.iter().filter(|filed| filed.draft == at).collect();
        if there.len() > 1 {
            return Err(format!("filing {at} exists {} times", there.len()));
        }
        if there.iter().any(|filed| filed.content != draft.content) {
            return Err(format!("filing {at} is not whole"));
        }
        if draft.told_filed && there.is_empty() {
            return Err(format!("filing {at} was told as filed and does not exist"));
        }
        if draft.told_failed && !there.is_empty() {
            return Err(format!("filing {at} was told as not filed and exists"));
        }
        match &draft.kept {
            Some(kept) if !draft.told_filed && !draft.told_failed => {
                return Err(format!("filing {at} is without an end: {:?}", kept.phase));
            }
            None if !there.is_empty() => {
                return Err(format!("filing {at} exists and was never confirmed"));
            }
            _ => {}
        }
    }
    Ok(())
}
