//! Runs a headless browser that opens pages from files.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::support::Folder;
use serde_json::Value;

/// The widths of the windows, in pixels: a desktop, a tablet, a phone.
pub const WIDTHS: [u32; 3] = [1280, 768, 375];

/// A browser, and axe-core if `STATUSCODE_AXE` names its script.
pub struct Browser {
    program: PathBuf,
    axe: String,
}

impl Browser {
    pub fn new(program: PathBuf) -> Self {
        let axe = env::var_os("STATUSCODE_AXE").map(|path| fs::read_to_string(path).unwrap());
        let required = env::var_os("STATUSCODE_TOOLS").is_some_and(|value| value == "required");
        assert!(axe.is_some() || !required, "STATUSCODE_AXE does not name axe.min.js");
        Self { program, axe: axe.unwrap_or_default() }
    }

    /// Opens a page. Returns the final document and the output of the console.
    fn open(&self, folder: &Folder, page: &str, options: &[&str]) -> Output {
        let file = folder.file("page.html", page);
        Command::new(&self.program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args(["--disable-sync", "--disable-background-networking"])
            .args(["--disable-component-update", "--enable-logging=stderr"])
            .arg(format!("--user-data-dir={}", folder.0.join("profile").display()))
            .args(options)
            .arg("--dump-dom")
            .arg(format!("file://{file}"))
            .output()
            .unwrap()
    }

    /// Returns the messages of the page on the console. The script of the page must have run.
    pub fn console(&self, folder: &Folder, page: &str) -> Vec<String> {
        let output = self.open(folder, page, &[]);
        let dom = String::from_utf8(output.stdout).unwrap();
        let is_searched = page.contains("<div class=\"search");
        let counts = dom.contains(" rows</span>") || dom.contains(" codes</span>");
        assert!(counts || !is_searched, "the script did not run");
        let log = String::from_utf8_lossy(&output.stderr);
        log.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect()
    }

    /// Returns the findings of the probe in a page, at each width. The probe replaces the policy of
    /// the page, which would block it.
    pub fn probe(&self, folder: &Folder, page: &str, is_dark: bool) -> Vec<Value> {
        let policy = page.find("script-src 'sha256-").unwrap();
        let end = policy + page[policy..].find('"').unwrap();
        let open = format!("{}script-src 'unsafe-inline'{}", &page[..policy], &page[end..]);
        let script = |text: &str| format!("<script data-probe>{text}</script>");
        let scripts = script(&self.axe) + &script(include_str!("probe.js"));
        let probed =
            folder.file("probed.html", open.replace("</body>", &format!("{scripts}</body>")));
        let frames = WIDTHS.map(|width| {
            format!("<iframe src=\"file://{probed}\" style=\"border:0;width:{width}px;height:900px\"></iframe>")
        });
        let collect = script(include_str!("frames.js"));
        let page = format!("<!doctype html><body>{}{collect}", frames.concat());
        let mut options = vec![
            "--window-size=1400,900",
            "--allow-file-access-from-files",
            // Waits until the asynchronous checks are done.
            "--virtual-time-budget=60000",
        ];
        if is_dark {
            options.push("--blink-settings=preferredColorScheme=0");
        }
        let output = self.open(folder, &page, &options);
        let dom = String::from_utf8(output.stdout).unwrap();
        let from = dom.find("<pre id=\"found\">").expect("the probe did not finish");
        let from = from + "<pre id=\"found\">".len();
        let found = &dom[from..from + dom[from..].find("</pre>").unwrap()];
        let found = found.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        serde_json::from_str(&found).unwrap()
    }
}
