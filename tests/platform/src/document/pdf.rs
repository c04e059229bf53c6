//! Lines of words onto pages of A4, with 「見本」 across each. The font is a part of Noto Sans CJK JP
//! (`fonts/`, SIL Open Font License 1.1) and goes into the file as far as it is used.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Transform};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

/// One line of a paper.
#[derive(Debug, Clone)]
pub(super) enum Row {
    /// What the sheet is.
    Title(String),
    /// A section.
    Heading(String),
    /// A label and what was filled in.
    Pair(String, String),
    /// Words over the whole width.
    Text(String),
    /// A new sheet.
    Break,
}

const FONT: &[u8] = include_bytes!("../../fonts/sample.otf");
/// Every character the font has.
const CHARACTERS: &str = include_str!("../../fonts/sample.txt");
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 42.0;
/// Where the answers begin.
const ANSWERS: f32 = 230.0;

/// A line as it is placed: how far down, and what.
struct Placed {
    y: f32,
    x: f32,
    size: f32,
    words: String,
    rule: bool,
}

/// Lines of a page that is there for the number of pages only.
const FILLING: usize = 6;

/// Writes the rows; after them the beginnings of their pages over and over, until there are at least `pages`.
pub(super) fn write(rows: &[Row], pages: usize) -> Vec<u8> {
    let once = place(rows);
    let many = pages.max(once.len());
    let mut document = Document::new();
    if let Some(font) = Font::new(FONT.to_vec().into(), 0) {
        for (number, page) in once.iter().cycle().take(many).enumerate() {
            let lines = if number < once.len() { page.len() } else { page.len().min(FILLING) };
            sheet(&mut document, &font, page.get(..lines).unwrap_or(page), (number + 1, many));
        }
    }
    // Without text to write there is nothing that could fail; an empty file would be seen by the tests.
    document.finish().unwrap_or_default()
}

/// Pages of the rows, written once.
pub(super) fn pages(rows: &[Row]) -> usize {
    place(rows).len()
}

fn sheet(document: &mut Document, font: &Font, page: &[Placed], (number, many): (usize, usize)) {
    let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT) else { return };
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    sample(&mut surface, font);
    ink(&mut surface, 0);
    for one in page {
        say(&mut surface, font, (one.x, one.y), one.size, &one.words);
        if one.rule
            && let Some(path) = rule(one.y + 5.0)
        {
            surface.set_fill(None);
            let paint = rgb::Color::new(150, 150, 150).into();
            surface.set_stroke(Some(Stroke { paint, width: 0.5, ..Stroke::default() }));
            surface.draw_path(&path);
            surface.set_stroke(None);
            ink(&mut surface, 0);
        }
    }
    say(&mut surface, font, (MARGIN, HEIGHT - 24.0), 8.0, "架空の人の書類(見本)");
    say(&mut surface, font, (WIDTH - MARGIN - 60.0, HEIGHT - 24.0), 8.0, &format!("{number} / {many} 頁"));
    surface.finish();
    sheet.finish();
}

/// 「見本」 across the page.
fn sample(surface: &mut Surface<'_>, font: &Font) {
    ink(surface, 225);
    surface.push_transform(&Transform::from_rotate_at(-35.0, WIDTH / 2.0, HEIGHT / 2.0));
    say(surface, font, (110.0, HEIGHT / 2.0 + 60.0), 190.0, "見本");
    surface.pop();
}

fn ink(surface: &mut Surface<'_>, grey: u8) {
    let paint = rgb::Color::new(grey, grey, grey).into();
    surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, ..Fill::default() }));
}

fn say(surface: &mut Surface<'_>, font: &Font, (x, y): (f32, f32), size: f32, words: &str) {
    surface.draw_text(Point::from_xy(x, y), font.clone(), size, words, false, TextDirection::LeftToRight);
}

fn rule(y: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(MARGIN, y);
    path.line_to(WIDTH - MARGIN, y);
    path.finish()
}

/// Places the rows on pages.
fn place(rows: &[Row]) -> Vec<Vec<Placed>> {
    let mut pages = vec![Vec::new()];
    let mut y = MARGIN;
    for row in rows {
        let (size, x, label, words, rule) = match row {
            Row::Title(words) => (16.0, MARGIN, "", words, true),
            Row::Heading(words) => (11.0, MARGIN, "", words, false),
            Row::Pair(label, words) => (9.0, ANSWERS, label.as_str(), words, true),
            Row::Text(words) => (9.0, MARGIN, "", words, false),
            Row::Break => {
                pages.push(Vec::new());
                y = MARGIN;
                continue;
            }
        };
        let left = wrapped(label, size, ANSWERS - MARGIN - 8.0);
        let right = wrapped(words, size, WIDTH - MARGIN - x);
        let lines = left.len().max(right.len()).max(1);
        let step = size * 1.5;
        if y + step * lines as f32 > HEIGHT - 48.0 {
            pages.push(Vec::new());
            y = MARGIN;
        }
        let Some(page) = pages.last_mut() else { break };
        y += size * 0.5;
        for line in 0..lines {
            y += step;
            for (x, words) in [(MARGIN, left.get(line)), (x, right.get(line))] {
                if let Some(words) = words {
                    page.push(Placed { y, x, size, words: words.clone(), rule: rule && line + 1 == lines });
                }
            }
        }
    }
    pages
}

/// Breaks words to a width: a letter of the Latin alphabet is about half as wide as a kana.
fn wrapped(words: &str, size: f32, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut filled) = (String::new(), 0.0);
    for c in words.chars().map(drawable) {
        let wide = size * if c.is_ascii() { 0.6 } else { 1.0 };
        if filled + wide > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            filled = 0.0;
        }
        line.push(c);
        filled += wide;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A character the font has, or the sign for one it has not.
pub(super) fn drawable(c: char) -> char {
    if CHARACTERS.contains(c) { c } else { '〓' }
}
