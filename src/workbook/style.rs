//! How cells look: rules above and below, shaded headings, grey symbols.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::table::RowKind;

/// The shade behind headings.
const SHADE: Color = Color::RGB(0xE8_EE_F2);
/// A rule between rows.
const RULE: Color = Color::RGB(0x8A_9A_A5);
/// Symbols, notes.
const GREY: Color = Color::RGB(0x55_5F_66);

/// The title above a table.
pub fn title() -> Format {
    Format::new().set_bold().set_font_size(13).set_text_wrap().set_align(FormatAlign::Top)
}

/// A sentence that has to be read first, such as that the people are made up.
pub fn notice() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0xFF_F4_D6))
}

/// A paragraph.
pub fn note() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color(GREY)
}

/// A line of words in a list.
pub fn entry() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// A link in a list.
pub fn link() -> Format {
    Format::new().set_hyperlink().set_align(FormatAlign::Top)
}

/// A heading above a list.
pub fn list_heading() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(SHADE)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(RULE)
}

/// A heading above columns.
pub fn heading(align: FormatAlign) -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_background_color(SHADE)
        .set_align(align)
        .set_align(FormatAlign::Bottom)
        .set_border_top(FormatBorder::Thin)
        .set_border_top_color(RULE)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(RULE)
}

/// Where a row stands, as far as its looks depend on it.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub kind: RowKind,
    /// The first row of those that are set apart from what is above.
    pub first_foot: bool,
    pub last: bool,
    /// In a column of words rather than numbers.
    pub prose: bool,
}

impl Place {
    fn format(self) -> Format {
        let mut format = Format::new().set_align(FormatAlign::Top);
        if self.kind == RowKind::Section {
            format = format.set_bold().set_background_color(Color::RGB(0xF4_F6_F8));
        }
        if self.first_foot {
            format = format.set_border_top(FormatBorder::Thin).set_border_top_color(RULE);
        }
        if self.last {
            format = format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
        }
        format
    }

    /// What names the row; what stands first is indented below a section's heading.
    pub fn head(self, first: bool) -> Format {
        let format = self.format().set_align(FormatAlign::Left).set_text_wrap();
        if first && self.kind == RowKind::Inner { format.set_indent(1) } else { format }
    }

    /// A cell without anything in it.
    pub fn empty(self) -> Format {
        self.format()
    }

    pub fn number(self, number_format: &str) -> Format {
        self.format().set_align(FormatAlign::Right).set_num_format(number_format)
    }

    pub fn words(self) -> Format {
        match self.prose {
            true => self.format().set_align(FormatAlign::Left).set_text_wrap(),
            false => self.format().set_align(FormatAlign::Right),
        }
    }

    /// What is not a number: confidential, not possible, not available.
    pub fn symbol(self) -> Format {
        self.format().set_align(FormatAlign::Right).set_font_color(GREY)
    }
}
