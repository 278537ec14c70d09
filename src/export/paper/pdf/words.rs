//! The words a paper on pages has beside its own.

use super::super::PaperLanguage;

/// What stands above the table of contents.
pub fn contents(language: PaperLanguage) -> &'static str {
    match language {
        PaperLanguage::English => "Contents",
        PaperLanguage::French => "Table des matières",
        PaperLanguage::Spanish => "Índice",
        PaperLanguage::Russian => "Содержание",
        PaperLanguage::Arabic => "المحتويات",
        PaperLanguage::Chinese => "目录",
    }
}

/// What stands before, between and after the number of a page and the number of pages.
pub fn page_of(language: PaperLanguage) -> [&'static str; 3] {
    match language {
        PaperLanguage::English => ["page ", " of ", ""],
        PaperLanguage::French => ["page ", " sur ", ""],
        PaperLanguage::Spanish => ["página ", " de ", ""],
        PaperLanguage::Russian => ["стр. ", " из ", ""],
        PaperLanguage::Arabic => ["صفحة ", " من ", ""],
        PaperLanguage::Chinese => ["第 ", " 页，共 ", " 页"],
    }
}

/// What the mark of an organisation is called for those who cannot see it, before the name of the organisation.
pub fn logo_of(language: PaperLanguage) -> &'static str {
    match language {
        PaperLanguage::English => "Logo",
        PaperLanguage::French => "Logo",
        PaperLanguage::Spanish => "Logotipo",
        PaperLanguage::Russian => "Логотип",
        PaperLanguage::Arabic => "شعار",
        PaperLanguage::Chinese => "标志",
    }
}
