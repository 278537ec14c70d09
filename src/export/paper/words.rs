//! The few words that formats add themselves, in the languages of papers.

use super::{PaperLanguage, Role};

/// Words of one language.
pub(super) struct Words {
    /// Over the table of contents.
    pub contents: &'static str,
    /// Over the footnotes, where a format gathers them.
    pub notes: &'static str,
    /// A footnote, in front of its number.
    pub note: &'static str,
    /// What leads from a footnote back to where it stands.
    pub back: &'static str,
    /// In front of the number of a page, between it and the number of pages, and behind that.
    pub page: [&'static str; 3],
    /// What the mark of an organisation is called for those who cannot see it, before the name of the organisation.
    pub logo: &'static str,
    /// What a paper without a title is called.
    pub untitled: &'static str,
    /// The heads of a sheet that holds a text: heading, kind, text.
    pub sheet: [&'static str; 3],
}

/// The words of a language.
pub(super) fn words(language: PaperLanguage) -> &'static Words {
    match language {
        PaperLanguage::English => &Words {
            contents: "Contents",
            notes: "Notes",
            note: "Note",
            back: "Back to the text",
            page: ["Page ", " of ", ""],
            logo: "Logo",
            untitled: "Submission",
            sheet: ["Heading", "Kind", "Text"],
        },
        PaperLanguage::French => &Words {
            contents: "Table des matières",
            notes: "Notes",
            note: "Note",
            back: "Retour au texte",
            page: ["Page ", " sur ", ""],
            logo: "Logo",
            untitled: "Contribution",
            sheet: ["Titre", "Nature", "Texte"],
        },
        PaperLanguage::Spanish => &Words {
            contents: "Índice",
            notes: "Notas",
            note: "Nota",
            back: "Volver al texto",
            page: ["Página ", " de ", ""],
            logo: "Logotipo",
            untitled: "Contribución",
            sheet: ["Título", "Clase", "Texto"],
        },
        PaperLanguage::Russian => &Words {
            contents: "Содержание",
            notes: "Примечания",
            note: "Примечание",
            back: "Назад к тексту",
            page: ["Страница ", " из ", ""],
            logo: "Логотип",
            untitled: "Представление",
            sheet: ["Заголовок", "Вид", "Текст"],
        },
        PaperLanguage::Arabic => &Words {
            contents: "المحتويات",
            notes: "الحواشي",
            note: "حاشية",
            back: "العودة إلى النص",
            page: ["صفحة ", " من ", ""],
            logo: "شعار",
            untitled: "مذكرة",
            sheet: ["العنوان", "النوع", "النص"],
        },
        PaperLanguage::Chinese => &Words {
            contents: "目录",
            notes: "注释",
            note: "注",
            back: "返回正文",
            page: ["第 ", " 页，共 ", " 页"],
            logo: "标志",
            untitled: "意见书",
            sheet: ["标题", "类别", "正文"],
        },
    }
}

/// What a paragraph is, in a word.
pub(super) fn role(language: PaperLanguage, role: Role) -> &'static str {
    let column = match role {
        Role::Body => 0,
        Role::Quote => 1,
        Role::Proposal => 2,
        Role::Ask => 3,
        Role::Label => 4,
        Role::Since => 5,
    };
    let words = match language {
        PaperLanguage::English => {
            ["Comment", "Quotation", "Proposed text", "Recommendation", "Details", "Since earlier drafts"]
        }
        PaperLanguage::French => [
            "Commentaire",
            "Citation",
            "Texte proposé",
            "Recommandation",
            "Précisions",
            "Depuis les projets antérieurs",
        ],
        PaperLanguage::Spanish => {
            ["Comentario", "Cita", "Texto propuesto", "Recomendación", "Detalles", "Desde los proyectos anteriores"]
        }
        PaperLanguage::Russian => [
            "Комментарий",
            "Цитата",
            "Предлагаемый текст",
            "Рекомендация",
            "Сведения",
            "По сравнению с прежними проектами",
        ],
        PaperLanguage::Arabic => ["تعليق", "اقتباس", "النص المقترح", "التوصية", "تفاصيل", "مقارنةً بالمشاريع السابقة"],
        PaperLanguage::Chinese => ["评述", "引文", "拟议案文", "建议", "说明", "与此前草案相比"],
    };
    words[column]
}
