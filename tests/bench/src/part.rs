//! Parts of a sample.

/// The value below which such a part of all lies.
pub(crate) fn part(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "there are some thousands")]
    let at = (sorted.len() as f64 * share).floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is none below 0")]
    let at = at as usize;
    sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_hundred() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(part(&values, 0.0), 1.0);
        assert_eq!(part(&values, 0.5), 51.0);
        assert_eq!(part(&values, 0.95), 96.0);
        assert_eq!(part(&values, 1.0), 100.0);
        assert_eq!(part(&[7.0], 0.95), 7.0);
        assert!(part(&[], 0.5).is_nan());
    }
}
