// Runs in the browser after a page has loaded, inspects it as a reader would, and records the results in the document.
"use strict";
const probe = async () => {
  const found = {};
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const isShown = (element) => element.checkVisibility();

  found.headings = all("h1, h2, h3").map((heading) => Number(heading.tagName[1]));
  found.headersWithoutScope = all("th:not([scope])").length;
  found.tablesWithoutHeader = all("table").filter((table) => !table.tHead).length;
  const bars = all(".bar i").filter(isShown);
  found.bars = bars.length;
  found.barsWithoutWidth = bars.filter((bar) => bar.getBoundingClientRect().width <= 0).length;
  found.silentPictures = all("svg:not([aria-hidden=true]):not([role=img])").length;
  found.inputsWithoutLabel = all("input, select").filter((input) => input.labels.length === 0 && !input.ariaLabel).length;
  const controls = all("a[href], button, input, select").filter(isShown);
  found.unreachable = controls.filter((control) => control.tabIndex < 0 || control.disabled).length;
  const name = (control) => control.ariaLabel || control.labels?.[0]?.textContent || control.textContent;
  found.nameless = controls.filter((control) => !name(control).trim()).length;
  found.scrollersWithoutKeyboard = all(".scroll").filter((box) => box.tabIndex !== 0 || !box.getAttribute("role")).length;
  found.linksToNowhere = all("a[href^='#']").filter((link) => !document.getElementById(link.hash.slice(1))).length;
  found.addressesLoaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  found.intruders = all("img, iframe, object, embed, link, [onerror], [onload], [onclick]").length
    + all("script:not([data-probe])").length - (document.querySelector(".series") ? 2 : 1);
  const cut = (box) => box.scrollWidth > box.clientWidth + 1;
  found.cutTables = all(".scroll").filter(isShown).filter(cut).length;
  found.overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  found.tooWide = found.overflow > 0 && all("body *").filter((element) => element.getBoundingClientRect().right > innerWidth)
    .map((element) => element.outerHTML.slice(0, 80)).slice(-5);
  found.width = innerWidth;
  found.dark = matchMedia("(prefers-color-scheme: dark)").matches;

  const rgb = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = rgb(color).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((rgb(color)[3] ?? 1) > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const texts = all("body *").filter((element) =>
    Array.from(element.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
    && !["SCRIPT", "STYLE"].includes(element.tagName) && isShown(element));
  found.texts = texts.length;
  found.leastContrast = Math.min(...texts.map((element) =>
    contrast(getComputedStyle(element).color, background(element))));

  const section = document.getElementById("accounts");
  if (section) {
    const table = section.querySelector("table");
    const shown = () => Array.from(table.tBodies[0].rows).filter((row) => !row.hidden);
    const column = (place) => shown().map((row) => row.cells[place].textContent);
    const [search, choice] = [section.querySelector(".search input"), section.querySelector(".search select")];
    const change = (control, value, event) => {
      control.value = value;
      control.dispatchEvent(new Event(event));
    };
    const type = (text) => change(search, text, "input");
    found.rows = shown().length;
    type("947");
    found.rowsWith947 = column(4);
    type("connect_fix 7000000004");
    found.rowsWithTwoWords = column(0);
    found.told = section.querySelector(".search [role=status]").textContent;
    type("nothing has this");
    found.rowsWithNothing = shown().length;
    found.nothing = section.querySelector(".search [role=status]").textContent;
    type("");
    if (choice) {
      change(choice, "Delete the duplicate", "change");
      found.chosen = column(4);
      change(choice, "", "change");
    }
    const days = table.tHead.rows[0].cells[5];
    const button = days.querySelector("button");
    button.focus();
    found.canFocus = document.activeElement === button;
    button.click();
    found.ascending = [days.getAttribute("aria-sort"), ...column(5)];
    button.click();
    found.descending = [days.getAttribute("aria-sort"), ...column(5)];
    found.explained = table.querySelector("a[href='#169']").title;
  }
  const box = document.querySelector("main input[type=checkbox]");
  if (box) {
    box.click();
    found.done = box.closest(".scroll").previousElementSibling.textContent;
    found.struck = getComputedStyle(box.closest("tr")).textDecorationLine;
  }
  const reference = document.querySelector(".search.codes input");
  if (reference) {
    reference.value = "931 authenticate_each_time";
    reference.dispatchEvent(new Event("input"));
    found.entries = all("article").filter(isShown).map((article) => article.id);
    reference.value = "outage";
    reference.dispatchEvent(new Event("input"));
    found.synonym = all("article").filter(isShown).map((article) => article.id).includes("910");
    const link = all("main a[href='#103']").find((link) => !isShown(link)) ?? document.querySelector("main a[href='#103']");
    link.click();
    found.linked = isShown(document.getElementById("103"));
    reference.value = "";
    reference.dispatchEvent(new Event("input"));
  }
  if (window.axe) {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    found.violations = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} (${nodes.length})`);
  }
  const note = document.createElement("pre");
  note.id = "found";
  note.textContent = JSON.stringify(found);
  document.body.append(note);
};
addEventListener("load", probe);
