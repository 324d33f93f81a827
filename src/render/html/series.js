"use strict";
// Shows the numbers of a point in a line below the chart, by pointer and by keyboard.
for (const plot of document.querySelectorAll(".series .plot")) {
  const points = Array.from(plot.querySelectorAll(".hit"), (area) => {
    const title = area.querySelector("title");
    title.remove();
    return { area, text: title.textContent };
  });
  const reading = plot.closest(".series").querySelector(".reading");
  let at = points.length - 1;
  const show = (place) => {
    points[at].area.classList.remove("at");
    at = Math.min(Math.max(place, 0), points.length - 1);
    points[at].area.classList.add("at");
    reading.textContent = points[at].text;
  };
  points.forEach(({ area }, place) => area.addEventListener("pointerenter", () => show(place)));
  plot.addEventListener("keydown", (event) => {
    const places = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: points.length - 1 };
    if (!(event.key in places)) return;
    event.preventDefault();
    show(places[event.key]);
  });
  show(at);
}
