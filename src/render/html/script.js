"use strict";
// Makes tables searchable and sortable. Nothing is lost without it: the page is whole as it is.
const numbers = new Intl.Collator("en", { numeric: true });

for (const search of document.querySelectorAll(".search")) {
  const rows = Array.from(search.nextElementSibling.querySelectorAll("tbody tr"));
  const [input, shown] = [search.querySelector("input"), search.querySelector("span")];
  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const cells = Array.from(row.cells, (cell) => cell.textContent.toLowerCase());
      row.hidden = !words.every((word) => cells.some((cell) => cell.includes(word)));
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = `${count} of ${rows.length} rows`;
  };
  input.addEventListener("input", filter);
  search.hidden = false;
  filter();
}

for (const table of document.querySelectorAll("table")) {
  const [body, headers] = [table.tBodies[0], Array.from(table.tHead.rows[0].cells)];
  if (body.rows.length < 2) continue;
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of headers) other.setAttribute("aria-sort", "none");
      header.setAttribute("aria-sort", direction);
      const sign = direction === "ascending" ? 1 : -1;
      const key = (row) => row.cells[column].querySelector("input")?.checked ?? row.cells[column].textContent;
      const rows = Array.from(body.rows);
      rows.sort((a, b) => sign * numbers.compare(key(a), key(b)));
      body.append(...rows);
    });
  });
}
