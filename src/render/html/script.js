"use strict";
// Adds search, sorting, and checklist counts. Without it, the page still shows everything.
const numbers = new Intl.Collator("en", { numeric: true });
// Parses a number with an optional sign, commas, and percent sign; NaN for anything else.
const number = (text) => (/^[+-]?[\d,]*\.?\d+%?$/.test(text) ? parseFloat(text.replaceAll(",", "")) : NaN);
const compare = (a, b) => number(a) - number(b) || numbers.compare(a, b);
const make = (tag, members, ...children) => {
  const element = Object.assign(document.createElement(tag), members);
  element.append(...children);
  return element;
};

// The searchable text of an element: its text, and the names that machine formats use.
const searchable = (element) => {
  const names = [element, ...element.querySelectorAll("[title]")].map((named) => named.title);
  return [element.textContent, ...names].join(" ").toLowerCase();
};
const matches = (input, parts) => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => parts.some((part) => part.includes(word)));
};

// A search box for the rows of a table, and a drop-down list for each column with few values.
for (const search of document.querySelectorAll(".search:not(.codes)")) {
  const table = search.nextElementSibling.querySelector("table");
  const rows = Array.from(table.tBodies[0].rows);
  const [input, shown] = [search.querySelector("input"), search.querySelector("span")];
  const choices = [];
  const filter = () => {
    let count = 0;
    for (const row of rows) {
      const chosen = choices.every(([column, choice]) => !choice.value || row.cells[column].textContent.trim() === choice.value);
      row.hidden = !chosen || !matches(input, Array.from(row.cells, searchable));
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = `${count} of ${rows.length} rows`;
  };
  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    if (!table.classList.contains(`w${column + 1}`)) return;
    const values = [...new Set(rows.map((row) => row.cells[column].textContent.trim()))];
    if (values.length < 2 || values.length > 20) return;
    const options = values.sort(numbers.compare).map((value) => make("option", {}, value));
    const choice = make("select", {}, make("option", { value: "" }, "all"), ...options);
    choice.addEventListener("change", filter);
    choices.push([column, choice]);
    shown.before(make("label", {}, `${header.textContent} `, choice));
  });
  input.addEventListener("input", filter);
  search.hidden = false;
  filter();
}

// One search box for everything about codes.
for (const search of document.querySelectorAll(".search.codes")) {
  const [input, shown] = [search.querySelector("input"), search.querySelector("span")];
  const articles = Array.from(document.querySelectorAll("article"));
  const others = Array.from(document.querySelectorAll("main tbody tr"));
  const sections = Array.from(document.querySelectorAll("main > section"));
  const filter = () => {
    for (const part of [...articles, ...others]) part.hidden = !matches(input, [searchable(part)]);
    for (const section of sections) section.hidden = input.value !== "" && !section.querySelector("tbody tr:not([hidden])");
    shown.textContent = `${articles.filter((article) => !article.hidden).length} of ${articles.length} codes`;
  };
  input.addEventListener("input", filter);
  search.hidden = false;
  filter();
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
      rows.sort((a, b) => sign * compare(key(a), key(b)));
      body.append(...rows);
    });
  });
}

// Counts the finished steps of each checklist.
for (const table of document.querySelectorAll("table:has(input[type=checkbox])")) {
  const boxes = Array.from(table.querySelectorAll("input[type=checkbox]"));
  const done = make("p", { className: "quiet", role: "status" });
  const count = () => { done.textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length} done`; };
  table.addEventListener("change", count);
  table.parentElement.before(done);
  count();
}

// Adds the meaning of a code as a tooltip.
for (const link of document.querySelectorAll("main a[href^='#']:not([title])")) {
  const article = document.getElementById(link.hash.slice(1));
  if (article?.tagName === "ARTICLE" && !article.contains(link)) link.title = article.querySelector("h2, h3").textContent.trim();
}
