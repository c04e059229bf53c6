//! Originals with something the matter.

/// The first half of a file: nothing of what it says about itself can be trusted.
pub(super) fn broken(file: &[u8]) -> Vec<u8> {
    // The head stays, so that it claims to be what it is not.
    let mut half = file[..file.len().min(1_024)].to_vec();
    half.extend_from_slice(b"\nstartxref\n999999\n%%EOF\n");
    half
}

/// A page with a line of Latin text, and scripts wherever the format takes them: on opening, on the page, on
/// a link, in the tree of names. A viewer that ran one would be seen to: it would ask for `/sent`.
pub(super) fn scripted() -> Vec<u8> {
    let script =
        "(app.alert\\('kakehashi'\\); this.submitForm\\({cURL: '/sent'}\\); app.launchURL\\('/sent'\\);)";
    let content = "BT /F1 24 Tf 60 760 Td (This page has scripts.) Tj ET";
    let action = format!("<< /S /JavaScript /JS {script} >>");
    let objects = [
        format!(
            "<< /Type /Catalog /Pages 2 0 R /OpenAction {action} /AA << /WC {action} >> \
             /Names << /JavaScript << /Names [(a) {action}] >> >> >>"
        ),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /AA << /O {action} >> \
             /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R] >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A {action} >>"),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    file.extend(end.bytes());
    file
}
