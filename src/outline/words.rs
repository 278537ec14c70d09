//! The words drafts are built of, one entry a language.
//!
//! Everything is in lower case; several words are divided by `|`. To add a language, add an entry.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::ProvisionKind;

/// What one language calls things.
pub(super) struct Words {
    /// BCP 47.
    pub tag: &'static str,
    /// Over an article.
    pub article: &'static str,
    /// Over several articles at once: `Articles 12 to 14 [deleted]`.
    pub articles: &'static str,
    pub part: &'static str,
    pub title: &'static str,
    pub chapter: &'static str,
    pub section: &'static str,
    pub annex: &'static str,
    pub preamble: &'static str,
    /// What stands after a number where an article is only referred to: `Article 5 paragraph 2`.
    pub reference: &'static str,
    /// First, second, third …, in the forms that stand beside a division's word.
    pub ordinals: &'static [&'static str],
    /// How one of several texts is introduced.
    pub option: &'static str,
    /// What is written for a provision that is no longer there or not yet.
    pub deleted: &'static str,
    /// What is written for words still to come.
    pub placeholder: &'static str,
    /// What negotiators write behind settled words.
    pub agreed: &'static str,
    /// How the end of a preamble begins.
    pub enacting: &'static str,
    /// How preambular paragraphs begin, besides participles.
    pub whereas: &'static str,
    /// How the words after the last article begin.
    pub closing: &'static str,
    /// Over a table of contents.
    pub contents: &'static str,
    /// What instruments are called.
    pub instrument: &'static str,
}

/// All languages the recognizer knows.
#[rustfmt::skip]
pub(super) static LANGUAGES: &[Words] = &[
    Words {
        tag: "en", article: "article|art", articles: "articles|arts", part: "part", title: "title",
        chapter: "chapter", section: "section", annex: "annex|appendix|schedule|attachment", preamble: "preamble",
        reference: "paragraph|paragraphs|para|subparagraph|point|above|below|of",
        ordinals: &["one|first", "two|second", "three|third", "four|fourth", "five|fifth", "six|sixth", "seven|seventh",
            "eight|eighth", "nine|ninth", "ten|tenth", "eleven|eleventh", "twelve|twelfth"],
        option: "option|alternative|alt|variant", deleted: "deleted|reserved|merged with|moved to|intentionally left blank|withdrawn|repealed",
        placeholder: "placeholder|to be |tbd|tbc|insert|op –|op -", agreed: "agreed|ad ref",
        enacting: "have agreed|has agreed|have adopted|has adopted|have decided|agree as follows|have concluded|hereby agree|have resolved|do agree",
        whereas: "whereas|mindful|aware|conscious|in pursuit|pursuant|having regard|bearing in mind|in view of|anxious|with a view",
        closing: "in witness whereof|done at|done in|in faith whereof|this regulation shall be binding|this directive is addressed|this decision shall enter",
        contents: "contents|table of contents|index", instrument: "convention|agreement|treaty|protocol|regulation|directive|charter|covenant|statute|pact|accord|instrument|decision|resolution",
    },
    Words {
        tag: "fr", article: "article|art", articles: "articles", part: "partie", title: "titre", chapter: "chapitre",
        section: "section", annex: "annexe|appendice", preamble: "préambule|preambule",
        reference: "paragraphe|paragraphes|alinéa|point|par|de|du|des",
        ordinals: &["premier|première|unique", "deux|deuxième|second|seconde", "trois|troisième", "quatre|quatrième", "cinq|cinquième",
            "six|sixième", "sept|septième", "huit|huitième", "neuf|neuvième", "dix|dixième", "onze|onzième", "douze|douzième"],
        option: "option|variante", deleted: "supprimé|supprimée|supprimés|supprimées|réservé|réservée", placeholder: "à compléter|à insérer|réserve",
        agreed: "convenu|approuvé ad ref", enacting: "sont convenus|sont convenues|ont adopté|a adopté|ont arrêté",
        whereas: "considérant|vu |conscients|conscientes|désireux|désireuses|ayant|eu égard|soucieux|soucieuses|attendu|convaincus|convaincues",
        closing: "en foi de quoi|fait à", contents: "table des matières|sommaire",
        instrument: "convention|accord|traité|protocole|règlement|directive|charte|pacte|statut|décision|résolution",
    },
    Words {
        tag: "es", article: "artículo|articulo|art", articles: "artículos", part: "parte", title: "título|titulo",
        chapter: "capítulo|capitulo", section: "sección|seccion", annex: "anexo|apéndice", preamble: "preámbulo|preambulo",
        reference: "párrafo|párrafos|apartado|inciso|de|del",
        ordinals: &["primero|primera|único", "segundo|segunda", "tercero|tercera", "cuarto|cuarta", "quinto|quinta", "sexto|sexta",
            "séptimo|séptima", "octavo|octava", "noveno|novena", "décimo|décima", "undécimo|undécima", "duodécimo|duodécima"],
        option: "opción|variante", deleted: "suprimido|suprimida|suprimidos|suprimidas|reservado|reservada", placeholder: "por completar|insértese",
        agreed: "acordado|convenido ad ref", enacting: "han convenido|han acordado|han adoptado|acuerdan|convienen",
        whereas: "considerando|conscientes|deseosos|deseosas|visto|vistos|teniendo|habida cuenta|convencidos|convencidas|preocupados|preocupadas",
        closing: "en testimonio de lo cual|en fe de lo cual|hecho en", contents: "índice|contenido",
        instrument: "convención|convenio|acuerdo|tratado|protocolo|reglamento|directiva|carta|pacto|estatuto|decisión|resolución",
    },
    Words {
        tag: "ru", article: "статья", articles: "статьи", part: "часть", title: "титул", chapter: "глава", section: "раздел",
        annex: "приложение", preamble: "преамбула", reference: "пункт|пункты|пункта|подпункт|настоящей|настоящего",
        ordinals: &["первая|первый", "вторая|второй", "третья|третий", "четвертая|четвёртая|четвертый", "пятая|пятый", "шестая|шестой",
            "седьмая|седьмой", "восьмая|восьмой", "девятая|девятый", "десятая|десятый", "одиннадцатая", "двенадцатая"],
        option: "вариант|альтернатива", deleted: "исключен|исключена|исключено|исключены|удалено|удалена|снято|зарезервировано", placeholder: "будет|уточнить",
        agreed: "согласовано", enacting: "согласились|договорились|постановили|приняли",
        whereas: "считая|принимая|признавая|учитывая|ссылаясь|напоминая|будучи|стремясь|сознавая|желая|отмечая|подтверждая|подчеркивая",
        closing: "в удостоверение чего|совершено в", contents: "содержание|оглавление",
        instrument: "конвенция|соглашение|договор|протокол|устав|пакт|хартия|регламент|решение|резолюция",
    },
    Words {
        tag: "ar", article: "المادة|مادة", articles: "المواد", part: "الجزء", title: "الباب", chapter: "الفصل", section: "القسم|الفرع",
        annex: "المرفق|الملحق|مرفق", preamble: "الديباجة|ديباجة", reference: "من|الفقرة|أعلاه|في|على",
        ordinals: &["الأول|الأولى|الاولى|الاول", "الثاني|الثانية", "الثالث|الثالثة", "الرابع|الرابعة", "الخامس|الخامسة", "السادس|السادسة",
            "السابع|السابعة", "الثامن|الثامنة", "التاسع|التاسعة", "العاشر|العاشرة", "الحادي عشر|الحادية عشرة", "الثاني عشر|الثانية عشرة"],
        option: "الخيار|خيار|البديل", deleted: "محذوف|محذوفة|تحذف", placeholder: "يستكمل", agreed: "متفق",
        enacting: "قد اتفقت|اتفقت|اتفقوا", whereas: "إذ |وإذ ", closing: "وإثباتا|إثباتا لذلك|وإشهادا|حرر في", contents: "المحتويات",
        instrument: "اتفاقية|الاتفاقية|اتفاق|معاهدة|بروتوكول|ميثاق|قرار|مقرر",
    },
    Words {
        tag: "zh", article: "条|條", articles: "", part: "部分", title: "编|編", chapter: "章", section: "节|節", annex: "附件|附录",
        preamble: "序言|序文", reference: "", ordinals: &[], option: "备选案文|选项|备选", deleted: "删除|已删除|保留", placeholder: "待定",
        agreed: "商定|已商定", enacting: "兹协议如下|达成协议|议定如下|协议如下", whereas: "考虑到|认识到|回顾|铭记|深信|注意到|重申|意识到|关切|希望",
        closing: "为此，|以昭信守|作为证明", contents: "目录|目次", instrument: "公约|协定|条约|议定书|宪章|规约|决定|决议",
    },
    Words {
        tag: "pt", article: "artigo|art", articles: "artigos", part: "parte", title: "título|titulo", chapter: "capítulo|capitulo",
        section: "seção|secção|subseção|subsecção", annex: "anexo|apêndice", preamble: "preâmbulo",
        reference: "parágrafo|parágrafos|inciso|alínea|número|de|do|da|dos|das|acima|abaixo",
        ordinals: &["primeiro|primeira|único|única", "segundo|segunda", "terceiro|terceira", "quarto|quarta", "quinto|quinta",
            "sexto|sexta", "sétimo|sétima", "oitavo|oitava", "nono|nona", "décimo|décima", "décimo primeiro|décima primeira",
            "décimo segundo|décima segunda"],
        option: "opção|alternativa|variante", deleted: "suprimido|suprimida|revogado|revogada|vetado|vetada|reservado|eliminado",
        placeholder: "a completar|a inserir", agreed: "acordado|acordada|redação dada|incluído pel|incluída pel|renumerado|vigência",
        enacting: "acordam|acordaram|acordam o seguinte|convêm|convieram|decidem|adotam|adoptaram|decreta|faz saber",
        whereas: "considerando|conscientes|desejosos|desejando|tendo em|reconhecendo|recordando|reafirmando|convencidos|convencidas|preocupados",
        closing: "em fé do que|em testemunho do que|feito em|feita em", contents: "índice|sumário|conteúdo",
        instrument: "convenção|acordo|tratado|protocolo|regulamento|diretiva|carta|pacto|estatuto|decisão|resolução|lei",
    },
    Words {
        tag: "nl", article: "artikel|art", articles: "artikelen", part: "deel", title: "titel", chapter: "hoofdstuk",
        section: "afdeling|paragraaf", annex: "bijlage|aanhangsel", preamble: "preambule", reference: "lid|leden|onder|van|tweede|eerste|derde",
        ordinals: &["een|eerste", "twee|tweede", "drie|derde", "vier|vierde", "vijf|vijfde", "zes|zesde", "zeven|zevende", "acht|achtste",
            "negen|negende", "tien|tiende", "elf|elfde", "twaalf|twaalfde"],
        option: "optie|alternatief", deleted: "geschrapt|vervallen|gereserveerd", placeholder: "in te vullen", agreed: "overeengekomen",
        enacting: "zijn het volgende overeengekomen|zijn overeengekomen|zijn als volgt overeengekomen|hebben het volgende|komen het volgende|hebben besloten|heeft de volgende",
        whereas: "overwegende|gelet|geleid|indachtig|zich |verlangende|overtuigd|bezorgd|wensende|erkennende|gezien|in aanmerking nemende",
        closing: "ten blijke waarvan|gedaan te", contents: "inhoud|inhoudsopgave",
        instrument: "verdrag|overeenkomst|protocol|handvest|statuut|verordening|richtlijn|briefwisseling|besluit",
    },
    Words {
        tag: "de", article: "artikel|art", articles: "artikel", part: "teil", title: "titel", chapter: "kapitel", section: "abschnitt",
        annex: "anhang|anlage", preamble: "präambel", reference: "absatz|abs|unterabsatz|buchstabe|des|der",
        ordinals: &["eins|erster|erste|ersten", "zwei|zweiter|zweite|zweites", "drei|dritter|dritte|drittes", "vier|vierter|vierte|viertes",
            "fünf|fünfter|fünfte|fünftes", "sechs|sechster|sechste", "sieben|siebter|siebenter|siebte", "acht|achter|achte", "neun|neunter|neunte",
            "zehn|zehnter|zehnte", "elf|elfter|elfte", "zwölf|zwölfter|zwölfte"],
        option: "option|variante", deleted: "gestrichen|entfällt|aufgehoben", placeholder: "einzufügen", agreed: "vereinbart",
        enacting: "sind wie folgt übereingekommen|sind übereingekommen|haben folgende|haben folgendes|haben folgendes vereinbart",
        whereas: "in der erwägung|in anbetracht|eingedenk|gestützt|im bewusstsein|in dem bestreben|von dem wunsch|unter hinweis|in dem wunsch|überzeugt|besorgt",
        closing: "zu urkund dessen|geschehen zu", contents: "inhalt|inhaltsverzeichnis|inhaltsübersicht",
        instrument: "übereinkommen|abkommen|vertrag|protokoll|verordnung|richtlinie|charta|satzung|pakt|beschluss",
    },
];

/// A language by its tag.
pub(super) fn language(tag: &str) -> Option<&'static Words> {
    LANGUAGES.iter().find(|w| w.tag == tag)
}

/// What a heading's first word stands for, in any language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub kind: ProvisionKind,
    /// Whether the word is for several of them.
    pub plural: bool,
}

/// The unit a word (in lower case) stands for.
pub(super) fn unit(word: &str) -> Option<Unit> {
    static UNITS: LazyLock<HashMap<&'static str, Unit>> = LazyLock::new(|| {
        let mut units = HashMap::new();
        for w in LANGUAGES {
            for (words, kind, plural) in [
                (w.article, ProvisionKind::Article, false),
                (w.part, ProvisionKind::Part, false),
                (w.title, ProvisionKind::Title, false),
                (w.chapter, ProvisionKind::Chapter, false),
                (w.section, ProvisionKind::Section, false),
                (w.annex, ProvisionKind::Annex, false),
                (w.preamble, ProvisionKind::Preamble, false),
                (w.articles, ProvisionKind::Article, true),
            ] {
                for word in split(words) {
                    units.entry(word).or_insert(Unit { kind, plural });
                }
            }
        }
        units
    });
    UNITS.get(word).copied()
}

/// The number an ordinal (in lower case) stands for, in any language.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    static ORDINALS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
        let numbered = LANGUAGES.iter().flat_map(|w| w.ordinals.iter().zip(1..));
        let mut all = HashMap::new();
        for (words, n) in numbered {
            for word in split(words) {
                all.entry(word).or_insert(n);
            }
        }
        all
    });
    ORDINALS.get(word).copied()
}

/// Whether `text` (in lower case) begins with one of the words a column of the table holds, in any language.
pub(super) fn begins(text: &str, column: fn(&Words) -> &'static str) -> bool {
    LANGUAGES.iter().flat_map(|w| split(column(w))).any(|word| text.starts_with(word))
}

/// Whether `word` (in lower case) is one of the words a column of the table holds, in any language.
pub(super) fn is_one(word: &str, column: fn(&Words) -> &'static str) -> bool {
    LANGUAGES.iter().flat_map(|w| split(column(w))).any(|w| w == word)
}

/// The words of one cell.
pub(super) fn split(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|w| !w.is_empty())
}

/// The beginning of a text in lower case, at most `length` bytes of it: enough to compare with the table.
pub(super) fn lowered(text: &str, length: usize) -> String {
    text[..text.floor_char_boundary(length)].to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_lower_case_and_knows_every_unit() {
        for w in LANGUAGES {
            for cell in [w.article, w.part, w.chapter, w.section, w.annex, w.preamble, w.enacting, w.instrument] {
                assert!(!cell.is_empty(), "{}", w.tag);
                assert_eq!(cell, cell.to_lowercase(), "{}", w.tag);
            }
        }
        assert_eq!(unit("hoofdstuk").map(|u| u.kind), Some(ProvisionKind::Chapter));
        assert_eq!(unit("المادة").map(|u| u.kind), Some(ProvisionKind::Article));
        assert!(unit("articles").is_some_and(|u| u.plural));
        assert_eq!(unit("party"), None);
        assert_eq!(ordinal("première"), Some(1));
        assert!(begins("have agreed as follows:", |w| w.enacting));
    }
}
