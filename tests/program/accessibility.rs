//! The reports and codebooks of the evaluations that come with the program, examined by axe-core in a browser: no violation of WCAG 2.2 A or AA,
//! light and dark, on a wide and a narrow screen, with everything folded out.
//!
//! It needs Chromium and axe-core (`UTFALL_AXE`, the path of its `axe.min.js`). Where one is absent it says so and examines
//! nothing; in CI that is a failure.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Says why nothing was examined, and fails where nothing may be left out.
fn skip(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{why}; CI may not skip it");
    eprintln!("SKIPPED: {why}; the reports were not examined");
}

fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}

/// The rules of axe that stand for WCAG 2.2 A and AA, and its best practice, which has landmarks and the order of headings.
const RULES: &str = r#"["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]"#;

/// What Tab does not reach, or does not show that it has reached: whatever can be followed, folded, filled in or scrolled.
const KEYBOARD: &str = "\
    const seen = (one) => one.checkVisibility({visibilityProperty: true});\
    const rolls = (one) => one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);\
    const wanted = new Set(document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]'));\
    for (const one of document.querySelectorAll('div, figure, section, pre')) if (rolls(one)) wanted.add(one);\
    const unreached = [];\
    for (const one of wanted) {\
      if (!seen(one)) continue;\
      one.focus();\
      const style = getComputedStyle(one);\
      const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none';\
      if (one.tabIndex !== 0 || document.activeElement !== one || !shown)\
        unreached.push('Tab: ' + one.outerHTML.slice(0, 120) + ' ' + one.tabIndex + ' ' + shown);\
    }";

/// What axe finds on a page, a line a violation, and what Tab does not reach; the page with everything folded out, dark where `dark`.
fn violations(browser: &Path, axe: &str, page: &str, width: u32, dark: bool) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let scheme = if dark { page.replace("(prefers-color-scheme: dark)", "all") } else { page.to_owned() };
    let examine = format!(
        "<script>{axe}</script><script>\
         for (const fold of document.querySelectorAll('details')) fold.open = true;\
         {KEYBOARD}\
         axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}}).then((found) => {{\
           const lines = found.violations.map((rule) => rule.id + ': ' + rule.nodes.slice(0, 3).map((node) => \
             node.html.slice(0, 120) + ' ' + node.failureSummary).join(' ; '));\
           lines.push(...unreached.slice(0, 5));\
           const said = document.createElement('pre');\
           said.textContent = 'EXAMINED ' + Math.min(found.passes.length, wanted.size) + '\\n' + lines.join('\\n') + '\\nDONE';\
           document.body.replaceChildren(said);\
         }});</script></body>"
    );
    let file = folder.path().join("page.html");
    std::fs::write(&file, scheme.replace("</body>", &examine)).expect("the page is written");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
        ])
        .args(["--disable-component-update", "--disable-sync", "--virtual-time-budget=600000", "--dump-dom"])
        .arg(format!("--window-size={width},900"))
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("the browser starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = text.split("EXAMINED ").nth(1).and_then(|said| said.split("DONE").next());
    let said =
        said.unwrap_or_else(|| panic!("axe did not finish: {}", String::from_utf8_lossy(&output.stderr)));
    let (passed, found) = said.split_once('\n').unwrap_or((said, ""));
    assert!(
        passed.trim().parse::<usize>().is_ok_and(|passed| passed > 20),
        "axe examined too little: {passed}"
    );
    found.trim().to_owned()
}

fn release(pipeline: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().display().to_string();
    let said = crate::common::utfall(&["run", &format!("pipelines/{pipeline}"), "--out", &out], &[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let release = folder.path().join(pipeline).join("release");
    (folder, release)
}

fn examine(pipeline: &str) {
    let Some(browser) = chromium() else { return skip("there is no Chromium") };
    let Some(axe) = std::env::var_os("UTFALL_AXE") else {
        return skip("UTFALL_AXE does not name axe.min.js");
    };
    let axe = std::fs::read_to_string(&axe).expect("axe-core can be read");
    let (_folder, release) = release(pipeline);
    for (language, width, dark) in
        [("nb", 1440, false), ("nn", 768, false), ("en", 320, false), ("nb", 320, true)]
    {
        let page =
            std::fs::read_to_string(release.join(format!("report.{language}.html"))).expect("the report");
        // A quarter of the page is the ids of its numbers.
        assert!(page.len() < 2_000_000, "{}", page.len());
        let found = violations(&browser, &axe, &page, width, dark);
        assert_eq!(found, "", "{pipeline}, {language}, {width} px, dark: {dark}");
    }
    for (language, width, dark) in [("nb", 1440, false), ("en", 320, true)] {
        let page = std::fs::read_to_string(release.join(format!("codebook.{language}.html")));
        let found = violations(&browser, &axe, &page.expect("the codebook"), width, dark);
        assert_eq!(found, "", "{pipeline}, codebook, {language}, {width} px, dark: {dark}");
    }
}

#[test]
fn the_shipped_evaluations_report_has_no_violation() {
    examine("sintef-lav");
}

#[test]
fn the_help_reports_have_no_violation() {
    match std::env::var_os("UTFALL_HELP_CSV") {
        Some(_) => examine("help"),
        None => skip("UTFALL_HELP_CSV does not name the HELP table"),
    }
}

/// The examination itself can fail.
#[test]
fn a_page_with_faults_is_found_out() {
    let (Some(browser), Some(axe)) = (chromium(), std::env::var_os("UTFALL_AXE")) else {
        return skip("there is no Chromium, or UTFALL_AXE does not name axe.min.js");
    };
    let axe = std::fs::read_to_string(&axe).expect("axe-core can be read");
    let faults = "<!doctype html><html><head><title>x</title></head><body><main><h1>A</h1><h4>B</h4><img src=\"data:,\">\
                  <p style=\"color:#bbb;background:#fff\">pale</p><table><tr><td>1</td></tr></table></main></body></html>";
    let found = std::panic::catch_unwind(|| violations(&browser, &axe, faults, 800, false));
    // So small a page passes few rules; either way it is not taken for a good one.
    assert!(found.map_or(true, |found| found.contains("image-alt") && found.contains("html-has-lang")));
}
