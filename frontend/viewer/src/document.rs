//! One document.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use std::sync::Arc;

/// More pages than this are not opened.
pub const MOST_PAGES: usize = 5_000;
/// A picture never has more pixels than this (64 MB).
pub const MOST_PIXELS: f32 = 16_000_000.0;

/// A document that could be opened.
///
/// Between two pages only the file itself is kept. It is read anew for each page, which takes a millisecond,
/// so that a document of three hundred pages needs no more memory than its largest page.
pub struct Document {
    file: Arc<Vec<u8>>,
    sizes: Vec<(f32, f32)>,
}

/// Why a document cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It is no PDF, or too damaged.
    Unreadable,
    /// It is protected by a password.
    Locked,
    /// It has no pages, or more than are opened.
    Pages,
}

/// A page, drawn.
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green, blue, alpha; line by line from the top.
    pub pixels: Vec<u8>,
}

impl Document {
    /// Opens a file.
    ///
    /// # Errors
    /// When nothing of it can be shown.
    pub fn open(file: Vec<u8>) -> Result<Self, Broken> {
        let file = Arc::new(file);
        let pdf = read(&file)?;
        let pages = pdf.pages();
        if pages.is_empty() || pages.len() > MOST_PAGES {
            return Err(Broken::Pages);
        }
        let sizes = pages.iter().map(|page| page.render_dimensions()).collect();
        Ok(Self { file, sizes })
    }

    /// Width and height of each page, in points.
    pub fn sizes(&self) -> &[(f32, f32)] {
        &self.sizes
    }

    /// Draws a page (from 0) so many pixels wide, or less where it would be too large. `None` when there is no
    /// such page or it has no size.
    pub fn draw(&self, page: usize, width: f32) -> Option<Picture> {
        let (across, down) = *self.sizes.get(page)?;
        let scale = scale(across, down, width)?;
        let pdf = read(&self.file).ok()?;
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let (interpreter, drawing) = (InterpreterSettings::default(), RenderSettings::default());
        let pages = pdf.pages();
        let cache = RenderCache::new();
        let pixmap = render(pages.get(page)?, &cache, &interpreter, &drawing, &settings);
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        Some(Picture { width, height, pixels: pixmap.data_as_u8_slice().to_vec() })
    }
}

fn read(file: &Arc<Vec<u8>>) -> Result<Pdf, Broken> {
    Pdf::new(Arc::clone(file)).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Broken::Locked,
        LoadPdfError::Invalid => Broken::Unreadable,
    })
}

/// How much larger than on paper (72 points an inch); `None` where nothing could be drawn.
fn scale(across: f32, down: f32, width: f32) -> Option<f32> {
    if !(across.is_finite() && down.is_finite() && across >= 1.0 && down >= 1.0 && width >= 1.0) {
        return None;
    }
    let side = f32::from(u16::MAX);
    let least = (MOST_PIXELS / (across * down)).sqrt().min(side / across).min(side / down);
    let scale = (width / across).min(least);
    (across * scale >= 1.0 && down * scale >= 1.0).then_some(scale)
}

#[cfg(test)]
mod tests;
