//! Words in the names of instruments, in the languages treaties are negotiated in.

/// What instruments are called, in lower case.
#[rustfmt::skip]
pub(super) const NOUNS: &[&str] = &[
    // English
    "convention", "conventions", "treaty", "agreement", "covenant", "covenants", "charter", "protocol", "statute",
    "declaration", "constitution", "regulation", "directive", "act", "law", "code", "decision", "resolution", "accord",
    "pact", "rules", "recommendation", "principles", "guidelines", "instrument", "compact", "bill",
    // French
    "traité", "accord", "pacte", "charte", "protocole", "statut", "déclaration", "règlement", "loi", "décision",
    "résolution",
    // Spanish
    "convención", "convenio", "acuerdo", "tratado", "pacto", "carta", "protocolo", "estatuto", "declaración",
    "constitución", "reglamento", "directiva", "ley", "código", "decisión", "resolución",
    // Portuguese
    "convenção", "lei", "decreto", "estatuto", "regulamento", "diretiva", "constituição",
    // Russian, in the cases that stand behind a number
    "конвенции", "конвенция", "соглашения", "соглашение", "договора", "договор", "пакта", "пакт", "устава", "устав",
    "хартии", "протокола", "протокол", "статута", "декларации", "конституции", "закона", "кодекса", "решения",
    "резолюции", "регламента",
    // Arabic
    "اتفاقية", "الاتفاقية", "اتفاق", "الاتفاق", "ميثاق", "الميثاق", "العهد", "معاهدة", "المعاهدة", "بروتوكول",
    "البروتوكول", "القرار", "قرار", "المقرر", "مقرر", "النظام", "الإعلان", "دستور", "قانون",
    // German, Dutch
    "übereinkommens", "abkommens", "vertrags", "vertrages", "verordnung", "richtlinie", "verdrag", "verordening",
    "richtlijn", "handvest",
];

/// Nouns for a text under negotiation: whatever they stand beside is one's own.
#[rustfmt::skip]
pub(super) const OWN_NOUNS: &[&str] = &[
    "draft", "text", "proposal", "instrument", "treaty", "projet", "texte", "proyecto", "texto", "проекта", "المشروع",
];

/// Words before a noun that say it is under negotiation.
#[rustfmt::skip]
pub(super) const IN_THE_MAKING: &[&str] = &[
    "draft", "proposed", "revised", "new", "future", "upcoming", "forthcoming", "current", "final", "consolidated",
    "negotiated", "projet", "proyecto", "propuesta", "proposée", "future", "futura", "проект", "проекта",
];

/// Names that need no noun, as they are printed.
#[rustfmt::skip]
pub(super) const ACRONYMS: &[&str] = &[
    "ICCPR", "ICESCR", "UDHR", "ECHR", "CRC", "CEDAW", "CRPD", "CAT", "ICERD", "CERD", "CMW", "ACHR", "ACHPR", "UNCAC",
    "UNTOC", "UNCLOS", "UNFCCC", "VCLT", "GDPR", "RGPD", "DSGVO", "TFEU", "TEU", "TFUE", "AEUV", "EUV", "VWEU", "LED",
    "DSA", "DMA", "CFR", "CFREU", "FISA", "ECPA", "CFAA", "CLOUD", "PIDCP", "PIDESC", "CEDH", "CADH", "CONVEMAR",
    "GATT", "GATS", "TRIPS", "МПГПП",
];

/// A name of another instrument that one's own could be mistaken for: the Budapest Convention.
pub(super) const OTHERS: &[&[&str]] =
    &[&["convention", "on", "cybercrime"], &["convention", "sur", "la", "cybercriminalité"]];

/// Small words inside names.
#[rustfmt::skip]
pub(super) const SMALL: &[&str] = &[
    "of", "on", "the", "for", "and", "in", "against", "to", "concerning", "regarding", "relating", "de", "del", "la",
    "las", "los", "des", "du", "le", "les", "et", "y", "e", "sur", "contre", "pour", "relative", "relatif", "sobre",
    "contra", "para", "d", "l", "о", "об", "по", "и", "against", "der", "des", "über", "zur", "van", "het", "inzake",
];

/// Before `article` where it is no provision.
#[rustfmt::skip]
pub(super) const PAPERS_BEFORE: &[&str] = &[
    "an", "each", "every", "news", "newspaper", "journal", "magazine", "blog", "research", "opinion", "review", "un", "une",
];

/// What an organization does and an article does not.
#[rustfmt::skip]
pub(super) const SAYS: &[&str] = &[
    "said", "says", "welcomes", "welcomed", "calls", "called", "urges", "urged", "submitted", "recommends", "recommended",
    "believes", "notes", "noted", "warned", "warns", "argues", "argued", "published", "wrote", "reiterates", "stresses",
    "expressed",
];

/// Words in the names of organizations, or for them.
#[rustfmt::skip]
pub(super) const ORGANIZATIONS: &[&str] = &[
    "organization", "organisation", "organizations", "organisations", "group", "groups", "ngo", "ngos", "campaigners", "watch",
    "amnesty", "access", "eff", "foundation", "society",
];
