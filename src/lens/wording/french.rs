//! French: the present indicative commands (`les Parties prennent`); `doit` and `est tenu de` say it in a word.

use super::Force::{Obligation, Permission, Prohibition, Qualifier, Soft};
use super::reading::Sentence;
use super::{Entry, Force, Lists, modal, nothing, whole};

pub(super) static LISTS: Lists = Lists {
    entries: ENTRIES,
    deniers: &["aucun", "aucune", "nul", "nulle", "rien", "ni"],
    but_not: &[],
    between: |_| false,
    relative: &["qui", "que", "dont", "il", "elle", "ils", "elles", "on"],
    denied: "aucun … ne",
    is_other: None,
    verb: Some(verb),
};

#[rustfmt::skip]
static ENTRIES: &[Entry] = &[
    modal("doit", Obligation, &["doit/doivent", "devra/devront"]),
    whole("est tenu de", Obligation, &["est/sont tenu/tenue/tenus/tenues de/d/à/au/par", "est/sont obligé/obligée/obligés/obligées de/d", "est/sont dans l obligation de/d", "a/ont l obligation de/d", "il incombe à/au/aux", "il appartient à/au/aux"]),
    whole("s’engage à", Obligation, &["s engage/engagent à"]),
    whole("ne doit pas", Prohibition, &["ne doit/doivent pas/en/jamais/être/ni/plus", "ne devra/devront pas/en/être", "ne doit/doivent", "ne devra/devront"]),
    whole("ne peut", Prohibition, &["ne peut/peuvent (pas/en/être)", "ne pourra/pourront (pas/en/être)", "ne saurait/sauraient"]),
    whole("est interdit", Prohibition, &["est/sont interdit/interdite/interdits/interdites", "il est interdit", "s abstient/abstiennent de/d"]),
    whole("devrait", Soft, &["devrait/devraient", "ne devrait/devraient pas", "il convient de/d/que", "il conviendrait de/d"]),
    whole("s’efforce de", Soft, &["s efforce/efforcent de/d", "doit/doivent s efforcer", "doit/doivent chercher à", "cherche/cherchent à", "s emploie/emploient à", "s attache/attachent à", "met/mettent tout en oeuvre/œuvre", "fait/font tout leur/son/ce possible", "n épargne/épargnent aucun effort", "aspire/aspirent à", "tend/tendent à", "vise/visent à"]),
    whole("envisage de", Soft, &["envisage/envisagent (de/d)", "peut/peuvent envisager", "doit/doivent envisager", "étudie/étudient la possibilité", "examine/examinent la possibilité", "prend/prennent en considération la possibilité"]),
    whole("est encouragé à", Soft, &["est/sont (vivement) encouragé/encouragée/encouragés/encouragées à", "est/sont invité/invitée/invités/invitées à", "est/sont prié/priée/priés/priées de/d", "est/sont engagé/engagée/engagés/engagées à", "encourage/encouragent", "invite/invitent", "recommande/recommandent", "demande/demandent instamment", "exhorte/exhortent"]),
    whole("peut", Permission, &["peut/peuvent", "pourra/pourront", "pourrait/pourraient"]),
    whole("est libre de", Permission, &["est/sont libre/libres de/d", "est/sont autorisé/autorisée/autorisés/autorisées à", "est/sont habilité/habilitée/habilités/habilitées à", "a/ont la faculté de/d", "il est loisible", "se réserve/réservent le droit", "n est/sont pas tenu/tenue/tenus/tenues", "n est/sont pas obligé/obligée/obligés/obligées"]),
    whole("selon qu’il convient", Qualifier, &["selon/lorsqu/quand/comme/ainsi/si/s (qu) il convient/conviendra", "selon que de besoin", "s il y a lieu", "le cas échéant", "en tant que de besoin", "si/selon nécessaire", "si besoin est", "au besoin", "lorsque cela/c (est) (jugé) nécessaire/approprié/pertinent/opportun/indiqué", "lorsqu il y a lieu", "selon le cas", "suivant le cas", "s il/elle/ils le juge/jugent approprié/nécessaire/utile/opportun", "dans les cas appropriés", "chaque fois que cela/c (est) possible/nécessaire"]),
    whole("dans la mesure du possible", Qualifier, &["dans (toute) la (plus) (grande/large) mesure (du) possible", "dans toute la mesure possible/du", "autant que possible", "autant que faire se peut", "si possible", "lorsque/quand/là (où) c/cela est possible/réalisable/faisable", "dans la mesure où", "pour autant que", "dans (toute) la mesure de ses/leurs moyens/capacités/possibilités", "dans la limite de ses/leurs moyens/capacités/ressources"]),
    whole("conformément au droit interne", Qualifier, &[
        "conformément à/au/aux (son/leur/leurs/ses) (droit/législation/législations/lois) interne/nationale/national/internes/nationales",
        "conformément à/au/aux (son/leur/sa/leurs/ses) droit/législation/législations/lois interne/nationale/national/internes/nationales",
        "conformément aux principes fondamentaux de son/leur système/droit juridique/interne",
        "sous réserve de son/leur/sa/du droit/législation interne/nationale", "dans le respect de son/leur droit interne",
        "dans la mesure permise/autorisée par son/leur/le droit interne", "en conformité avec son/leur droit interne", "selon son/leur droit interne",
        "compatible/compatibles avec son/leur droit/système interne/juridique", "dans le cadre de son/leur droit interne",
    ]),
    whole("compte tenu des capacités", Qualifier, &["en fonction de ses/leurs capacités/moyens/possibilités", "compte tenu de ses/leurs capacités/moyens", "à titre volontaire", "sur une base volontaire", "sous réserve de la disponibilité", "selon ses/leurs capacités/moyens", "eu égard aux différentes situations nationales"]),
    nothing(&["peut être nécessaire", "peuvent être nécessaires", "peut se révéler", "peut avoir", "peuvent avoir", "tels qu il peut", "l engagement", "la demande", "sur demande", "sa demande", "une demande", "toute demande", "cette demande", "de demande"]),
];

/// `Les Parties prennent`, `Chaque État Partie adopte`: the verb after those who are bound.
fn verb(s: &Sentence<'_>, at: usize) -> Option<(Force, &'static str)> {
    if !s.word(at).ends_with(['e', 't', 'd']) {
        return None;
    }
    // Little words may stand before the verb: `les Parties se consultent`, `n’épargnent`.
    let mut before = at.checked_sub(1)?;
    let mut denied = false;
    while matches!(s.word(before), "se" | "s" | "y" | "en" | "les" | "ne" | "n" | "leur") && s.is_joined(before) {
        denied |= matches!(s.word(before), "ne" | "n");
        before = before.checked_sub(1)?;
    }
    if !(before + 1..=at).all(|i| s.is_joined(i)) || s.is_capital(at) {
        return None;
    }
    let subject = s.word(before);
    if subject == "contractantes" || subject == "contractante" {
        before = before.checked_sub(1)?;
    }
    let (subject, word) = (s.word(before), s.word(at));
    let lead = before.checked_sub(1).map_or("", |i| s.word(i));
    let several = subject == "parties"
        && matches!(lead, "les" | "états" | "etats" | "deux" | "hautes" | "toutes" | "des")
        && lead != "des"
        || subject == "états" && matches!(lead, "les");
    let ends = word.len() > 4
        && word.ends_with("ent")
        && !word.ends_with("ement")
        && !matches!(word, "soient" | "aient" | "conviennent");
    let plural = ends || matches!(word, "font" | "ont" | "vont" | "sont");
    let one =
        matches!(subject, "partie" | "état" | "conférence" | "secrétariat" | "comité" | "dépositaire" | "parties")
            && (matches!(lead, "chaque" | "aucun" | "aucune" | "toute" | "tout" | "état" | "la" | "le" | "haute")
                || s.follows(before, &["conférence", "des"]));
    let binds = several && plural || one && SINGULAR.contains(&word);
    if !binds || matches!(word, "ont" | "sont") && !several {
        return None;
    }
    Some(if denied { (Force::Prohibition, "ne + présent") } else { (Force::Obligation, "présent") })
}

/// The verbs of treaties in the third person, for where the ending does not tell a verb from an adjective.
#[rustfmt::skip]
static SINGULAR: &[&str] = &[
    "accorde", "adopte", "applique", "arrête", "assure", "autorise", "collabore", "communique", "confère", "confie", "conserve", "consulte", "coopère", "crée",
    "demande", "désigne", "détermine", "donne", "décide", "définit", "dresse", "élabore", "érige", "établit", "évalue", "examine", "exécute", "facilite", "fait",
    "favorise", "fixe", "formule", "fournit", "garantit", "habilite", "incorpore", "informe", "instaure", "institue", "maintient", "met", "mène", "notifie", "permet", "prend",
    "présente", "prévoit", "procède", "promeut", "protège", "publie", "rend", "remet", "renforce", "respecte", "soumet", "surveille", "tient", "transmet", "veille",
];
