//! docs/access.md as it is read: what each cell says, and on which conditions.

use kakehashi_domain::upstream::{Job, ServiceType};

const TEXT: &str = include_str!("../../../../docs/access.md");
const SERVICES: [ServiceType; 6] = [
    ServiceType::CareManagement,
    ServiceType::CommunitySupport,
    ServiceType::DayService,
    ServiceType::HomeVisit,
    ServiceType::Clinic,
    ServiceType::Municipality,
];

/// One cell.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) information: String,
    pub(crate) service: ServiceType,
    pub(crate) job: Option<Job>,
    /// The conditions as the document names them, in order; `None` for ×.
    pub(crate) conditions: Option<Vec<String>>,
}

fn fields(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

/// Every cell of a section.
fn section(name: &str, text: &str) -> Vec<Cell> {
    let rows: Vec<_> = text.lines().filter(|line| line.starts_with('|')).map(fields).collect();
    let conditions = |note: &str| -> Vec<String> {
        let row = rows.iter().find(|row| row.len() == 4 && row[0] == note).unwrap();
        row[1].split('、').filter(|one| *one != "—").map(str::to_owned).collect()
    };
    let heads = &rows[0];
    for (head, service) in heads[1..].iter().zip(SERVICES) {
        assert_eq!(*head, service.name());
    }
    let mut cells = Vec::new();
    for row in rows.iter().filter(|row| row.len() == heads.len()).skip(2) {
        let job = Job::ALL.iter().copied().find(|job| job.name() == row[0]);
        assert!(job.is_some() || row[0] == "職種なし", "{row:?}");
        for (text, service) in row[1..].iter().zip(SERVICES) {
            let (mark, note) = text.split_once(' ').unwrap();
            let conditions = (mark == "○").then(|| conditions(note));
            cells.push(Cell { information: name.to_owned(), service, job, conditions });
        }
    }
    cells
}

/// Every cell of the document.
pub(crate) fn cells() -> Vec<Cell> {
    let (tables, _) = TEXT.split_once("## Conditions").unwrap();
    let sections = tables.split("\n## ").skip(1);
    sections.flat_map(|text| text.split_once('\n').map(|(name, text)| section(name, text)).unwrap()).collect()
}

#[test]
fn the_document_has_every_cell() {
    let cells = cells();
    assert_eq!(cells.len(), 5 * 6 * (Job::ALL.len() + 1));
    let open = cells.iter().filter(|cell| cell.conditions.is_some()).count();
    assert_eq!(open, 4 * 12 + 4 * (2 + 5 + 1));
}
