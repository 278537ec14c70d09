//! Parses arguments, starts logging, opens the window or runs a subcommand.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Parser;
use eframe::egui;
use travaux::cli::{self, Arguments};
use travaux::ui::{App, Options};
use travaux::workspace::{Command, Home, Machine, ProjectCommand, Tasks, ThemeChoice, Workspace};

fn main() -> ExitCode {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("off")).init();
    hear_panics();
    let arguments = Arguments::parse();
    let Some(home) = Home::of_user() else {
        return fail("there is no home folder to keep settings in; set TRAVAUX_HOME to a folder of your own");
    };
    if let Some(subcommand) = arguments.subcommand {
        let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
        return ExitCode::from(cli::run(subcommand, &home, &mut out, &mut err));
    }
    let mut workspace = Workspace::new(Box::new(Machine), Tasks::threaded(), &home);
    let theme = arguments.theme.map(|theme| match theme {
        cli::Theme::Light => ThemeChoice::Light,
        cli::Theme::Dark => ThemeChoice::Dark,
    });
    let first = match (arguments.project, workspace.settings().recent.first()) {
        (Some(folder), _) => ProjectCommand::Open(folder),
        (None, Some(latest)) => ProjectCommand::Open(latest.clone()),
        (None, None) => ProjectCommand::OpenSample,
    };
    workspace.run(Command::Project(first));
    let pictured = Arc::new(AtomicBool::new(arguments.screenshot.is_none()));
    let options =
        Options { screenshot: arguments.screenshot, theme, pictured: Arc::clone(&pictured), ..Options::default() };
    match open_window(workspace, options, arguments.size, &home) {
        Ok(()) if !pictured.load(Ordering::Relaxed) => {
            fail("the picture could not be made, or shows something that went wrong")
        }
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => fail(&sentence),
    }
}

/// A panic in a reader of files is caught and told in a sentence; its trace is for whoever asks for the log.
fn hear_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if travaux::import::is_guarded() {
            log::debug!("{info}");
        } else {
            usual(info);
        }
    }));
}

/// Opens the window and stays until it is closed.
fn open_window(workspace: Workspace, options: Options, size: Option<(f32, f32)>, home: &Home) -> Result<(), String> {
    let size_now: (f32, f32) = size.unwrap_or((1360.0, 880.0));
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Travaux")
        .with_app_id("travaux")
        .with_inner_size(size_now)
        .with_min_inner_size([720.0, 480.0]);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon.png")) {
        viewport = viewport.with_icon(icon);
    }
    let native = eframe::NativeOptions {
        viewport,
        persist_window: options.screenshot.is_none() && size.is_none(),
        persistence_path: Some(home.data.join("window.ron")),
        ..Default::default()
    };
    // A missing library is a panic in its loader; it is to end in a sentence, not in a backtrace.
    let silent = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| {
        let level = if travaux::import::is_guarded() { log::Level::Debug } else { log::Level::Error };
        log::log!(level, "{info}");
    }));
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
        eframe::run_native(
            "travaux",
            native,
            Box::new(move |cc| Ok(Box::new(App::new(&cc.egui_ctx, workspace, options)) as Box<dyn eframe::App>)),
        )
    }));
    std::panic::set_hook(silent);
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(explain(&error.to_string())),
        Err(panic) => {
            let said = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("no reason was given");
            Err(explain(said))
        }
    }
}

/// What to install, in one sentence.
fn explain(error: &str) -> String {
    let lower = error.to_lowercase();
    // Library errors begin with the place in their own source, which says nothing to a person.
    let error = error.rsplit(": ").next().unwrap_or(error);
    let missing = |name: &str| lower.contains(name);
    if missing("xkbcommon") {
        return "the window needs the library libxkbcommon-x11; on Debian and Ubuntu install libxkbcommon-x11-0"
            .to_owned();
    }
    let no_display = std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none();
    if no_display || missing("neither wayland_display") {
        return "there is no display to open a window on; the subcommands (travaux --help) work without one".to_owned();
    }
    if missing("libx11") || missing("libxcursor") || missing("libxi") || missing("xlib") || missing("x11") {
        return format!(
            "the window needs X11 libraries; on Debian and Ubuntu install libx11-6 libx11-xcb1 libxcursor1 libxi6 ({error})"
        );
    }
    if missing("gl") || missing("opengl") {
        return format!(
            "the window needs OpenGL; on Debian and Ubuntu install libgl1 libgl1-mesa-dri libegl1 ({error})"
        );
    }
    format!("the window could not be opened: {error}")
}

fn fail(sentence: &str) -> ExitCode {
    // Standard error may be closed; there is nobody to tell then.
    let _ = writeln!(std::io::stderr(), "travaux: {sentence}");
    ExitCode::FAILURE
}
