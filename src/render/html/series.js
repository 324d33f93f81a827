"use strict";
// Shows the numbers of a point in a line below the chart, for pointer and keyboard.
for (const plot of document.querySelectorAll(".series .plot")) {
  const points = Array.from(plot.querySelectorAll(".hit"), (area) => {
    const title = area.querySelector("title");
    title.remove();
    return { area, text: title.textContent };
  });
  const reading = plot.closest(".series").querySelector(".reading");
  let at = points.length - 1;
  const show = (index) => {
    points[at].area.classList.remove("at");
    at = Math.min(Math.max(index, 0), points.length - 1);
    points[at].area.classList.add("at");
    reading.textContent = points[at].text;
  };
  points.forEach(({ area }, index) => area.addEventListener("pointerenter", () => show(index)));
  plot.addEventListener("keydown", (event) => {
    const targets = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: points.length - 1 };
    if (!(event.key in targets)) return;
    event.preventDefault();
    show(targets[event.key]);
  });
  show(at);
}
