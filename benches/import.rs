//! Real drafts taken in, each beside its yardstick in the same run: PDF beside `pdftotext`, DOCX beside LibreOffice's
//! conversion to text, HTML beside a bare parse of the page, the recognizer by its speed, memory by the text it gives.
//!
//! `TRAVAUX_CORPUS` names the folder of drafts. Compare the numbers of one run with each other, not across machines.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a bench says what it measured")]

use std::ffi::OsString;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use travaux::import::{Choices, read_file};
use travaux::outline::recognize;

/// Set for a process of this bench that takes in one file and says what memory that took.
const CHILD: &str = "TRAVAUX_BENCH_MEMORY";

const PDF: [(&str, &str); 3] = [
    ("108 pages", "ai-act/pdf/AIA-COM-Proposal-21-April-21.pdf"),
    ("202 pages", "un/unclos-1982-en.pdf"),
    ("349 pages", "ai-act/pdf/TA-9-2023-0236_EN.pdf"),
];
const DOCX: [(&str, &str); 1] =
    [("Council, December 2022", "ai-act/docx/2022-12-06-CONSIL_ST_15698_2022_INIT_EN_TXT.docx")];
const HTML: [(&str, &str); 3] =
    [("GDPR", "html/eu-gdpr-act.html"), ("DSA", "html/eu-dsa-act.html"), ("CRA", "html/eu-cra-act.html")];
const TEXT: (&str, &str) = ("AI Act", "ai-act/txt/2024-final.txt");

fn main() {
    if let Some(path) = std::env::var_os(CHILD) {
        return measure_memory(Path::new(&path));
    }
    let Some(corpus) = std::env::var_os("TRAVAUX_CORPUS").map(PathBuf::from) else {
        println!("TRAVAUX_CORPUS is not set: there are no drafts to take in");
        return;
    };
    println!("{:<34}{:>10}{:>12}{:>8}   aim", "", "ours", "yardstick", "ratio");
    for (name, file) in PDF {
        let path = corpus.join(file);
        let theirs = |path: &Path| run("pdftotext", &[path.into(), "-".into()]);
        compare(&format!("PDF, {name}"), "pdftotext", &path, 5, theirs, "at most 4 times");
    }
    let outbox = tempfile::tempdir().unwrap();
    for (name, file) in DOCX {
        let path = corpus.join(file);
        let theirs = |path: &Path| {
            let profile = format!("-env:UserInstallation=file://{}/profile", outbox.path().display());
            let fixed = ["--headless", "--convert-to", "txt:Text", "--outdir"].map(OsString::from);
            let arguments: Vec<OsString> =
                std::iter::once(profile.into()).chain(fixed).chain([outbox.path().into(), path.into()]).collect();
            run("soffice", &arguments)
        };
        compare(&format!("DOCX, {name}"), "soffice", &path, 3, theirs, "at most 0.05 times");
    }
    for (name, file) in HTML {
        let path = corpus.join(file);
        let theirs = |path: &Path| {
            let source = std::fs::read_to_string(path).ok()?;
            let began = Instant::now();
            black_box(scraper::Html::parse_document(&source));
            Some(began.elapsed())
        };
        compare(&format!("HTML, {name}"), "scraper", &path, 5, theirs, "");
    }
    outline_speed(&corpus.join(TEXT.1));
    for (name, file) in PDF.into_iter().chain(DOCX).chain(HTML).chain([TEXT]) {
        memory(name, &corpus.join(file));
    }
}

/// One line of the table: the middle of some runs of ours and of the yardstick, by turns.
fn compare(
    name: &str,
    yardstick: &str,
    path: &Path,
    runs: usize,
    theirs: impl Fn(&Path) -> Option<Duration>,
    aim: &str,
) {
    if !path.is_file() {
        println!("{name:<34} is not there");
        return;
    }
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let began = Instant::now();
        black_box(read_file(path, &Choices::default(), &mut ()).unwrap());
        our_times.push(began.elapsed());
        their_times.extend(theirs(path));
    }
    let ours = middle(our_times);
    if their_times.is_empty() {
        println!("{name:<34}{:>8.1}ms   {yardstick} is not installed", ours * 1e3);
        return;
    }
    let theirs = middle(their_times);
    println!("{name:<34}{:>8.1}ms{:>10.1}ms{:>8.3}   {aim}", ours * 1e3, theirs * 1e3, ours / theirs);
}

/// How long a program took; none if it cannot be run.
fn run(program: &str, arguments: &[OsString]) -> Option<Duration> {
    let began = Instant::now();
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    status.success().then(|| began.elapsed())
}

/// In seconds.
fn middle(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

fn outline_speed(path: &Path) {
    let Ok(imported) = read_file(path, &Choices::default(), &mut ()) else {
        println!("{:<34} is not there", "Outline");
        return;
    };
    let times = (0..15).map(|_| {
        let began = Instant::now();
        black_box(recognize(&imported.text, &imported.hints));
        began.elapsed()
    });
    let speed = imported.text.len() as f64 / 1e6 / middle(times.collect());
    println!("{:<34}{speed:>8.1} MB/s                  at least 20", format!("Outline, {}", TEXT.0));
}

/// What taking a file in needs at most, in a process of its own, as a multiple of the text that comes out.
fn memory(name: &str, path: &Path) {
    let Ok(child) = std::env::current_exe().and_then(|exe| Command::new(exe).env(CHILD, path).output()) else { return };
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    let numbers: Vec<f64> = said.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let [before, peak, text, file] = numbers[..] else {
        println!("{:<34} cannot be measured here", format!("Memory, {name}"));
        return;
    };
    println!(
        "{:<34}{:>8.1}MB for {:.2} MB of text in a file of {:.2} MB: {:.1} times   at most 20",
        format!("Memory, {name}"),
        (peak - before) / 1e6,
        text / 1e6,
        file / 1e6,
        (peak - before) / text
    );
}

fn measure_memory(path: &Path) {
    // What any file of the kind needs, such as the program itself and its faces, is no matter of this one.
    let small = match path.extension().and_then(|e| e.to_str()) {
        Some("pdf") => "lights.pdf",
        Some("docx") => "convention.docx",
        Some("html") => "journal.html",
        _ => "convention.txt",
    };
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(small);
    drop(read_file(&small, &Choices::default(), &mut ()).map(|i| recognize(&i.text, &i.hints)));
    let before = memory_of("VmRSS:");
    let Ok(imported) = read_file(path, &Choices::default(), &mut ()) else { return };
    let (text, file) = (imported.text.len(), imported.bytes.len());
    let reading = recognize(&imported.text, &imported.hints);
    if let (Some(before), Some(peak)) = (before, memory_of("VmHWM:")) {
        println!("{before} {peak} {text} {file}");
    }
    black_box((imported, reading));
}

/// The memory this process has (`VmRSS:`) or had at most (`VmHWM:`), in bytes, where the system tells.
fn memory_of(which: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix(which))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kb| kb * 1024)
}
