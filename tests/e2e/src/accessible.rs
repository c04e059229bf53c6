//! axe-core as the judge of every page (JIS X 8341-3, WCAG 2.2 A and AA).

use crate::{Browser, Outcome};

impl Browser {
    /// Lets axe-core read the page as it stands and demands that it finds nothing.
    ///
    /// # Errors
    /// With what it found and where.
    pub async fn accessible(&self) -> Outcome {
        let path =
            std::env::var("KAKEHASHI_AXE").map_err(|_| "KAKEHASHI_AXE names no axe.min.js; run: make e2e")?;
        let source = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        self.script(&source).await?;
        let run = "return axe.run(document, {resultTypes: ['violations'], runOnly: \
                   ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})\
                   .then(r => r.violations.map(v => v.id + ' (' + v.impact + '): ' + v.help + ' → ' \
                   + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0] ? n.any[0].message : '')).join(' ; ')))";
        let found = self.script(run).await?;
        match found.as_array() {
            Some(list) if list.is_empty() => Ok(()),
            Some(list) => {
                let lines: Vec<_> = list.iter().filter_map(|line| line.as_str()).collect();
                Err(format!("axe-core found:\n{}", lines.join("\n")).into())
            }
            None => Err("axe-core gave no answer".into()),
        }
    }
}
