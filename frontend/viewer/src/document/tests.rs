use super::*;
use proptest::prelude::*;

/// A document of some pages of one size, each with a black square.
fn squares(pages: usize, across: u32, down: u32) -> Vec<u8> {
    let content = "0 0 0 rg 10 10 40 40 re f";
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 4)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.join(" ")),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let page = format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across} {down}] /Contents 3 0 R >>");
    objects.extend(std::iter::repeat_n(page, pages));
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
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

fn pixel(picture: &Picture, x: u32, y: u32) -> &[u8] {
    let at = 4 * (y * picture.width + x) as usize;
    &picture.pixels[at..at + 4]
}

#[test]
fn a_page_is_drawn_as_wide_as_asked() {
    let document = Document::open(squares(1, 100, 200)).unwrap();
    assert_eq!(document.sizes(), [(100.0, 200.0)]);
    let picture = document.draw(0, 300.0).unwrap();
    assert_eq!((picture.width, picture.height), (300, 600));
    assert_eq!(pixel(&picture, 90, 500), [0, 0, 0, 255], "ink");
    assert_eq!(pixel(&picture, 200, 100), [255, 255, 255, 255], "paper");
    assert!(document.draw(1, 300.0).is_none());
}

#[test]
fn three_hundred_pages_can_be_opened_in_any_order() {
    let document = Document::open(squares(300, 595, 842)).unwrap();
    assert_eq!(document.sizes().len(), 300);
    for page in [299, 0, 150] {
        assert!(document.draw(page, 60.0).is_some());
    }
    assert!(document.draw(300, 60.0).is_none());
}

#[test]
fn no_picture_is_larger_than_the_limit() {
    let document = Document::open(squares(1, 14_000, 14_000)).unwrap();
    let picture = document.draw(0, 1e9).unwrap();
    assert!(u64::from(picture.width) * u64::from(picture.height) <= MOST_PIXELS as u64);
    for width in [0.0, -1.0, f32::NAN] {
        assert!(document.draw(0, width).is_none());
    }
}

#[test]
fn what_is_no_document_is_said_to_be_none() {
    assert_eq!(Document::open(Vec::new()).err(), Some(Broken::Unreadable));
    assert_eq!(
        Document::open(b"%PDF-1.7\nstartxref\n999999\n%%EOF\n".to_vec()).err(),
        Some(Broken::Unreadable)
    );
    assert!(Document::open(squares(0, 1, 1)).is_err());
}

proptest! {
    /// Wherever a file is cut off or damaged, opening and drawing it ends without a panic.
    #[test]
    fn no_damage_breaks_it(at in 0usize..600, byte in any::<u8>(), cut in any::<bool>()) {
        let mut file = squares(2, 50, 50);
        let at = at % file.len();
        if cut { file.truncate(at) } else { file[at] = byte }
        if let Ok(document) = Document::open(file) {
            let _ = document.draw(0, 20.0);
        }
    }
}
