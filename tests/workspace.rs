//! Scripts of commands and the state they lead to: tasks run at once, time and identities are counted, every project
//! stands in a folder of its own. Whatever changes a project is taken back and done again, and must leave no trace.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

#[path = "workspace/desk.rs"]
mod desk;

#[path = "support/trial.rs"]
mod trial;

#[path = "workspace/annotating.rs"]
mod annotating;
#[path = "workspace/asking.rs"]
mod asking;
#[path = "workspace/carrying.rs"]
mod carrying;
#[path = "workspace/colleagues.rs"]
mod colleagues;
#[path = "workspace/commenting.rs"]
mod commenting;
#[path = "workspace/comparing.rs"]
mod comparing;
#[path = "workspace/concerns.rs"]
mod concerns;
#[path = "workspace/curating.rs"]
mod curating;
#[path = "workspace/drafts.rs"]
mod drafts;
#[path = "workspace/exchanging.rs"]
mod exchanging;
#[path = "workspace/following.rs"]
mod following;
#[path = "workspace/importing.rs"]
mod importing;
#[path = "workspace/lenses.rs"]
mod lenses;
#[path = "workspace/looking.rs"]
mod looking;
#[path = "workspace/matrix.rs"]
mod matrix;
#[path = "workspace/outcomes.rs"]
mod outcomes;
#[path = "workspace/papers.rs"]
mod papers;
#[path = "workspace/projects.rs"]
mod projects;
#[path = "workspace/replies.rs"]
mod replies;
#[path = "workspace/searching.rs"]
mod searching;
#[path = "workspace/submissions.rs"]
mod submissions;
