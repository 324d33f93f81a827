"use strict";
// Adds search, sorting, and checklist counts. Without it, the page still shows everything.
const numbers = new Intl.Collator("en", { numeric: true });
// Parses a number with an optional sign, commas, and percent sign; NaN for anything else.
const number = (text) => (/^[+-]?[\d,]*\.?\d+%?$/.test(text) ? parseFloat(text.replaceAll(",", "")) : NaN);
const isMissing = (text) => text === "" || text === "-";
// Values that are missing come last, whatever the direction.
const compare = (a, b, sign = 1) => isMissing(a) - isMissing(b) || sign * (number(a) - number(b) || numbers.compare(a, b));
const count = (number) => number.toLocaleString("en");
const make = (tag, members, ...children) => {
  const element = Object.assign(document.createElement(tag), members);
  element.append(...children);
  return element;
};

// A hyphen is like a space: "one-time passcode" finds "one time passcode".
const plain = (text) => text.toLowerCase().replace(/[-\u2010-\u2015]/g, " ");
// The searchable text of an element: its text, the names that machine formats use, and synonyms.
const searchable = (element) => {
  const names = [element, ...element.querySelectorAll("[title]")].map((named) => named.title);
  return plain([element.textContent, ...names, element.dataset.terms ?? ""].join(" "));
};
const matches = (input, parts) => {
  const words = plain(input.value).split(/\s+/).filter(Boolean);
  return words.every((word) => parts.some((part) => part.includes(word)));
};
// Says how many of the listed items are shown, and how many there are in all.
const status = (shown, listed, all, noun) => {
  const rest = all > listed ? ` listed here, of ${count(all)} in all` : "";
  if (shown === 0) return "No match";
  return shown < listed ? `${count(shown)} of ${count(listed)} ${noun}${rest}` : `${count(listed)} of ${count(all)} ${noun}`;
};

// A search box for the rows of a table, and a drop-down list for each column with few values.
for (const search of document.querySelectorAll(".search:not(.codes)")) {
  const table = search.nextElementSibling.querySelector("table");
  const rows = Array.from(table.tBodies[0].rows);
  const [input, shown] = [search.querySelector("input"), search.querySelector("span")];
  const choices = [];
  const filter = () => {
    for (const row of rows) {
      const chosen = choices.every(([column, choice]) => !choice.value || row.cells[column].textContent.trim() === choice.value);
      row.hidden = !chosen || !matches(input, Array.from(row.cells, searchable));
    }
    shown.textContent = status(rows.filter((row) => !row.hidden).length, rows.length, Number(search.dataset.all), "rows");
  };
  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    if (!table.classList.contains(`w${column + 1}`)) return;
    const values = [...new Set(rows.map((row) => row.cells[column].textContent.trim()))];
    if (values.length < 2 || values.length > 20) return;
    const options = values.sort(compare).map((value) => make("option", {}, value));
    const choice = make("select", {}, make("option", { value: "" }, "all"), ...options);
    choice.addEventListener("change", filter);
    choices.push([column, choice]);
    shown.before(make("label", {}, `${header.textContent} `, choice));
  });
  input.addEventListener("input", filter);
  search.hidden = false;
  filter();
}

// One search box for everything about codes. A row is found by what its code's explanation says.
for (const search of document.querySelectorAll(".search.codes")) {
  const [input, shown] = [search.querySelector("input"), search.querySelector("span")];
  const articles = Array.from(document.querySelectorAll("article"));
  const rows = Array.from(document.querySelectorAll("main tbody tr"));
  const sections = Array.from(document.querySelectorAll("main > section"));
  const explanation = (row) => document.getElementById(row.querySelector("a[href^='#']")?.hash.slice(1) ?? "") ?? row;
  const filter = () => {
    for (const article of articles) article.hidden = !matches(input, [searchable(article)]);
    for (const row of rows) row.hidden = !matches(input, [searchable(row), searchable(explanation(row))]);
    for (const section of sections) section.hidden = input.value !== "" && !section.querySelector("tbody tr:not([hidden])");
    shown.textContent = status(articles.filter((article) => !article.hidden).length, articles.length, Number(search.dataset.all), "codes");
  };
  input.addEventListener("input", filter);
  // A link to what the search hides ends the search.
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || !document.getElementById(link.hash.slice(1))?.hidden) return;
    input.value = "";
    filter();
  });
  search.hidden = false;
  filter();
  document.documentElement.style.scrollPaddingTop = `${search.offsetHeight + 16}px`;
}

for (const table of document.querySelectorAll("table")) {
  const [body, headers] = [table.tBodies[0], Array.from(table.tHead.rows[0].cells)];
  if (body.rows.length < 2) continue;
  headers.forEach((header, column) => {
    const key = (row) => String(row.cells[column].querySelector("input")?.checked ?? row.cells[column].textContent.trim());
    // Bars have no text to sort by, but the figures next to them do.
    if (Array.from(body.rows).every((row) => key(row) === "")) return;
    const button = make("button", { type: "button" }, ...header.childNodes);
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of headers) other.setAttribute("aria-sort", "none");
      header.setAttribute("aria-sort", direction);
      const sign = direction === "ascending" ? 1 : -1;
      const rows = Array.from(body.rows);
      rows.sort((a, b) => compare(key(a), key(b), sign));
      body.append(...rows);
    });
  });
}

// Counts the finished steps of each checklist.
for (const table of document.querySelectorAll("table:has(input[type=checkbox])")) {
  const boxes = Array.from(table.querySelectorAll("input[type=checkbox]"));
  const done = make("p", { className: "quiet", role: "status" });
  const update = () => { done.textContent = `${count(boxes.filter((box) => box.checked).length)} of ${count(boxes.length)} done`; };
  table.addEventListener("change", update);
  table.parentElement.before(done);
  update();
}

// Adds the meaning of a code as a tooltip.
for (const link of document.querySelectorAll("main a[href^='#']:not([title])")) {
  const article = document.getElementById(link.hash.slice(1));
  if (article?.tagName === "ARTICLE" && !article.contains(link)) link.title = article.querySelector("h2, h3").textContent.trim();
}
