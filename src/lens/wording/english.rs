//! English: `shall` binds, `should` urges, `may` allows.

use super::Force::{Obligation, Permission, Prohibition, Qualifier, Soft};
use super::reading::Sentence;
use super::{Entry, Lists, Part, modal, nothing, soft, whole};

pub(super) static LISTS: Lists = Lists {
    entries: ENTRIES,
    deniers: &["no", "nothing", "none", "neither", "nobody"],
    but_not: &["later", "less", "more", "fewer", "earlier", "sooner"],
    between: |word| {
        word.len() > 4 && word.ends_with("ly")
            || matches!(word, "also" | "further" | "then" | "at" | "all" | "times" | "least" | "always" | "in" | "be")
    },
    relative: &["which", "that", "who", "whom", "as"],
    denied: "no … shall, no … may",
    is_other: Some(is_other),
    verb: None,
};

#[rustfmt::skip]
static ENTRIES: &[Entry] = &[
    modal("shall", Obligation, &["shall"]),
    modal("must", Obligation, &["must"]),
    whole("is to", Obligation, &["is/are to be", "is/are to have/take/make/ensure/provide/adopt/submit/apply/act/meet/comply/report/communicate"]),
    whole("undertakes to", Obligation, &["undertakes/undertake to", "undertakes/undertake themselves to"]),
    whole("has an obligation to", Obligation, &["has/have an/the obligation to", "is/are obliged/bound to", "shall be obliged/required/bound to", "is/are under an/the obligation to"]),

    whole("shall not", Prohibition, &["shall not/never/neither", "shall in no case/way/event", "shall under no circumstances", "shall refrain from", "shall be prohibited"]),
    whole("may not", Prohibition, &["may not/never/neither", "may in no case/way/event", "may under no circumstances"]),
    whole("must not", Prohibition, &["must not/never"]),
    whole("cannot", Prohibition, &["is/are not to be", "is/are prohibited/forbidden"]),

    modal("should", Soft, &["should"]),
    whole("should not", Soft, &["should not"]),
    whole("is encouraged to", Soft, &["is/are (strongly/further/also) encouraged/invited/urged/requested/recommended to", "is/are to be encouraged to", "shall be encouraged/invited/requested to"]),
    whole("encourages", Soft, &["encourages/invites/urges/recommends", "calls upon/on"]),
    soft("endeavours to", Part::Soft, &["endeavour/endeavours/endeavor/endeavors", "strive/strives to", "make/makes every/all effort/efforts", "use/uses its/their best efforts/endeavours", "undertake/pursue best/every effort/efforts", "seek/seeks to", "aim/aims to"]),
    soft("considers", Part::Softens, &["consider", "give/giving (due/serious/sympathetic/favourable/favorable) consideration"]),

    modal("may", Permission, &["may"]),
    whole("need not", Permission, &["need not", "is/are not required/obliged/bound to", "shall not be required/obliged/bound to", "shall be under no obligation"]),
    whole("is entitled to", Permission, &["is/are (also) entitled/free/authorized/authorised/permitted/empowered to", "shall be entitled/free/authorized/authorised/permitted/empowered to", "has/have the discretion to", "reserves/reserve the right to"]),

    whole("as appropriate", Qualifier, &["as/where/when/whenever/wherever/if/(and) (may) (be) appropriate", "as may be appropriate", "where/when/if deemed appropriate", "as/where/when (it/they) deemed/deem/deems/considers/consider/considered (it) (to) (be) appropriate/necessary/fit"]),
    whole("as necessary", Qualifier, &["as/where/when/if necessary", "as/where/when/if needed", "as/where/when/if required"]),
    whole("as applicable", Qualifier, &["as/where/when/if applicable", "as/where/when/if relevant", "as the case may be"]),
    whole("where possible", Qualifier, &["where/wherever/when/whenever/if possible/feasible/practicable/practical", "as far as possible/practicable/feasible/practical", "insofar as possible/practicable/feasible", "in so far as possible/practicable/feasible", "so far as possible/practicable/feasible", "as much as possible", "to the (greatest/fullest/maximum/widest/highest) extent/degree possible/practicable/feasible", "to the (greatest/fullest/maximum/widest) possible/practicable/feasible extent", "to the extent it/they (is/are) possible/able", "to the best of its/their ability/abilities"]),
    whole("in accordance with domestic law", Qualifier, &[
        "in accordance/conformity with (the) (fundamental/basic) (principles) (of) (its/their/the) domestic/national/internal law/laws/legislation",
        "in accordance/conformity with (the) (fundamental/basic) (principles) (of) (its/their/the) (domestic/national/internal/own) legal/constitutional/administrative system/systems/principles/order",
        "in accordance/conformity with and to the extent permitted by its/their/the domestic/national law",
        "consistent/compatible with (its/their/the) domestic/national/internal law/laws/legislation",
        "consistent/compatible with (the) (fundamental/basic) principles of its/their (domestic/national) (legal) law/system/systems",
        "subject to (the) (provisions) (of) (its/their/the) domestic/national/internal law/laws/legislation",
        "subject to (its/their) constitution/constitutional (and) (the) (basic) (principles/concepts/limitations) (of) (its/their) (legal) (system)",
        "pursuant to (its/their) domestic/national/internal law/laws/legislation",
        "as provided for/in (in/by) (its/their) domestic/national/internal law/laws/legislation",
        "to the extent permitted/allowed/possible by/under (its/their) domestic/national/internal law/laws/legislation",
        "to the extent permitted/allowed by (the) (basic/fundamental) (principles) (of) (its/their) (domestic/national) (legal) law/laws/system/systems",
        "to the extent consistent with (the) (basic/fundamental) (principles) (of) (its/their) (domestic/national) (legal) law/system/systems",
        "within the limits of its/their (domestic/national) law/legislation",
    ]),
    whole("to the extent that", Qualifier, &["to the extent that", "insofar as", "in so far as"]),
    whole("within its means", Qualifier, &["within its/their means/capabilities/capacities/capability/competence/competences", "in accordance with its/their (respective) capabilities/capacities/means/possibilities", "subject to (the) availability of", "within available resources", "taking into account its/their (respective) capabilities/capacities", "in (the) light of (its/their) (different) national/domestic circumstances/capabilities", "taking into account (its/their) (different) national circumstances", "according to its/their (respective) capabilities/capacities/means"]),
    whole("on a voluntary basis", Qualifier, &["on a voluntary basis", "if it/they so desires/desire/wishes/wish/decides/decide/requests", "at its/their (own/sole) discretion", "in a nationally determined manner", "on mutually agreed terms"]),

    nothing(&[
        "shall mean", "shall have the (same) meaning", "shall be understood/deemed/construed/taken to mean/include", "shall include any/the",
        "as may be necessary/required/needed/prescribed/specified/agreed/determined", "may be necessary/required/needed",
        "may (also) have/arise/result/lead/occur/cause/affect/pose/exist/contain/undermine/wish/otherwise", "may give rise", "may be found/located/affected/caused/applicable/involved/available/relevant/subject",
        "may have been", "this should", "and what may",
    ]),
];

/// `12 May 2015`, and `Should a Party wish to`, which is a condition.
fn is_other(s: &Sentence<'_>, at: usize) -> bool {
    let number = |i: usize| s.word(i).starts_with(|c: char| c.is_ascii_digit());
    match s.word(at) {
        "may" if s.is_capital(at) => !s.begins(at) || number(at + 1) || at > 0 && number(at - 1),
        "may" => number(at + 1) && at > 0 && number(at - 1),
        "should" => s.is_capital(at) && s.begins(at),
        _ => false,
    }
}
