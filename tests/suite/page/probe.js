// Runs behind a report page in a browser, looks at it as a reader would, and leaves what it found in the document.
"use strict";
(() => {
  const found = {};
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  found.headings = all("h1, h2, h3").map((heading) => Number(heading.tagName[1]));
  found.headersWithoutScope = all("th:not([scope])").length;
  found.tablesWithoutHeader = all("table").filter((table) => !table.tHead).length;
  found.bars = all("svg.bar rect").map((bar) => bar.getBoundingClientRect().width);
  found.silentPictures = all("svg:not([aria-hidden=true]):not([role=img])").length;
  found.inputsWithoutLabel = all("input").filter((input) => input.labels.length === 0 && !input.ariaLabel).length;
  found.scrollersWithoutKeyboard = all(".scroll").filter((box) => box.tabIndex !== 0 || !box.getAttribute("role")).length;
  found.linksToNowhere = all("a[href^='#']").filter((link) => !document.getElementById(link.hash.slice(1))).length;
  found.addressesLoaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  found.intruders = all("img, iframe, object, embed, link, [onerror], [onload], [onclick]").length + all("script").length - 2;
  found.overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
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
    && !["SCRIPT", "STYLE"].includes(element.tagName));
  found.texts = texts.length;
  found.leastContrast = Math.min(...texts.map((element) =>
    contrast(getComputedStyle(element).color, background(element))));

  const section = document.getElementById("accounts");
  const table = section.querySelector("table");
  const shown = () => Array.from(table.tBodies[0].rows).filter((row) => !row.hidden);
  const column = (place) => shown().map((row) => row.cells[place].textContent);
  const search = section.querySelector(".search input");
  const type = (text) => {
    search.value = text;
    search.dispatchEvent(new Event("input"));
  };
  found.rows = shown().length;
  type("947");
  found.rowsWith947 = column(4);
  type("connect_fix 7000000004");
  found.rowsWithTwoWords = column(0);
  found.told = section.querySelector(".search [role=status]").textContent;
  type("nothing has this");
  found.rowsWithNothing = shown().length;
  type("");
  const days = table.tHead.rows[0].cells[5];
  const button = days.querySelector("button");
  button.focus();
  found.canFocus = document.activeElement === button;
  button.click();
  found.ascending = [days.getAttribute("aria-sort"), ...column(5)];
  button.click();
  found.descending = [days.getAttribute("aria-sort"), ...column(5)];

  const note = document.createElement("pre");
  note.id = "found";
  note.textContent = JSON.stringify(found);
  document.body.append(note);
})();
