//! The fixed words of papers in the six languages of the United Nations: one row for each phrase.
//!
//! In braces stand what is put in: `{c}` a citation or a list of them as in the middle of a sentence, `{C}` the same as it
//! begins one, `{q}` words of a draft and `{p}` proposed words between the quotation marks of the language, `{t}` provisions
//! something is limited to, `{d}` a draft, `{s}` what an analyst wrote, `{n}` a number, whose forms stand between bars. Where a
//! language would have to decline what is put in, it stands behind a colon.

use crate::export::paper::PaperLanguage;

macro_rules! phrases {
    ($($name:ident: $en:literal, $fr:literal, $es:literal, $ru:literal, $ar:literal, $zh:literal;)*) => {
        /// A phrase.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Phrase { $($name),* }

        #[cfg(test)]
        const ALL: &[Phrase] = &[$(Phrase::$name),*];

        impl Phrase {
            /// Its words in a language.
            pub fn said(self, language: PaperLanguage) -> &'static str {
                let words: [&'static str; 6] = match self { $(Self::$name => [$en, $fr, $es, $ru, $ar, $zh]),* };
                let [en, fr, es, ru, ar, zh] = words;
                match language {
                    PaperLanguage::English => en,
                    PaperLanguage::French => fr,
                    PaperLanguage::Spanish => es,
                    PaperLanguage::Russian => ru,
                    PaperLanguage::Arabic => ar,
                    PaperLanguage::Chinese => zh,
                }
            }
        }
    };
}

phrases! {
    // Headings.
    MainPoints: "Main points", "Points principaux", "Puntos principales", "Основные тезисы", "النقاط الرئيسية", "要点";
    WithoutPlace: "Without a place in this draft", "Sans place dans le présent projet", "Sin lugar en el presente proyecto", "Без места в настоящем проекте", "ما لا موضع له في هذا المشروع", "在本草案中无对应位置";
    NoConcern: "Other remarks", "Autres observations", "Otras observaciones", "Прочие замечания", "ملاحظات أخرى", "其他意见";
    Recommendation: "Recommendation", "Recommandation", "Recomendación", "Рекомендация", "التوصية", "建议";
    Recommendations: "Recommendations", "Recommandations", "Recomendaciones", "Рекомендации", "التوصيات", "建议";
    Signed: "Signed by", "Signataires", "Firmantes", "Подписали", "الموقّعون", "签署方";
    SinceLast: "Since earlier drafts", "Depuis les projets antérieurs", "Desde los proyectos anteriores", "По сравнению с предыдущими проектами", "مقارنةً بالمشاريع السابقة", "与此前草案相比";
    // Columns.
    Provision: "Provision", "Disposition", "Disposición", "Положение", "الحكم", "条款";
    Current: "Current text", "Texte actuel", "Texto actual", "Нынешний текст", "النص الحالي", "现有案文";
    Proposed: "Proposed text", "Texte proposé", "Texto propuesto", "Предлагаемый текст", "النص المقترح", "拟议案文";
    ProposedInstead: "Alternative text", "Autre texte possible", "Otro texto posible", "Вариант текста", "نص بديل", "备选案文";
    Justification: "Justification", "Justification", "Justificación", "Обоснование", "المسوّغات", "理由";
    Proposer: "Proposed by", "Auteur de la proposition", "Autor de la propuesta", "Автор предложения", "صاحب الاقتراح", "提案方";
    Problem: "Problem", "Problème", "Problema", "Проблема", "المشكلة", "问题";
    Asked: "What to ask for", "Demande", "Petición", "Предложение", "المطلوب", "请求";
    Heading: "Heading", "Intitulé", "Título", "Заголовок", "العنوان", "标题";
    Became: "What became of it", "Évolution", "Evolución", "Что изменилось", "ما آل إليه", "变化";
    Similarity: "Similarity", "Similarité", "Similitud", "Сходство", "التشابه", "相似度";
    Concern: "Concern", "Préoccupation", "Preocupación", "Проблемный вопрос", "الشاغل", "关切";
    Remarks: "Remarks", "Observations", "Observaciones", "Замечания", "الملاحظات", "意见";
    EachOnce: "All remarks, each once", "Toutes les observations, comptées une fois", "Todas las observaciones, contadas una vez", "Все замечания, каждое один раз", "جميع الملاحظات، كلٌّ منها مرة واحدة", "全部意见（各计一次）";
    // Beside a remark.
    SeverityLow: "low severity", "gravité faible", "gravedad baja", "низкая степень серьезности", "خطورة منخفضة", "严重程度：低";
    SeverityModerate: "moderate severity", "gravité modérée", "gravedad moderada", "умеренная степень серьезности", "خطورة متوسطة", "严重程度：中";
    SeverityHigh: "high severity", "gravité élevée", "gravedad alta", "высокая степень серьезности", "خطورة عالية", "严重程度：高";
    SeverityCritical: "critical severity", "gravité critique", "gravedad crítica", "критическая степень серьезности", "خطورة بالغة", "严重程度：极高";
    StatusDraft: "draft remark", "observation à l’état de projet", "observación en borrador", "черновое замечание", "ملاحظة أولية", "初稿意见";
    StatusForReview: "for review", "à revoir", "por revisar", "на рассмотрении", "قيد المراجعة", "待审";
    StatusAgreed: "agreed", "convenu", "acordado", "согласовано", "متفق عليه", "已商定";
    Missing: "missing from the text", "absent du texte", "ausente del texto", "отсутствует в тексте", "غائب عن النص", "案文缺失";
    SeeUnder: "{c} under {q}", "{c} (sous {q})", "{c} (en {q})", "{c} (раздел {q})", "{c} (تحت {q})", "{c}（{q}项下）";
    // What to do.
    Delete: "Delete {c}.", "À supprimer : {c}.", "Suprimir: {c}.", "Исключить: {c}.", "يُحذف ما يلي: {c}.", "删除{c}。";
    DeleteWords: "In {c}, delete {q}.", "{C} : supprimer {q}.", "{C}: suprimir {q}.", "{C}: исключить слова {q}.", "{C}: تُحذف عبارة {q}.", "在{c}中，删除{q}。";
    ReplaceWords: "In {c}, replace {q} with {p}.", "{C} : remplacer {q} par {p}.", "{C}: sustituir {q} por {p}.", "{C}: заменить слова {q} словами {p}.", "{C}: يُستعاض عن عبارة {q} بعبارة {p}.", "在{c}中，将{q}改为{p}。";
    AddAfter: "In {c}, after {q}, add {p}.", "{C} : après {q}, ajouter {p}.", "{C}: después de {q}, añadir {p}.", "{C}: после слов {q} добавить слова {p}.", "{C}: تُضاف بعد عبارة {q} عبارة {p}.", "在{c}中，在{q}之后增加{p}。";
    AddEnd: "At the end of {c}, add {p}.", "{C} : ajouter à la fin {p}.", "{C}: añadir al final {p}.", "{C}: в конце добавить {p}.", "{C}: تُضاف في النهاية عبارة {p}.", "在{c}末尾增加{p}。";
    AddText: "Add to {c}: {p}.", "{C} : ajouter {p}.", "{C}: añadir {p}.", "{C}: добавить {p}.", "{C}: تُضاف عبارة {p}.", "在{c}中增加{p}。";
    AddShown: "Add the proposed text to {c}.", "{C} : ajouter le texte proposé.", "{C}: añadir el texto propuesto.", "{C}: добавить предлагаемый текст.", "{C}: يُضاف النص المقترح.", "在{c}中增加拟议案文。";
    AddMissing: "Add what is missing to {c}.", "{C} : ajouter ce qui manque.", "{C}: añadir lo que falta.", "{C}: восполнить недостающее.", "{C}: يُضاف ما هو ناقص.", "在{c}中补充缺失的内容。";
    AmendRead: "Amend {c} to read: {p}.", "{C} : lire {p}.", "{C}: léase {p}.", "{C}: изложить в следующей редакции: {p}.", "{C}: يكون النص كما يلي: {p}.", "将{c}改为：{p}。";
    AmendAlong: "Amend {c} along these lines: {p}.", "{C} : modifier dans le sens suivant : {p}.", "{C}: modificar en el siguiente sentido: {p}.", "{C}: изменить по следующему образцу: {p}.", "{C}: يُعدَّل على نحو ما يلي: {p}.", "将{c}大致修改为：{p}。";
    AlongShown: "Amend {c} along the lines proposed.", "{C} : modifier dans le sens proposé.", "{C}: modificar en el sentido propuesto.", "{C}: изменить в предлагаемом духе.", "{C}: يُعدَّل في الاتجاه المقترح.", "按拟议方向修改{c}。";
    EitherShown: "Adopt one of the texts proposed for {c}.", "{C} : retenir l’un des textes proposés.", "{C}: adoptar uno de los textos propuestos.", "{C}: принять один из предлагаемых вариантов.", "{C}: يُعتمد أحد النصوص المقترحة.", "对{c}采用其中一项拟议案文。";
    AmendShown: "Amend {c} as proposed.", "{C} : modifier comme proposé.", "{C}: modificar según lo propuesto.", "{C}: изменить, как предлагается.", "{C}: يُعدَّل على النحو المقترح.", "按拟议案文修改{c}。";
    Amend: "Amend {c}.", "À modifier : {c}.", "Modificar: {c}.", "Изменить: {c}.", "يُعدَّل ما يلي: {c}.", "修改{c}。";
    LimitTo: "Limit {c} to {t}.", "{C} : limiter la portée à ce qui suit : {t}.", "{C}: limitar el alcance a lo siguiente: {t}.", "{C}: ограничить сферу применения следующим: {t}.", "{C}: يُقصر نطاق التطبيق على ما يلي: {t}.", "将{c}的适用范围限于{t}。";
    LimitShown: "Limit {c} as proposed.", "{C} : limiter la portée comme proposé.", "{C}: limitar el alcance según lo propuesto.", "{C}: ограничить сферу применения, как предлагается.", "{C}: يُقصر نطاق التطبيق على النحو المقترح.", "按拟议案文限制{c}的适用范围。";
    Limit: "Limit the reach of {c}.", "{C} : limiter la portée.", "{C}: limitar el alcance.", "{C}: ограничить сферу применения.", "{C}: يُقصر نطاق التطبيق.", "限制{c}的适用范围。";
    Clarify: "Clarify {c}.", "À préciser : {c}.", "Aclarar: {c}.", "Уточнить: {c}.", "يوضَّح ما يلي: {c}.", "澄清{c}。";
    ClarifyShown: "Clarify {c} as proposed.", "{C} : préciser comme proposé.", "{C}: aclarar según lo propuesto.", "{C}: уточнить, как предлагается.", "{C}: يوضَّح على النحو المقترح.", "按拟议案文澄清{c}。";
    Retain: "Retain {c}.", "À conserver : {c}.", "Mantener: {c}.", "Сохранить: {c}.", "يُبقى على ما يلي: {c}.", "保留{c}。";
    RetainWords: "In {c}, retain {q}.", "{C} : conserver {q}.", "{C}: mantener {q}.", "{C}: сохранить слова {q}.", "{C}: يُبقى على عبارة {q}.", "在{c}中，保留{q}。";
    RetainShown: "Retain {c}, amended as proposed.", "À conserver, avec la modification proposée : {c}.", "Mantener, con la modificación propuesta: {c}.", "Сохранить с предлагаемым изменением: {c}.", "يُبقى على ما يلي بالتعديل المقترح: {c}.", "保留{c}，并按拟议案文修改。";
    Restore: "Restore {c}.", "À rétablir : {c}.", "Restablecer: {c}.", "Восстановить: {c}.", "يُعاد إدراج ما يلي: {c}.", "恢复{c}。";
    RestoreWords: "In {c}, restore {q}.", "{C} : rétablir {q}.", "{C}: restablecer {q}.", "{C}: восстановить слова {q}.", "{C}: تُعاد عبارة {q}.", "在{c}中，恢复{q}。";
    Reject: "Reject {c}.", "À rejeter : {c}.", "Rechazar: {c}.", "Отклонить: {c}.", "يُرفض ما يلي: {c}.", "不接受{c}。";
    Supports: "In support of: {s}.", "À l’appui de : {s}.", "En apoyo de: {s}.", "В поддержку: {s}.", "تأييداً لما يلي: {s}.", "支持：{s}。";
    SameIn: "The same in {c}.", "De même : {c}.", "Lo mismo en: {c}.", "То же: {c}.", "ويسري الأمر نفسه على ما يلي: {c}.", "{c}亦同。";
    SeeToo: "See also {c}.", "Voir aussi : {c}.", "Véase también: {c}.", "См. также: {c}.", "انظر أيضاً: {c}.", "另见{c}。";
    Instead: "Alternatively: {s}", "Ou bien : {s}", "O bien: {s}", "Либо: {s}", "أو: {s}", "或者：{s}";
    InsteadElsewhere: "In the place of another proposal in this paper: {s}", "À la place d’une autre proposition du présent document : {s}", "En lugar de otra propuesta de este documento: {s}", "Вместо другого предложения в этом документе: {s}", "بدلاً من اقتراح آخر في هذه الورقة: {s}", "代替本文件中的另一项提案：{s}";
    Outside: "paragraph {n} outside the articles", "paragraphe {n} hors articles", "párrafo {n} fuera de los artículos", "пункт {n} вне статей", "الفقرة {n} خارج المواد", "条文以外第{n}段";
    OutsideAll: "text outside the articles", "texte hors articles", "texto fuera de los artículos", "текст вне статей", "النص خارج المواد", "条文以外的案文";
    AsNumbered: "{c} ({d} numbering)", "{c} (numérotation : {d})", "{c} (numeración: {d})", "{c} (нумерация: {d})", "{c} (ترقيم: {d})", "{c}（编号依据：{d}）";
    Or: "Or", "Ou bien", "O bien", "Либо", "أو", "或";
    // What became of it.
    Met: "Met in this draft.", "Demande satisfaite dans le présent projet.", "Petición atendida en el presente proyecto.", "Учтено в настоящем проекте.", "استُجيب للطلب في هذا المشروع.", "本草案已采纳。";
    PartlyMet: "Partly met in this draft.", "Demande partiellement satisfaite dans le présent projet.", "Petición atendida en parte en el presente proyecto.", "Частично учтено в настоящем проекте.", "استُجيب للطلب جزئياً في هذا المشروع.", "本草案已部分采纳。";
    NotMet: "Not met in this draft.", "Demande non satisfaite dans le présent projet.", "Petición no atendida en el presente proyecto.", "Не учтено в настоящем проекте.", "لم يُستجب للطلب في هذا المشروع.", "本草案未采纳。";
    Worse: "Worse in this draft than before.", "Texte plus préoccupant dans le présent projet.", "Texto más preocupante en el presente proyecto.", "В настоящем проекте положение ухудшилось.", "ازداد النص سوءاً في هذا المشروع.", "本草案案文更不可取。";
    Deleted: "The words no longer stand in the text.", "Le passage ne figure plus dans le texte.", "El pasaje ya no figura en el texto.", "Эти слова исключены из текста.", "لم تعد العبارة واردة في النص.", "相关文字已从案文中删除。";
    DeletedAsAsked: "The words no longer stand in the text, as was asked.", "Le passage ne figure plus dans le texte, comme demandé.", "El pasaje ya no figura en el texto, como se pedía.", "Эти слова исключены из текста, как и предлагалось.", "لم تعد العبارة واردة في النص، كما طُلب.", "相关文字已按要求从案文中删除。";
    Formerly: "Formerly {c} ({d}).", "Auparavant : {c} ({d}).", "Anteriormente: {c} ({d}).", "Ранее: {c} ({d}).", "سابقاً: {c} ({d}).", "原为{c}（{d}）。";
    Edited: "The wording has changed since {d}.", "Libellé modifié depuis le projet précédent ({d}).", "Redacción modificada desde el proyecto anterior ({d}).", "Формулировка изменена по сравнению с предыдущим проектом ({d}).", "تغيّرت الصياغة منذ المشروع السابق ({d}).", "措辞自上一草案（{d}）以来有改动。";
    Same: "The wording is unchanged since {d}.", "Libellé inchangé depuis le projet précédent ({d}).", "Redacción sin cambios desde el proyecto anterior ({d}).", "Формулировка не изменилась по сравнению с предыдущим проектом ({d}).", "لم تتغيّر الصياغة منذ المشروع السابق ({d}).", "措辞与上一草案（{d}）相同。";
    SameWords: "The words remarked on are unchanged since {d}.", "Les mots visés sont inchangés depuis le projet {d}.", "Las palabras señaladas no han cambiado desde el proyecto {d}.", "Слова, к которым относится замечание, не изменились по сравнению с проектом {d}.", "لم تتغيّر العبارة المعنيّة منذ المشروع {d}.", "所涉文字自{d}以来未变。";
    OtherWords: "Other words of the provision have changed since {d}.", "D’autres mots de la disposition ont changé depuis le projet {d}.", "Otras palabras de la disposición han cambiado desde el proyecto {d}.", "Другие слова положения изменены по сравнению с проектом {d}.", "تغيّرت عبارات أخرى من الحكم منذ المشروع {d}.", "该条款其他文字自{d}以来有改动。";
    LastChanged: "The wording was last changed between {d} and {s}.", "Le libellé a été modifié en dernier lieu entre le projet {d} et le projet {s}.", "La redacción se modificó por última vez entre el proyecto {d} y el proyecto {s}.", "Формулировка в последний раз изменена между проектами {d} и {s}.", "عُدّلت الصياغة آخر مرة بين المشروع {d} والمشروع {s}.", "措辞最近一次改动在{d}与{s}之间。";
    LastChangedWords: "The words remarked on were last changed between {d} and {s}.", "Les mots visés ont été modifiés en dernier lieu entre le projet {d} et le projet {s}.", "Las palabras señaladas se modificaron por última vez entre el proyecto {d} y el proyecto {s}.", "Слова, к которым относится замечание, в последний раз изменены между проектами {d} и {s}.", "عُدّلت العبارة المعنيّة آخر مرة بين المشروع {d} والمشروع {s}.", "所涉文字最近一次改动在{d}与{s}之间。";
    EditedWords: "The words remarked on have changed since {d}.", "Les mots visés ont été modifiés depuis le projet {d}.", "Las palabras señaladas han cambiado desde el proyecto {d}.", "Слова, к которым относится замечание, изменены по сравнению с проектом {d}.", "تغيّرت العبارة المعنيّة منذ المشروع {d}.", "所涉文字自{d}以来有改动。";
    NotFound: "The words were not found in this draft.", "Le passage n’a pas été retrouvé dans le présent projet.", "El pasaje no se ha encontrado en el presente proyecto.", "Эти слова в настоящем проекте не найдены.", "لم يُعثر على العبارة في هذا المشروع.", "本草案中未找到相关文字。";
    // Footnotes and small print.
    Source: "Source: {s}.", "Source : {s}.", "Fuente: {s}.", "Источник: {s}.", "المصدر: {s}.", "来源：{s}。";
    QuotedFrom: "Quotations are from this draft, unless another is named: {d}.", "Sauf indication contraire, les citations sont tirées du projet suivant : {d}.", "Salvo indicación en contrario, las citas proceden del siguiente proyecto: {d}.", "Если не указано иное, цитаты приводятся по проекту: {d}.", "ما لم يُذكر خلاف ذلك، الاقتباسات مأخوذة من المشروع التالي: {d}.", "除另有说明外，引文出自以下草案：{d}。";
    BoldWords: "Words in bold are those a remark is about.", "Les mots en gras sont ceux que vise l’observation.", "Las palabras en negrita son aquellas a las que se refiere la observación.", "Полужирным шрифтом выделены слова, к которым относится замечание.", "الكلمات المكتوبة بخط عريض هي التي تتناولها الملاحظة.", "粗体字为意见所涉文字。";
    RedlineKey: "In proposed texts, words struck through are to go, and underlined words are to be added.", "Dans les textes proposés, les mots barrés sont à supprimer et les mots soulignés à ajouter.", "En los textos propuestos, las palabras tachadas se suprimen y las subrayadas se añaden.", "В предлагаемых текстах зачеркнутые слова исключаются, подчеркнутые добавляются.", "في النصوص المقترحة، تُحذف الكلمات المشطوبة وتُضاف الكلمات التي تحتها خط.", "拟议案文中，删除线文字拟删除，下划线文字拟增加。";
    OldNumbers: "Citations in the proposed text are as numbered in {d}.", "Les renvois du texte proposé suivent la numérotation du projet {d}.", "Las remisiones del texto propuesto siguen la numeración del proyecto {d}.", "Ссылки в предлагаемом тексте даны по нумерации проекта {d}.", "الإحالات في النص المقترح وفق ترقيم المشروع {d}.", "拟议案文中的条款编号依据{d}。";
    Omitted: "[…]", "[…]", "[…]", "[…]", "[…]", "[……]";
    MoreClauses: "{n} more clause is not on this sheet.|{n} more clauses are not on this sheet.", "{n} autre disposition ne figure pas sur cette fiche.|{n} autres dispositions ne figurent pas sur cette fiche.", "{n} disposición más no figura en esta hoja.|{n} disposiciones más no figuran en esta hoja.", "Еще {n} положение не вошло в этот листок.|Еще {n} положения не вошли в этот листок.|Еще {n} положений не вошло в этот листок.", "لم يبق حكم خارج هذه الورقة.|لم يرد في هذه الورقة حكم آخر.|لم يرد في هذه الورقة حكمان آخران.|لم ترد في هذه الورقة {n} أحكام أخرى.|لم يرد في هذه الورقة {n} حكماً آخر.|لم يرد في هذه الورقة {n} حكم آخر.", "另有{n}项条款未列入本页。";
    // Tables on drafts.
    ConcordanceOf: "Concordance: {d} → {s}", "Table de concordance : {d} → {s}", "Tabla de concordancia: {d} → {s}", "Таблица соответствия: {d} → {s}", "جدول المقابلة: {d} → {s}", "条款对照表：{d} → {s}";
    OutcomesOf: "What became of our concerns: {d} → {s}", "Suites données à nos préoccupations : {d} → {s}", "Curso dado a nuestras preocupaciones: {d} → {s}", "Что стало с нашими замечаниями: {d} → {s}", "ما آلت إليه شواغلنا: {d} → {s}", "我方关切的落实情况：{d} → {s}";
    OutcomesOfAll: "What became of our concerns over all drafts", "Suites données à nos préoccupations d’un projet à l’autre", "Curso dado a nuestras preocupaciones en todos los proyectos", "Что стало с нашими замечаниями во всех проектах", "ما آلت إليه شواغلنا في جميع المشاريع", "我方关切在各草案中的落实情况";
    ToMet: "met", "satisfaites", "atendidas", "учтено", "مستجاب", "已采纳";
    ToPartlyMet: "partly met", "partiellement satisfaites", "atendidas en parte", "учтено частично", "مستجاب جزئياً", "部分采纳";
    ToNotMet: "not met", "non satisfaites", "no atendidas", "не учтено", "غير مستجاب", "未采纳";
    ToWorse: "worse", "aggravées", "empeoradas", "ухудшилось", "أسوأ", "更差";
    ToGone: "gone", "disparues", "desaparecidas", "исчезло", "محذوف", "已消失";
    ToLost: "lost", "introuvables", "no halladas", "не найдено", "مفقود", "未找到";
    ToNotLookedAt: "not looked at", "non examinées", "no examinadas", "не рассмотрено", "لم يُنظر فيه", "未审查";
    ToNoOutcome: "no outcome", "sans suite indiquée", "sin resultado indicado", "итог не указан", "بلا نتيجة", "无结果";
    ToNotCarried: "not carried", "non reportées", "no trasladadas", "не перенесено", "غير منقول", "未转入";
    OutcomesCount: "Remarks that raise a concern and were first made on an earlier draft, each under all of its concerns and those above them; what is said of existing safeguards is not counted.", "Observations soulevant une préoccupation et formulées sur un projet antérieur, chacune sous toutes ses préoccupations et celles dont elles relèvent ; les observations sur les garanties existantes ne sont pas comptées.", "Observaciones que plantean una preocupación y se formularon sobre un proyecto anterior, cada una en todas sus preocupaciones y en las superiores; no se cuentan las observaciones sobre salvaguardias existentes.", "Замечания, поднимающие проблему и впервые сделанные к одному из предыдущих проектов, каждое по всем его проблемным вопросам и вышестоящим; замечания о существующих гарантиях не учитываются.", "الملاحظات التي تثير شاغلاً وأُبديت أول مرة على مشروع سابق، كلٌّ منها تحت جميع شواغلها وما يعلوها؛ ولا تُحتسب الملاحظات على الضمانات القائمة.", "统计首次针对此前草案提出关切的意见，每条意见计入其所有关切及上级关切；关于现有保障措施的意见不计入。";
    AboutGone: "nothing of the words stands in the newer draft, whether that was asked for or not", "rien du passage ne figure dans le projet plus récent, que cela ait été demandé ou non", "nada del pasaje figura en el proyecto más reciente, se haya pedido o no", "в более новом проекте этих слов нет, независимо от того, предлагалось ли это", "لم يبق شيء من العبارة في المشروع الأحدث، سواء طُلب ذلك أم لا", "相关文字在较新草案中已不存在，无论是否曾提出此要求";
    AboutLost: "the words were not found, and a person has yet to decide", "le passage n’a pas été retrouvé et reste à examiner", "el pasaje no se ha encontrado y está pendiente de examen", "слова не найдены, решение еще не принято", "لم يُعثر على العبارة ولم يُبتّ في أمرها بعد", "未找到相关文字，尚待人工判断";
    AboutNotLookedAt: "brought to the newer draft, and not yet looked at there", "reportées au projet plus récent, pas encore examinées", "trasladadas al proyecto más reciente, aún sin examinar", "перенесено в более новый проект, но еще не рассмотрено", "نُقلت إلى المشروع الأحدث ولم يُنظر فيها بعد", "已转入较新草案，尚未审查";
    AboutNoOutcome: "looked at, and nothing said of what became of them", "examinées, sans indication de suite", "examinadas, sin indicación de resultado", "рассмотрено, но итог не указан", "نُظر فيها ولم تُذكر نتيجتها", "已审查，但未注明结果";
    AboutNotCarried: "not yet brought to the newer draft", "pas encore reportées au projet plus récent", "aún no trasladadas al proyecto más reciente", "еще не перенесено в более новый проект", "لم تُنقل بعد إلى المشروع الأحدث", "尚未转入较新草案";
    AboutSimilarity: "Similarity: the share of their words that two provisions have in common, rare words counting more.", "Similarité : part des mots que deux dispositions ont en commun, les mots rares comptant davantage.", "Similitud: proporción de palabras que dos disposiciones tienen en común; las palabras poco frecuentes cuentan más.", "Сходство: доля общих слов двух положений, редкие слова имеют больший вес.", "التشابه: نسبة الكلمات المشتركة بين حكمين، مع ترجيح الكلمات النادرة.", "相似度：两项条款共有文字的比例，罕见词权重更高。";
    Unchanged: "unchanged", "inchangé", "sin cambios", "без изменений", "بلا تغيير", "未变";
    Renumbered: "renumbered", "renuméroté", "renumerado", "изменена нумерация", "أُعيد ترقيمه", "重新编号";
    Moved: "moved", "déplacé", "trasladado", "перемещено", "نُقل", "移动";
    EditedTo: "edited", "modifié", "modificado", "изменено", "عُدّل", "修改";
    Split: "split", "scindé", "dividido", "разделено", "قُسّم", "拆分";
    Merged: "merged", "fusionné", "fusionado", "объединено", "دُمج", "合并";
    DeletedTo: "deleted", "supprimé", "suprimido", "исключено", "حُذف", "删除";
    BracketsLifted: "brackets lifted", "crochets levés", "corchetes suprimidos", "скобки сняты", "رُفعت الأقواس", "取消方括号";
    BracketsAdded: "brackets added", "crochets ajoutés", "corchetes añadidos", "скобки добавлены", "أُضيفت أقواس", "增加方括号";
    NumberOnly: "number without text", "numéro sans texte", "número sin texto", "номер без текста", "رقم بلا نص", "有编号无案文";
    NewTo: "new", "nouveau", "nuevo", "новое", "جديد", "新增";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is put into a phrase, whatever the capitals of a citation.
    fn places(words: &str) -> Vec<String> {
        let forms = words.split('|').next_back().unwrap_or_default();
        let mut places: Vec<String> =
            forms.split('{').skip(1).filter_map(|p| Some(p.split_once('}')?.0.to_lowercase())).collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn every_phrase_is_said_in_every_language() {
        for phrase in ALL {
            let expected = places(phrase.said(PaperLanguage::English));
            for language in PaperLanguage::ALL {
                let words = phrase.said(language);
                assert!(!words.trim().is_empty() && words.trim() == words, "{phrase:?} {language:?}");
                assert_eq!(places(words), expected, "{phrase:?} {language:?}");
                let forms = words.split('|').count();
                assert!(forms == 1 || forms == super::super::speech::forms(language), "{phrase:?} {language:?}");
                let stops = |w: &str| w.ends_with(['.', '。']);
                let whole = phrase.said(PaperLanguage::English);
                assert_eq!(stops(words), stops(whole), "{phrase:?} {language:?}");
            }
        }
    }
}
