// Draws the charts of a page from the specifications it holds. Without it the tables beside them say the same.
import "../vendor/vega/vega.js";

const NARROW = 420; // pixels: a phone

const options = {
  actions: false,
  ast: true, // expressions are walked, not compiled: the content policy allows no eval
  defaultStyle: false,
  renderer: "svg",
  logLevel: 1, // errors
  tooltip: { disableDefaultStyle: true },
};

for (const figure of document.querySelectorAll(".chart")) {
  const place = figure.querySelector("[data-chart]");
  const drawing = place.parentElement;
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  drawing.hidden = false;
  if (place.clientWidth < NARROW) {
    spec.encoding.y.axis.labelLimit = 110;
    spec.encoding.color.legend.columns = 1;
  }
  window.vegaEmbed(place, spec, options).then(
    () => figure.querySelector("details").removeAttribute("open"),
    (error) => {
      drawing.hidden = true;
      console.error(error);
    },
  );
}
