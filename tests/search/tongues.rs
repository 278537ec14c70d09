//! Words in the languages treaties are made in: what finds them, what does not, and what is marked.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use travaux::import::{Choices, read_file};
use travaux::model::{Draft, DraftDetails, DraftId, Project, ProjectDetails, ProjectId, ProvisionIndex, ProvisionKind};
use travaux::outline::recognize;
use travaux::search::{Options, parse};

use super::sample::draft;
use super::{found, indexed};

/// A draft of one article in a language, with a paragraph for each line.
fn project(language: &str, lines: &[&str]) -> Project {
    let mut source = String::from("article 1|");
    for (i, line) in lines.iter().enumerate() {
        source.push_str(&format!("\n{}|{line}", i + 1));
    }
    let mut project = Project::new(ProjectId(1), ProjectDetails::default());
    project.drafts = vec![draft(1, "D", language, &source)];
    project
}

/// Each query finds these paragraphs, with these words marked.
fn check(language: &str, lines: &[&str], cases: &[(&str, &[&str])]) {
    let project = project(language, lines);
    let index = indexed(&project);
    for (query, expected) in cases {
        let found = found(&index, &project, query, &Options::default());
        let line = |e: &&str| e.split_once(' ').map(|(number, marks)| format!("D 1({number}) {marks}"));
        let expected: Vec<_> = expected.iter().filter_map(line).collect();
        assert_eq!(found, expected, "{language}: {query}");
    }
}

#[test]
fn french_words_lose_what_is_elided_and_their_accents() {
    check(
        "fr",
        &[
            "L’accès aux données n'est autorisé qu’après décision d'un juge",
            "Les États s’engagent à coopérer; l‘œuvre commune",
            "Aucune personne détenue n’y a accédé, aujourd’hui comme hier",
        ],
        &[
            ("accès", &["1 accès"]),
            ("acces", &["1 accès"]),
            ("l'accès", &["1 accès"]),
            ("d’accès", &["1 accès"]),
            ("état", &["2 États"]),
            ("etat", &["2 États"]),
            ("coopérer", &["2 coopérer"]),
            ("oeuvre", &["2 œuvre"]),
            ("aujourd'hui", &["3 aujourd’hui"]),
            ("détenu", &["3 détenue"]),
            ("accé*", &["1 accès", "3 accédé"]),
            ("\"décision d’un juge\"", &["1 décision d'un juge"]),
            ("hui", &[]),
            ("etude", &[]),
        ],
    );
}

#[test]
fn spanish_portuguese_german_and_turkish_words_meet_at_their_stems() {
    check(
        "es",
        &["Las tecnologías marinas se transferirán según el artículo 7º", "El año próximo habrá reunión"],
        &[
            ("tecnología marina", &["1 tecnologías|marinas"]),
            ("\"tecnologia marina\"", &["1 tecnologías marinas"]),
            ("7", &["1 7"]),
            ("reuniones", &["2 reunión"]),
            ("ano", &["2 año"]),
            ("reo", &[]),
        ],
    );
    check("pt", &["As investigações são sigilosas"], &[("investigação", &["1 investigações"]), ("invasão", &[])]);
    check(
        "de",
        &["Die Maßnahmen der Behörden", "Es gibt keine Massen"],
        &[("massnahme", &["1 Maßnahmen"]), ("BEHÖRDE", &["1 Behörden"]), ("behorde", &["1 Behörden"])],
    );
    check(
        "tr",
        &["ISPARTA ve İstanbul ısı"],
        &[("ısparta", &["1 ISPARTA"]), ("istanbul", &["1 İstanbul"]), ("ISI", &["1 ısı"])],
    );
}

#[test]
fn russian_words_meet_in_all_cases_and_with_either_e() {
    check(
        "ru",
        &["Учёт преступлений ведётся государством", "Передача морских технологий и учет мер", "Measures of EUROPOL"],
        &[
            ("учет", &["1 Учёт", "2 учет"]),
            ("учёт", &["1 Учёт", "2 учет"]),
            ("преступление", &["1 преступлений"]),
            ("\"морская технология\"", &["2 морских технологий"]),
            ("measure", &["3 Measures"]),
            ("преступник", &[]),
            ("мор", &[]),
        ],
    );
}

#[test]
fn arabic_words_are_found_without_article_marks_and_forms_of_letters() {
    check(
        "ar",
        &["تُجمع الأدلّة وفقاً للمادة ٢٣", "نقل التكنولوجيا البحرية والتعاون بين الدول", "ﺍﻟﻤﺎﺩﺓ الـــقانون"],
        &[
            ("الأدلة", &["1 الأدلّة"]),
            ("الادله", &["1 الأدلّة"]),
            ("أدلة", &["1 الأدلّة"]),
            ("23", &["1 ٢٣"]),
            ("٢٣", &["1 ٢٣"]),
            ("المادة", &["1 للمادة", "3 ﺍﻟﻤﺎﺩﺓ"]),
            ("تعاون", &["2 والتعاون"]),
            ("\"تكنولوجيا بحرية\"", &["2 التكنولوجيا البحرية"]),
            ("قانون", &["3 الـــقانون"]),
            ("دولة", &["2 الدول"]),
            ("دين", &[]),
        ],
    );
}

#[test]
fn chinese_words_are_told_apart_and_single_characters_are_found() {
    check(
        "zh",
        &["发展中国家的海洋技术", "中国与各缔约国合作打击网\n  络犯罪", "转让ＩＣＴ２技术"],
        &[
            ("中国", &["2 中国"]),
            ("国家", &["1 国家"]),
            ("发展中国家", &["1 发展中国家"]),
            ("海洋技术", &["1 海洋技术"]),
            ("技术", &["1 技术", "3 技术"]),
            ("国", &["1 国", "2 国|国"]),
            ("网络犯罪", &["2 网 络犯罪"]),
            ("\"合作打击\"", &["2 合作打击"]),
            ("ict2", &["3 ＩＣＴ２"]),
            ("=中国", &["1 中国", "2 中国"]),
            ("/中国家?/", &["1 中国家", "2 中国"]),
            ("作打", &[]),
            ("海技", &[]),
        ],
    );
}

#[test]
fn a_draft_in_two_languages_is_read_in_both() {
    check(
        "en",
        &[
            "Each State Party shall adopt the measures that are necessary under this article",
            "Les États Parties adoptent les mesures qui sont nécessaires pour leurs autorités et aux fins de coopération",
            "Государства принимают меры",
        ],
        &[
            ("adoptent", &["1 adopt", "2 adoptent"]),
            ("adopting", &["1 adopt"]),
            ("autorité", &["2 autorités"]),
            ("государство", &["3 Государства"]),
            ("mesure OR measure", &["1 measures", "2 mesures"]),
            ("nécessaire", &["2 nécessaires"]),
        ],
    );
}

/// Their little words are partly those of other languages: they are no German, English or Portuguese for that.
#[test]
fn languages_without_little_words_stay_themselves() {
    check(
        "da",
        &["Den stat, der har den under sig, giver den dem, der træffer foranstaltningerne"],
        &[("foranstaltninger", &["1 foranstaltningerne"]), ("stater", &["1 stat"])],
    );
    check(
        "sv",
        &["Den stat som har den under sig ger den dem, och den prövar åtgärderna under tillsyn"],
        &[("åtgärder", &["1 åtgärderna"]), ("prövade", &["1 prövar"])],
    );
    // Polish is searched by its words as they are.
    check(
        "pl",
        &["Strona zwraca do sądu, do rządu, do organu i do innych stron dos dados"],
        &[("dados", &["1 dados"]), ("dado", &[])],
    );
}

#[test]
fn a_language_that_is_corrected_is_read_anew() {
    let line = "Strona zwraca do sądu, do rządu, do organu i do innych stron dos dados";
    let (untold, told) = (project("", &[line]), project("pl", &[line]));
    let mut index = indexed(&untold);
    assert_eq!(found(&index, &untold, "dado", &Options::default()), ["D 1(1) dados"]);
    index.update(&told, &mut super::Patient).unwrap();
    assert_eq!(found(&index, &told, "dado", &Options::default()), [""; 0]);
}

#[test]
fn every_way_of_asking_marks_every_language() {
    check(
        "fr",
        &["Les données protégées et l’interception"],
        &[
            ("protég*", &["1 protégées"]),
            ("intercption~", &["1 interception"]),
            ("/protég\\w+/", &["1 protégées"]),
            ("/l.interc\\w+/", &["1 l’interception"]),
            ("=Les", &["1 Les"]),
            ("=les", &[]),
            ("/jusqu/", &[]),
        ],
    );
    check(
        "ru",
        &["Учёт преступлений, состав"],
        &[("преступ*", &["1 преступлений"]), ("/уч[её]т/", &["1 Учёт"]), ("приступлений~", &["1 преступлений"])],
    );
    check("ar", &["نقل التكنولوجيا"], &[("/تكنو\\w+/", &["1 تكنولوجيا"]), ("التكنو*", &["1 التكنولوجيا"])]);
}

/// The High Seas agreement, as far as the text layers of its files are sound: those in Chinese and Arabic are not.
#[test]
fn an_agreement_answers_in_its_languages() {
    let Some(corpus) = std::env::var_os("TRAVAUX_CORPUS").map(PathBuf::from) else {
        println!("TRAVAUX_CORPUS is not set: the agreement is not asked");
        return;
    };
    const TECHNOLOGY: [u32; 15] = [1, 8, 9, 14, 17, 40, 41, 42, 43, 44, 45, 46, 51, 52, 0];
    const PEOPLES: [u32; 17] = [7, 13, 19, 21, 24, 26, 31, 32, 35, 37, 41, 44, 48, 49, 51, 52, 0];
    let cases = [
        ("en", ["sponsor", "\"marine technology\"", "\"indigenous peoples\""]),
        ("fr", ["patronner", "\"technologie marine\"", "\"peuple autochtone\""]),
        ("es", ["patrocinador", "\"tecnología marina\"", "\"pueblo indígena\""]),
        ("ru", ["спонсор", "\"морская технология\"", "\"коренной народ\""]),
    ];
    for (language, queries) in cases {
        let path = corpus.join(format!("bbnj/bbnj-agreement-2023-{language}.pdf"));
        let imported = read_file(&path, &Choices::default(), &mut ()).unwrap();
        let outline = recognize(&imported.text, &imported.hints).outline;
        let details = DraftDetails { language: language.into(), ..DraftDetails::default() };
        let mut project = Project::new(ProjectId(1), ProjectDetails::default());
        project.drafts.push(Arc::new(Draft::new(DraftId(1), language.into(), details, &imported.text, outline)));
        let index = indexed(&project);
        for (query, expected) in queries.iter().zip([&[12][..], &TECHNOLOGY, &PEOPLES]) {
            let results = index.run(&project, &parse(query).unwrap(), &Options::default()).unwrap();
            let articles: BTreeSet<_> =
                results.hits.iter().filter_map(|hit| article(&project.drafts[0], hit.provision?)).collect();
            let expected: BTreeSet<_> = expected.iter().copied().collect();
            assert_eq!(articles, expected, "{language}: {query}");
            assert!(results.hits.iter().all(|hit| !hit.marks.is_empty()), "{language}: {query}");
        }
    }
}

/// The number of the article a provision is in; 0 for the preamble, nothing for annexes and headings of parts.
fn article(draft: &Draft, provision: ProvisionIndex) -> Option<u32> {
    let mut at = Some(provision);
    while let Some(index) = at {
        let here = draft.outline.get(index)?;
        match here.kind {
            ProvisionKind::Preamble => return Some(0),
            ProvisionKind::Article => {
                return Some(here.number.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(1));
            }
            _ => at = here.parent,
        }
    }
    None
}
