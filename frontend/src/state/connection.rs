//! What is known of the way to the upstream, learnt from the calls that were made anyway.

use crate::service::problem::Problem;

/// Whether something was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Not tried yet, or something before it failed.
    #[default]
    Unknown,
    /// The last call reached it.
    Up,
    /// The last call did not.
    Down,
}

/// The two stations on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Connection {
    /// The office's relay.
    pub relay: Reach,
    /// 介護情報基盤.
    pub upstream: Reach,
}

impl Connection {
    /// What a failure says of the stations.
    #[must_use]
    pub fn after(self, problem: &Problem) -> Self {
        match problem.code.as_ref() {
            "APP-001" | "APP-002" | "APP-003" => Self { relay: Reach::Down, upstream: Reach::Unknown },
            "RLY-031" | "RLY-032" | "RLY-033" | "RLY-041" | "RLY-042" | "RLY-043" | "RLY-044" | "UPS-503" => {
                Self { relay: Reach::Up, upstream: Reach::Down }
            }
            code if code.starts_with("UPS-") => Self { relay: Reach::Up, upstream: Reach::Up },
            code if code.starts_with("RLY-") => Self { relay: Reach::Up, ..self },
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_points_at_its_station() {
        let after = |code| Connection::default().after(&Problem::new(code));
        assert_eq!(after("APP-001"), Connection { relay: Reach::Down, upstream: Reach::Unknown });
        assert_eq!(after("RLY-042"), Connection { relay: Reach::Up, upstream: Reach::Down });
        assert_eq!(after("UPS-111"), Connection { relay: Reach::Up, upstream: Reach::Up });
        assert_eq!(after("RLY-005").upstream, Reach::Unknown);
        assert_eq!(after("CARD-001"), Connection::default());
    }
}
