//! Replies to remarks: written, taken back, shared and merged.

use std::path::PathBuf;

use travaux::export::{EXPORTERS, ExportRequest};
use travaux::model::{AnalystId, Citation, CitationStyle, ReplyId};
use travaux::workspace::{
    AnnotateCommand, ColleagueCommand, Command, ExportCommand, Focus, ListFilter, ReplyCommand, ViewCommand,
};

use crate::desk::{Desk, FIRST};

fn write(desk: &mut Desk, to: Focus, text: &str) -> ReplyId {
    desk.run(Command::Reply(ReplyCommand::Write { to, text: text.into() }));
    desk.w.view().replying.unwrap()
}

fn change(id: ReplyId, text: &str) -> Command {
    Command::Reply(ReplyCommand::Change { id, text: text.into() })
}

fn mailed(desk: &mut Desk, name: &str) -> PathBuf {
    let path = desk.place.path().join(name);
    let format = "annotations".to_owned();
    desk.run(Command::Export(ExportCommand::ToFile { format, path: path.clone(), draft: None, analysts: None }));
    assert!(desk.said().starts_with("Written"), "{}", desk.said());
    path
}

fn texts(desk: &Desk, to: Focus) -> Vec<String> {
    let replies = desk.w.derived().replies.to(to).iter();
    replies.map(|(who, id)| desk.project().sets[who].replies[id].text.clone()).collect()
}

#[test]
fn a_reply_is_written_as_it_is_typed_and_taken_back_in_one_step() {
    let mut desk = Desk::new();
    let first = desk.draft(0).id;
    let id = desk.remark(first, "every light", &[]);
    let to = Focus { analyst: desk.w.analyst().unwrap().id, annotation: id };
    desk.ignores(Command::Reply(ReplyCommand::Write { to, text: "  ".into() }));
    let steps = desk.w.history().len();
    let reply = write(&mut desk, to, "N");
    desk.run(change(reply, "No"));
    desk.run(change(reply, "Not all"));
    assert_eq!((desk.w.history().len(), texts(&desk, to)), (steps + 1, vec!["Not all".to_owned()]));
    desk.run(Command::Undo);
    assert_eq!(texts(&desk, to), [""; 0]);
    desk.run(Command::Redo);
    assert_eq!(texts(&desk, to), ["Not all"]);
    // Without words there is no reply; deleting is a step of its own.
    desk.changes(change(reply, "  "));
    desk.run(Command::Undo);
    desk.changes(Command::Reply(ReplyCommand::Delete(reply)));
    desk.run(Command::Undo);
    desk.refuses(Command::Reply(ReplyCommand::Delete(ReplyId(9))), "own replies");
    let gone = Focus { annotation: travaux::model::AnnotationId(4), ..to };
    desk.refuses(Command::Reply(ReplyCommand::Write { to: gone, text: "x".into() }), "not in the project");
    let text = "é".repeat(30_000);
    desk.run(change(reply, &text));
    assert_eq!(texts(&desk, to)[0].len(), 50_000);
    desk.restart();
    assert_eq!(texts(&desk, to)[0].len(), 50_000);
    // The list finds a remark by the words of a reply.
    desk.run(change(reply, "Not ALL of them"));
    desk.view(ViewCommand::Filter(ListFilter { text: "not all of".into(), ..ListFilter::default() }));
    assert_eq!(desk.w.derived().list.len(), 1);
    // A reply outlives the remark, and is shown apart.
    desk.annotate(AnnotateCommand::Delete(vec![id]));
    assert_eq!((texts(&desk, to), desk.w.derived().replies.astray.len()), (vec![], 1));
    assert!(desk.w.own_set().unwrap().replies.contains_key(&reply));
}

#[test]
fn replies_travel_in_the_set_of_who_wrote_them() {
    let mut ines = Desk::new();
    let first = ines.draft(0).id;
    let her = ines.w.analyst().unwrap().id;
    let remark = ines.remark(first, "every light", &["SC"]);
    let to = Focus { analyst: her, annotation: remark };
    let from_ines = mailed(&mut ines, "ines.annotations.ron");

    let mut omar = Desk::with_project("Omar", 2);
    omar.add_draft("first.txt", FIRST);
    let him = omar.w.analyst().unwrap().id;
    omar.run(Command::Colleague(ColleagueCommand::OpenFile(from_ines)));
    omar.run(Command::Colleague(ColleagueCommand::Apply));
    let first_reply = write(&mut omar, to, "Not the small ones");
    assert!(omar.project().sets[&her].replies.is_empty(), "never in the set of the one replied to");
    assert_eq!(omar.project().sets[&him].replies.len(), 1);
    let file = mailed(&mut omar, "omar.annotations.ron");

    // A file that holds nothing but a reply is worth opening.
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file.clone())));
    let plan = ines.w.merging().unwrap().plan.clone().unwrap();
    assert_eq!((plan.items.len(), plan.replies.len(), plan.taken()), (0, 1, 1));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(texts(&ines, to), ["Not the small ones"]);
    ines.refuses(Command::Colleague(ColleagueCommand::OpenFile(file.clone())), "nothing new");
    ines.refuses(change(first_reply, "x"), "own replies");

    // A changed one is taken, one that was left out is not, and one they deleted stays unless one wants it gone.
    omar.run(change(first_reply, "Not the smallest"));
    omar.run(Command::Reply(ReplyCommand::Open(None)));
    let second = write(&mut omar, to, "And who pays?");
    mailed(&mut omar, "omar.annotations.ron");
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file.clone())));
    ines.run(Command::Colleague(ColleagueCommand::TakeReplies { ids: vec![second], take: false }));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(texts(&ines, to), ["Not the smallest"]);
    omar.run(Command::Reply(ReplyCommand::Delete(first_reply)));
    mailed(&mut omar, "omar.annotations.ron");
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file.clone())));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(texts(&ines, to), ["Not the smallest", "And who pays?"]);
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file)));
    ines.run(Command::Colleague(ColleagueCommand::TakeReplies { ids: vec![first_reply], take: true }));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(texts(&ines, to), ["And who pays?"]);
    ines.ignores(Command::Colleague(ColleagueCommand::Show { analyst: him, shown: false }));
    assert_eq!(texts(&ines, to), [""; 0], "replies are hidden with the set they stand in");
}

#[test]
fn files_for_other_programs_say_that_replies_stay_behind() {
    let mut desk = Desk::new();
    let first = desk.draft(0).id;
    let id = desk.remark(first, "every light", &[]);
    let me = desk.w.analyst().unwrap().id;
    write(&mut desk, Focus { analyst: me, annotation: id }, "Not all");
    let analysts = |of| Some(std::iter::once(of).collect());
    for exporter in EXPORTERS.iter().filter(|e| !["qdc", "taguette"].contains(&e.id)) {
        let left = |analysts| {
            let cite = |citation: &Citation, _: CitationStyle| citation.to_string();
            let request = ExportRequest { project: desk.project(), draft: None, analysts, cite };
            (exporter.write)(&request).unwrap().left
        };
        let said = "1 reply is left out, since only our own files hold replies";
        assert_eq!(left(None), [said], "{}", exporter.id);
        assert_eq!(left(analysts(me)), [said], "{}", exporter.id);
        assert_eq!(left(analysts(AnalystId(77))), [""; 0], "{}", exporter.id);
    }
}
