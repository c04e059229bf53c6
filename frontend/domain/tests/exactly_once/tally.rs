//! How often what happened.

/// Counts of one or many courses.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally {
    pub(crate) confirmed: u64,
    pub(crate) double_clicks: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    pub(crate) out_of_order: u64,
    pub(crate) timed_out: u64,
    pub(crate) server_died_before: u64,
    pub(crate) server_died_after: u64,
    pub(crate) session_over: u64,
    pub(crate) unavailable: u64,
    pub(crate) tab_crashed: u64,
    pub(crate) power_cut: u64,
    pub(crate) write_lost: u64,
    pub(crate) disk_full: u64,
    pub(crate) second_tab: u64,
    pub(crate) clock_jumped: u64,
    pub(crate) given_up: u64,
    pub(crate) filed: u64,
    pub(crate) refused: u64,
    pub(crate) void: u64,
    pub(crate) given_up_yet_filed: u64,
}

macro_rules! fields {
    ($tally:expr, $each:ident) => {
        $each!(
            $tally,
            confirmed,
            double_clicks,
            lost,
            doubled,
            out_of_order,
            timed_out,
            server_died_before,
            server_died_after,
            session_over,
            unavailable,
            tab_crashed,
            power_cut,
            write_lost,
            disk_full,
            second_tab,
            clock_jumped,
            given_up,
            filed,
            refused,
            void,
            given_up_yet_filed
        )
    };
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        macro_rules! add {
            ($tally:expr, $($field:ident),*) => {{ $($tally.$field += other.$field;)* }};
        }
        fields!(self, add);
    }

    /// Each with its name.
    pub(crate) fn all(&self) -> Vec<(&'static str, u64)> {
        macro_rules! all {
            ($tally:expr, $($field:ident),*) => { vec![$((stringify!($field), $tally.$field)),*] };
        }
        fields!(self, all)
    }
}
