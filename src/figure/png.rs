//! SVG → PNG, drawn with the bundled faces and nothing from the machine, so that it is the same everywhere.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::font;

/// Pixels for each unit of the drawing: 1600 across, enough for a page in print.
const SCALE: f32 = 2.0;

static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut faces = Database::new();
    for face in font::FACES {
        faces.load_font_data(face.to_vec());
    }
    Arc::new(faces)
});

/// Why a drawing cannot be made a picture: a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    #[error("the drawing is not SVG as it should be: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("the drawing is too large for a picture: {0} × {1} pixels")]
    Size(u32, u32),
    #[error("the picture cannot be written: {0}")]
    Encoding(String),
}

/// The bytes of a PNG file of a drawing.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, PngError> {
    let options = Options { fontdb: FACES.clone(), font_family: "Inter".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let [width, height] = [size.width(), size.height()].map(|side| (side * SCALE).ceil() as u32);
    let mut picture = Pixmap::new(width, height).ok_or(PngError::Size(width, height))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    picture.encode_png().map_err(|error| PngError::Encoding(error.to_string()))
}
