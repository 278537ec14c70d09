//! The words by which analyses ask for a change, language by language: data only.
//!
//! Taken from how civil society and delegations write of drafts: `Delete Article 28(4)`, `should be limited to`,
//! `we call for the deletion of`, `debería suprimirse`, `il convient de supprimer`.

use crate::model::Action;

/// The forms of one verb.
pub(super) struct Verb {
    /// What it asks for.
    pub action: Action,
    /// Imperative and infinitive.
    pub base: &'static [&'static str],
    /// What is said to be done to the provision: participles, and verbs that turn back on it (`suprimirse`).
    pub done: &'static [&'static str],
    /// The act as it goes on: `deleting`.
    pub doing: &'static [&'static str],
    /// The act as a thing: `deletion`.
    pub noun: &'static [&'static str],
    /// What somebody who is named does: `opposes`.
    pub says: &'static [&'static str],
}

/// One language.
pub(super) struct Tongue {
    /// Words that are frequent in it and rare in the others.
    pub signs: &'static [&'static str],
    pub verbs: &'static [Verb],
    /// After these a verb is asked for: `should`, `must`.
    pub modals: &'static [&'static str],
    /// Between a modal and a participle: `be`.
    pub be: &'static [&'static str],
    /// Between a subject and a participle only where something is asked for: `ensure that it is limited`.
    pub is: &'static [&'static str],
    /// Who says these asks for what follows: `recommend`, `urge`.
    pub heads: &'static [&'static str],
    /// Before an infinitive.
    pub to_do: &'static [&'static str],
    pub not: &'static [&'static str],
    /// Who says these does not want what follows.
    pub against: &'static [&'static str],
    /// Words that may stand between and change nothing.
    pub passed: &'static [&'static str],
    pub we: &'static [&'static str],
    pub and: &'static [&'static str],
    /// Before what something is limited to, or added to.
    pub to: &'static [&'static str],
    /// After `to`, these say what for: `to ensure`.
    pub purpose: &'static [&'static str],
    /// Before where something is to stand.
    pub within: &'static [&'static str],
    /// Before what something is replaced by or is to read.
    pub with: &'static [&'static str],
    /// Before what an act is done to: `deletion of`.
    pub of: &'static [&'static str],
    /// What is mentioned after these is not what is to change, but what is to be spoken of: `a reference to`.
    pub reference: &'static [&'static str],
    /// Here the reasons begin.
    pub because: &'static [&'static str],
    /// A part of a sentence that begins with these is said by the way.
    pub aside: &'static [&'static str],
    /// What somebody else has asked for.
    pub proposal: &'static [&'static str],
    /// Before whose proposal it is.
    pub per: &'static [&'static [&'static str]],
    /// What says that something is missing.
    pub missing: &'static [&'static [&'static str]],
}

/// The languages, the first where nothing tells which.
pub(super) static TONGUES: &[Tongue] = &[ENGLISH, FRENCH, SPANISH];

// Packed: a word a line would hide the table.
#[rustfmt::skip]
const ENGLISH: Tongue = Tongue {
    signs: &["the", "and", "of", "to", "should", "must", "is", "that", "which", "with"],
    verbs: &[
        Verb {
            action: Action::Delete,
            base: &[
                "delete", "remove", "strike", "omit", "drop", "eliminate", "exclude", "withdraw", "scrap", "repeal",
            ],
            done: &[
                "deleted", "removed", "struck", "stricken", "omitted", "dropped", "eliminated", "excluded",
                "withdrawn", "scrapped",
            ],
            doing: &[
                "deleting", "removing", "striking", "omitting", "dropping", "eliminating", "excluding",
                "withdrawing",
            ],
            noun: &["deletion", "removal", "omission", "elimination", "withdrawal"],
            says: &[],
        },
        Verb {
            action: Action::Limit,
            base: &["limit", "restrict", "confine", "narrow", "restrain", "circumscribe", "reduce"],
            done: &["limited", "restricted", "confined", "narrowed", "circumscribed", "reduced"],
            doing: &["limiting", "restricting", "confining", "narrowing"],
            noun: &["limitation", "restriction", "narrowing"],
            says: &[],
        },
        Verb {
            action: Action::Amend,
            base: &[
                "amend", "replace", "revise", "redraft", "reword", "rewrite", "modify", "substitute", "rephrase",
                "reformulate", "change", "strengthen", "align", "bring", "make", "correct", "adjust", "split",
                "merge", "move",
            ],
            done: &[
                "amended", "replaced", "revised", "redrafted", "reworded", "rewritten", "modified", "substituted",
                "rephrased", "reformulated", "changed", "strengthened", "aligned", "brought", "made", "corrected",
                "adjusted", "moved",
            ],
            doing: &[
                "amending", "replacing", "revising", "redrafting", "rewording", "modifying", "strengthening",
                "aligning",
            ],
            noun: &["amendment", "replacement", "revision", "redrafting", "strengthening"],
            says: &[],
        },
        Verb {
            action: Action::Add,
            base: &[
                "add", "include", "insert", "incorporate", "introduce", "reference", "reinstate", "restore",
                "append", "mention",
            ],
            done: &[
                "added", "included", "inserted", "incorporated", "introduced", "referenced", "reinstated",
                "restored", "mentioned",
            ],
            doing: &[
                "adding", "including", "inserting", "incorporating", "introducing", "referencing", "reinstating",
                "restoring",
            ],
            noun: &["addition", "inclusion", "insertion", "incorporation", "reinstatement"],
            says: &[],
        },
        Verb {
            action: Action::Clarify,
            base: &["clarify", "define", "specify", "explain", "spell"],
            done: &["clarified", "defined", "specified", "spelled", "spelt"],
            doing: &["clarifying", "defining", "specifying"],
            noun: &["clarification", "definition"],
            says: &[],
        },
        Verb {
            action: Action::Retain,
            base: &["retain", "keep", "preserve", "maintain", "support", "endorse"],
            done: &["retained", "kept", "preserved", "maintained", "supported", "endorsed"],
            doing: &["retaining", "keeping", "preserving", "maintaining", "supporting"],
            noun: &["retention", "preservation"],
            says: &["supports", "endorses"],
        },
        Verb {
            action: Action::Reject,
            base: &["reject", "oppose", "refuse"],
            done: &["rejected", "opposed", "refused"],
            doing: &["rejecting", "opposing"],
            noun: &["rejection"],
            says: &["opposes", "rejects", "opposed"],
        },
    ],
    modals: &["should", "must", "shall", "ought", "need"],
    be: &["be", "being"],
    is: &["is", "are"],
    heads: &[
        "recommend", "recommends", "recommended", "recommending", "recommendation", "recommendations", "urge",
        "urges", "call", "calls", "calling", "ask", "asks", "request", "requests", "propose", "proposes",
        "proposed", "suggest", "suggests", "demand", "demands", "encourage", "encourages", "invite", "invites",
        "need", "needs", "ought", "necessary", "essential", "crucial", "vital", "imperative", "important", "advise",
        "advises", "prefer", "want", "like", "ensure", "sure", "require", "support", "supports", "endorse", "favor",
        "favour", "proposal", "better", "best", "consider", "advocate", "advocates", "way", "step", "solution",
        "option", "alternatively", "appeal", "seek", "priority",
    ],
    to_do: &["to"],
    not: &["not", "never", "don't", "cannot", "can't", "shouldn't", "mustn't", "no", "nor", "neither"],
    against: &["oppose", "opposes", "against", "reject", "rejects", "resist", "opposition", "objection", "object"],
    passed: &[
        "do", "does", "also", "then", "further", "instead", "either", "therefore", "thus", "thereby", "simply",
        "please", "at", "least", "both", "all", "now", "only", "again", "better", "once", "furthermore", "moreover",
        "finally", "first", "second", "third", "lastly", "so",
    ],
    we: &["we", "i", "they"],
    and: &["and", "or", "&"],
    to: &["to"],
    purpose: &[
        "ensure", "avoid", "protect", "prevent", "comply", "make", "be", "align", "guarantee", "exclude", "reflect",
        "bring", "meet", "help", "allow", "provide", "respect", "safeguard", "reduce", "require", "include",
        "prohibit", "match", "mirror", "give",
    ],
    within: &["in", "into", "under", "within", "after", "throughout"],
    with: &["with", "by", "as", "read", "reads", "mean", "follows", "say"],
    of: &["of"],
    reference: &[
        "reference", "references", "refer", "refers", "cross-reference", "cross-references", "referring", "mention",
        "link",
    ],
    because: &["because", "since", "unless"],
    aside: &[
        "like", "unlike", "which", "who", "such", "including", "together", "see", "read", "along", "as",
        "particularly", "especially", "namely", "where", "that", "when", "among", "notably", "e.g", "whose", "in",
    ],
    proposal: &[
        "recommendation", "recommendations", "proposal", "proposals", "call", "calls", "suggestion", "suggestions",
        "request", "amendment", "amendments", "demand", "demands", "position", "submission", "appeal", "text",
        "wording", "language",
    ],
    per: &[
        &["as", "per"], &["in", "line", "with"], &["as", "proposed", "by"], &["as", "recommended", "by"],
        &["as", "suggested", "by"], &["following"], &["echoing"], &["consistent", "with"],
        &["in", "accordance", "with"],
    ],
    missing: &[
        &["fails", "to"], &["fail", "to"], &["failed", "to"], &["failing", "to"], &["failure", "to"], &["lacks"],
        &["lack"], &["lacking"], &["lacked"], &["omits"], &["omit"], &["missing"], &["absent"], &["absence", "of"],
        &["omitted"], &["does", "not", "include"], &["does", "not", "contain"], &["does", "not", "require"],
        &["does", "not", "provide"], &["does", "not", "mention"], &["does", "not", "refer"],
        &["does", "not", "define"], &["does", "not", "specify"], &["do", "not", "include"],
        &["do", "not", "contain"], &["do", "not", "require"], &["do", "not", "provide"], &["do", "not", "mention"],
        &["do", "not", "refer"], &["do", "not", "define"], &["does", "not", "set"], &["does", "not", "say"],
        &["does", "not", "oblige"], &["does", "not", "protect"], &["does", "not", "exempt"],
        &["does", "not", "limit"], &["contains", "no"], &["contain", "no"], &["includes", "no"],
        &["provides", "no"], &["provide", "no"], &["has", "no"], &["have", "no"], &["there", "is", "no"],
        &["there", "are", "no"], &["makes", "no"], &["make", "no"], &["requires", "no"], &["says", "nothing"],
        &["is", "silent"], &["are", "silent"], &["sets", "no"], &["gives", "no"], &["offers", "no"],
        &["names", "no"], &["without", "detailing"], &["without", "specifying"], &["without", "requiring"],
        &["without", "defining"], &["without", "providing"], &["without", "including"], &["without", "mentioning"],
        &["neglects", "to"], &["leaves", "out"],
    ],
};

// Packed: a word a line would hide the table.
#[rustfmt::skip]
const FRENCH: Tongue = Tongue {
    signs: &["le", "la", "les", "des", "du", "est", "et", "une", "qui", "doit", "dans", "que"],
    verbs: &[
        Verb {
            action: Action::Delete,
            base: &["supprimer", "supprimez", "retirer", "retirez", "enlever", "éliminer", "exclure", "biffer", "ôter"],
            done: &[
                "supprimé", "supprimée", "supprimés", "supprimées", "retiré", "retirée", "retirés", "retirées",
                "exclu", "exclue", "exclus", "exclues", "éliminé", "éliminée",
            ],
            doing: &["supprimant", "retirant"],
            noun: &["suppression", "retrait", "exclusion", "élimination"],
            says: &[],
        },
        Verb {
            action: Action::Limit,
            base: &["limiter", "limitez", "restreindre", "restreignez", "circonscrire", "réduire", "cantonner"],
            done: &[
                "limité", "limitée", "limités", "limitées", "restreint", "restreinte", "restreints", "restreintes",
                "réduit", "réduite", "cantonné", "cantonnée",
            ],
            doing: &["limitant", "restreignant"],
            noun: &["limitation", "restriction"],
            says: &[],
        },
        Verb {
            action: Action::Amend,
            base: &[
                "modifier", "modifiez", "remplacer", "remplacez", "réviser", "révisez", "reformuler", "amender",
                "amendez", "renforcer", "aligner",
            ],
            done: &[
                "modifié", "modifiée", "modifiés", "modifiées", "remplacé", "remplacée", "remplacés", "remplacées",
                "révisé", "révisée", "reformulé", "reformulée", "amendé", "amendée", "renforcé", "renforcée",
            ],
            doing: &["modifiant", "remplaçant", "révisant"],
            noun: &["modification", "remplacement", "révision", "reformulation"],
            says: &[],
        },
        Verb {
            action: Action::Add,
            base: &[
                "ajouter", "ajoutez", "inclure", "incluez", "insérer", "insérez", "introduire", "intégrer",
                "mentionner", "rétablir",
            ],
            done: &[
                "ajouté", "ajoutée", "ajoutés", "ajoutées", "inclus", "incluse", "incluses", "inséré", "insérée",
                "insérés", "insérées", "introduit", "introduite", "intégré", "intégrée", "mentionné", "mentionnée",
                "rétabli", "rétablie",
            ],
            doing: &["ajoutant", "incluant", "insérant"],
            noun: &["ajout", "inclusion", "insertion", "introduction"],
            says: &[],
        },
        Verb {
            action: Action::Clarify,
            base: &["clarifier", "clarifiez", "préciser", "précisez", "définir", "définissez"],
            done: &[
                "clarifié", "clarifiée", "clarifiés", "clarifiées", "précisé", "précisée", "défini", "définie",
                "définis", "définies",
            ],
            doing: &["clarifiant", "précisant"],
            noun: &["clarification", "définition"],
            says: &[],
        },
        Verb {
            action: Action::Retain,
            base: &[
                "conserver", "conservez", "maintenir", "maintenez", "garder", "préserver", "soutenir", "soutenons",
                "appuyer", "appuyons",
            ],
            done: &[
                "conservé", "conservée", "conservés", "conservées", "maintenu", "maintenue", "maintenus",
                "maintenues", "préservé", "préservée",
            ],
            doing: &["conservant", "maintenant"],
            noun: &["maintien", "conservation"],
            says: &["soutient", "appuie"],
        },
        Verb {
            action: Action::Reject,
            base: &["rejeter", "rejetez", "rejetons", "refuser", "refusons", "opposons"],
            done: &["rejeté", "rejetée", "rejetés", "rejetées", "refusé", "refusée"],
            doing: &["rejetant"],
            noun: &["rejet"],
            says: &["rejette", "oppose"],
        },
    ],
    modals: &[
        "doit", "doivent", "devrait", "devraient", "devra", "devront", "faut", "faudrait", "convient",
        "conviendrait",
    ],
    be: &["être", "soit", "soient"],
    is: &["est", "sont"],
    heads: &[
        "recommandons", "recommande", "recommandent", "demandons", "demande", "demandent", "appelons", "appelle",
        "proposons", "propose", "suggérons", "suggère", "faut", "convient", "faudrait", "conviendrait",
        "nécessaire", "essentiel", "indispensable", "souhaitons", "exhortons", "invitons", "veiller", "prions",
        "recommandation", "proposition",
    ],
    to_do: &["de", "d", "à"],
    not: &["ne", "n", "pas", "jamais", "ni", "aucun", "aucune"],
    against: &["opposons", "oppose", "contre", "rejetons"],
    passed: &[
        "pas", "également", "aussi", "donc", "ensuite", "plutôt", "clairement", "expressément", "explicitement",
        "se", "s", "y",
    ],
    we: &["nous"],
    and: &["et", "ou"],
    to: &["à", "au", "aux"],
    purpose: &["assurer", "éviter", "garantir", "protéger", "respecter"],
    within: &["dans", "sous", "à", "au", "aux", "après"],
    with: &["par", "comme", "avec", "suit"],
    of: &["de", "du", "des", "d"],
    reference: &["référence", "références", "renvoi", "renvois", "mention"],
    because: &["car", "puisque", "sauf"],
    aside: &["comme", "qui", "que", "notamment", "y", "voir", "dont", "où", "lu"],
    proposal: &[
        "recommandation", "recommandations", "proposition", "propositions", "demande", "appel", "position",
        "amendement",
    ],
    per: &[&["conformément", "à"], &["comme", "le", "propose"], &["suivant"]],
    missing: &[
        &["manque"], &["manquent"], &["omet"], &["omettent"], &["absence", "de"], &["absence", "d"],
        &["ne", "prévoit", "pas"], &["ne", "prévoient", "pas"], &["ne", "contient", "pas"],
        &["ne", "mentionne", "pas"], &["ne", "précise", "pas"], &["ne", "prévoit", "aucun"],
        &["ne", "prévoit", "aucune"], &["ne", "contient", "aucun"], &["ne", "contient", "aucune"],
        &["n", "inclut", "pas"], &["n", "exige", "pas"], &["fait", "défaut"], &["sans", "prévoir"],
        &["sans", "préciser"], &["n", "exige", "aucun"], &["n", "exige", "aucune"],
    ],
};

// Packed: a word a line would hide the table.
#[rustfmt::skip]
const SPANISH: Tongue = Tongue {
    signs: &["el", "los", "las", "del", "y", "una", "debe", "que", "en", "por", "con", "se"],
    verbs: &[
        Verb {
            action: Action::Delete,
            base: &[
                "suprimir", "suprima", "suprímase", "eliminar", "elimine", "elimínese", "retirar", "excluir",
                "borrar",
            ],
            done: &[
                "suprimido", "suprimida", "suprimidos", "suprimidas", "eliminado", "eliminada", "eliminados",
                "eliminadas", "excluido", "excluida", "suprimirse", "eliminarse", "excluirse", "retirarse",
            ],
            doing: &["suprimiendo", "eliminando"],
            noun: &["supresión", "eliminación", "exclusión"],
            says: &[],
        },
        Verb {
            action: Action::Limit,
            base: &["limitar", "limite", "limítese", "restringir", "restrinja", "circunscribir", "reducir", "acotar"],
            done: &[
                "limitado", "limitada", "limitados", "limitadas", "restringido", "restringida", "restringidos",
                "restringidas", "limitarse", "restringirse", "circunscribirse", "acotarse", "acotado", "acotada",
            ],
            doing: &["limitando", "restringiendo"],
            noun: &["limitación", "restricción"],
            says: &[],
        },
        Verb {
            action: Action::Amend,
            base: &[
                "modificar", "modifique", "modifíquese", "enmendar", "enmiende", "reemplazar", "sustituir",
                "sustituya", "sustitúyase", "revisar", "reformular", "reforzar",
            ],
            done: &[
                "modificado", "modificada", "modificados", "modificadas", "enmendado", "enmendada", "reemplazado",
                "reemplazada", "sustituido", "sustituida", "revisado", "revisada", "reformulado", "reformulada",
                "modificarse", "enmendarse", "sustituirse", "reemplazarse", "revisarse", "reformularse",
                "reforzarse",
            ],
            doing: &["modificando", "sustituyendo"],
            noun: &["modificación", "enmienda", "sustitución", "revisión"],
            says: &[],
        },
        Verb {
            action: Action::Add,
            base: &[
                "añadir", "añada", "añádase", "agregar", "agregue", "agréguese", "incluir", "incluya", "inclúyase",
                "insertar", "incorporar", "introducir",
            ],
            done: &[
                "añadido", "añadida", "agregado", "agregada", "incluido", "incluida", "incluidos", "incluidas",
                "insertado", "insertada", "incorporado", "incorporada", "añadirse", "agregarse", "incluirse",
                "insertarse", "incorporarse", "introducirse",
            ],
            doing: &["añadiendo", "agregando", "incluyendo"],
            noun: &["adición", "inclusión", "inserción", "incorporación"],
            says: &[],
        },
        Verb {
            action: Action::Clarify,
            base: &["aclarar", "aclare", "aclárese", "definir", "defina", "precisar", "especificar", "clarificar"],
            done: &[
                "aclarado", "aclarada", "definido", "definida", "precisado", "precisada", "aclararse", "definirse",
                "precisarse", "especificarse",
            ],
            doing: &["aclarando", "definiendo"],
            noun: &["aclaración", "definición"],
            says: &[],
        },
        Verb {
            action: Action::Retain,
            base: &[
                "conservar", "conserve", "mantener", "mantenga", "manténgase", "preservar", "apoyar", "apoyamos",
                "respaldamos",
            ],
            done: &[
                "conservado", "conservada", "mantenido", "mantenida", "mantenidos", "mantenidas", "conservarse",
                "mantenerse", "preservarse",
            ],
            doing: &["conservando", "manteniendo"],
            noun: &["mantenimiento", "conservación"],
            says: &["apoya", "respalda"],
        },
        Verb {
            action: Action::Reject,
            base: &["rechazar", "rechace", "rechazamos", "oponemos"],
            done: &["rechazado", "rechazada", "rechazarse"],
            doing: &["rechazando"],
            noun: &["rechazo"],
            says: &["rechaza", "opone"],
        },
    ],
    modals: &["debe", "deben", "debería", "deberían", "deberá", "deberán", "hay"],
    be: &["ser", "sea", "sean"],
    is: &["es", "son", "está", "están"],
    heads: &[
        "recomendamos", "recomienda", "recomiendan", "pedimos", "pide", "piden", "instamos", "proponemos",
        "propone", "sugerimos", "sugiere", "solicitamos", "exhortamos", "necesario", "esencial", "imprescindible",
        "conviene", "preciso", "hay", "asegurar", "garantizar", "recomendación", "propuesta",
    ],
    to_do: &["que", "a", "de"],
    not: &["no", "nunca", "ni", "tampoco"],
    against: &["oponemos", "contra", "rechazamos"],
    passed: &["también", "además", "entonces", "claramente", "expresamente", "explícitamente", "se"],
    we: &["nosotros"],
    and: &["y", "e", "o", "u"],
    to: &["a", "al"],
    purpose: &["fin", "garantizar", "asegurar", "proteger", "evitar"],
    within: &["en", "bajo", "al", "a", "tras"],
    with: &["por", "con", "como"],
    of: &["de", "del"],
    reference: &["referencia", "referencias", "remisión", "mención"],
    because: &["porque", "salvo"],
    aside: &["como", "que", "incluido", "incluida", "véase", "cuyo", "cuya", "donde", "leído"],
    proposal: &[
        "recomendación", "recomendaciones", "propuesta", "propuestas", "petición", "solicitud", "posición",
        "enmienda",
    ],
    per: &[&["conforme", "a"], &["según"], &["siguiendo"]],
    missing: &[
        &["carece"], &["carecen"], &["falta"], &["faltan"], &["omite"], &["omiten"], &["ausencia", "de"],
        &["no", "incluye"], &["no", "incluyen"], &["no", "contiene"], &["no", "prevé"], &["no", "menciona"],
        &["no", "exige"], &["no", "especifica"], &["no", "define"], &["sin", "exigir"], &["sin", "prever"],
        &["sin", "especificar"],
    ],
};

/// The language a text is most likely in, by its most frequent words.
pub(super) fn tongue_of(text: &str) -> &'static Tongue {
    const SAMPLE: usize = 40_000;
    let text = &text[..text.floor_char_boundary(SAMPLE.min(text.len()))];
    let mut counts = [0_usize; 3];
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && w.len() < 12) {
        let word = word.to_lowercase();
        for (count, tongue) in counts.iter_mut().zip(TONGUES) {
            *count += usize::from(tongue.signs.contains(&word.as_str()));
        }
    }
    let best = counts.iter().max().copied().unwrap_or(0);
    let at = counts.iter().position(|&c| c == best).unwrap_or(0);
    &TONGUES[at]
}
