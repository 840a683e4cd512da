//! What the typesetter sees: four fonts, the templates, one file of data. No disk, no network, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Liberation Serif has the widths of Times New Roman, which NĐ 30/2020 asks for, and every Vietnamese letter.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// Templates by name.
const TEMPLATES: [(&str, &str); 4] = [
    ("form.typ", include_str!("../templates/form.typ")),
    ("receipt.typ", include_str!("../templates/receipt.typ")),
    ("slip.typ", include_str!("../templates/slip.typ")),
    ("statement.typ", include_str!("../templates/statement.typ")),
];

/// Where a template finds its data.
const DATA: &str = "data.json";

/// What all papers share.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
    data: FileId,
}

static SHOP: LazyLock<Shop> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS
        .into_iter()
        .filter_map(|bytes| Font::new(Bytes::new(bytes), 0))
        .collect();
    let sources = TEMPLATES
        .into_iter()
        .map(|(name, text)| Source::new(file(name), text.to_owned()));
    Shop {
        library: LazyHash::new(<Library as LibraryExt>::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        sources: sources.collect(),
        data: file(DATA),
        fonts,
    }
});

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain name is a path");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// Whether the fonts have a shape for a character.
pub fn is_printable(c: char) -> bool {
    SHOP.fonts
        .iter()
        .all(|font| font.info().coverage.contains(u32::from(c)))
}

/// One paper's world.
pub struct PaperWorld {
    main: FileId,
    data: Bytes,
}

impl PaperWorld {
    /// A template with its data, JSON.
    pub fn new(template: &str, data: Vec<u8>) -> Self {
        Self {
            main: file(template),
            data: Bytes::new(data),
        }
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHOP.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHOP.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SHOP.sources
            .iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHOP.data {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHOP.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
