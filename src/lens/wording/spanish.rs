//! Spanish: the future commands (`adoptará`); `deberá` and `podrá` are counted by themselves.

use super::Force::{Obligation, Permission, Prohibition, Qualifier, Soft};
use super::reading::Sentence;
use super::{Entry, Force, Lists, modal, nothing, whole};

pub(super) static LISTS: Lists = Lists {
    entries: ENTRIES,
    deniers: &["ningún", "ninguna", "ninguno", "nada", "nadie", "ni"],
    but_not: &[],
    between: |_| false,
    relative: &["que", "quien", "cual", "cuales"],
    denied: "ningún … + futuro",
    is_other: None,
    verb: Some(verb),
};

#[rustfmt::skip]
static ENTRIES: &[Entry] = &[
    modal("deberá", Obligation, &["deberá/deberán", "debe/deben", "habrá/habrán de", "ha/han de"]),
    whole("se compromete a", Obligation, &["se compromete/comprometen a", "está/están obligado/obligada/obligados/obligadas a", "estará/estarán obligado/obligada/obligados/obligadas a", "tiene/tienen/tendrá/tendrán la obligación de"]),
    whole("no deberá", Prohibition, &["no deberá/deberán/debe/deben"]),
    whole("no podrá", Prohibition, &["no podrá/podrán/puede/pueden", "queda/quedan/quedará/quedarán prohibido/prohibida/prohibidos/prohibidas", "está/están prohibido/prohibida/prohibidos/prohibidas", "se abstendrá/abstendrán de"]),
    whole("debería", Soft, &["debería/deberían", "no debería/deberían", "convendría/convendrían", "conviene que"]),
    whole("procurará", Soft, &["procurará/procurarán", "se esforzará/esforzarán", "tratará/tratarán de", "intentará/intentarán", "hará/harán todo lo posible", "hará/harán cuanto", "aspirará/aspirarán", "aspira/aspiran a", "desplegará/desplegarán esfuerzos", "pondrá/pondrán empeño", "deberá/deberán procurar/esforzarse/tratar"]),
    whole("considerará", Soft, &["considerará/considerarán", "estudiará/estudiarán la posibilidad", "examinará/examinarán la posibilidad", "podrá/podrán considerar", "deberá/deberán considerar"]),
    whole("se alienta a", Soft, &["se alienta/invita/insta/exhorta/pide a", "alienta/invita/insta/exhorta/recomienda (a)", "se recomienda", "se alentará a"]),
    whole("podrá", Permission, &["podrá/podrán", "puede/pueden"]),
    whole("está facultado para", Permission, &["está/estará/están/estarán facultado/facultada/facultados/facultadas para/a", "está/estará/están/estarán autorizado/autorizada/autorizados/autorizadas a/para", "no estará/estarán/está/están obligado/obligada/obligados/obligadas", "se reserva/reservan el derecho", "podría/podrían"]),
    whole("según proceda", Qualifier, &["según/cuando/como/si proceda/procede/corresponda", "cuando sea/resulte apropiado/procedente/oportuno/pertinente/conveniente/aplicable", "según sea apropiado/procedente/pertinente/conveniente/aplicable", "en su caso", "en caso necesario", "de ser necesario", "si/cuando/según (sea/fuere/es) necesario", "si procede", "según el caso", "en los casos apropiados", "cuando lo considere/consideren/estime/estimen apropiado/necesario/oportuno/conveniente"]),
    whole("en la medida de lo posible", Qualifier, &["en la (mayor) medida (de) (lo) posible", "en la medida en que", "en lo posible", "siempre que sea posible/viable/factible", "cuando sea posible/viable/factible", "de ser posible", "si es posible", "hasta donde sea posible", "dentro de sus posibilidades/medios/capacidades", "en la medida de sus posibilidades/medios/capacidades"]),
    whole("de conformidad con el derecho interno", Qualifier, &[
        "de conformidad/acuerdo con (lo) (dispuesto) (en) (los) (principios) (fundamentales) (de) su/el/la/sus derecho/legislación/ordenamiento interno/interna/nacional/jurídico",
        "conforme a su/el/la/lo derecho/legislación interno/interna/nacional", "con arreglo a su/el/la derecho/legislación/ordenamiento interno/interna/nacional/jurídico",
        "con sujeción a su/el/la derecho/legislación interno/interna/nacional", "en la medida en que lo permita su/el derecho/legislación interno/interna", "sin perjuicio de su derecho interno",
        "compatible/compatibles con su derecho/ordenamiento interno/jurídico", "de conformidad con los principios fundamentales de su ordenamiento jurídico/(interno)",
    ]),
    whole("según sus capacidades", Qualifier, &["según/conforme (a) sus (respectivas) capacidades/medios/posibilidades", "teniendo en cuenta sus (respectivas) capacidades", "a título voluntario", "con carácter voluntario", "de forma/manera voluntaria", "si así lo desea/desean/solicita/solicitan", "a reserva de la disponibilidad", "a la luz de las diferentes circunstancias nacionales"]),
    nothing(&["se entenderá/entenderán", "significará/significarán", "se debe a", "pueda ser", "puede haber", "puede tener", "pueden tener"]),
];

/// Words that end as a future and are none.
static NONE: &[&str] = &["irán", "corán", "teherán", "refrán"];

fn verb(s: &Sentence<'_>, at: usize) -> Option<(Force, &'static str)> {
    let word = s.word(at);
    let ends = ["ará", "erá", "irá", "arán", "erán", "irán", "drá", "drán", "brá", "brán", "rrá", "rrán"];
    if word.len() < 5
        || !(word.ends_with('á') || word.ends_with("án"))
        || s.is_capital(at) && !s.begins(at)
        || NONE.contains(&word)
    {
        return None;
    }
    if !ends.iter().any(|end| word.ends_with(end)) {
        return None;
    }
    // `no adoptará`, `no se adoptará`.
    let mut before = at;
    while let Some(i) = before.checked_sub(1).filter(|_| s.is_joined(before)) {
        match s.word(i) {
            "se" | "lo" | "la" | "los" | "las" | "le" | "les" => before = i,
            "no" => return Some((Force::Prohibition, "no + futuro")),
            _ => break,
        }
    }
    Some((Force::Obligation, "futuro"))
}
