// Draws the charts of a page. Figures come from the server as JSON; colours in them are names of CSS variables.
(() => {
  const CONFIG = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false, showTips: false };
  const NARROW = 560;
  const root = document.documentElement;

  const drawings = () => [...document.querySelectorAll("[data-chart]")];
  const figureOf = (drawing) => JSON.parse(document.getElementById(drawing.dataset.chart).textContent);

  const coloured = (value, styles) => {
    if (typeof value === "string") return value.startsWith("--") ? styles.getPropertyValue(value).trim() : value;
    if (Array.isArray(value)) return value.map((one) => coloured(one, styles));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, styles)]));
    }
    return value;
  };

  // The figures beside the bars take as much room on a narrow page as on a wide one.
  const narrowed = (figure) => {
    const { xaxis } = figure.layout;
    if (!xaxis?.range) return figure;
    xaxis.range = xaxis.range.map((end) => end * 1.5);
    xaxis.nticks = 4;
    return figure;
  };

  const dressed = (drawing) => {
    const figure = coloured(figureOf(drawing), getComputedStyle(root));
    figure.layout.font.family = getComputedStyle(document.body).fontFamily;
    return drawing.clientWidth < NARROW ? narrowed(figure) : figure;
  };

  // Where a mark leads: bands and ends of flows have their addresses apart, all other marks carry their own.
  const addressOf = (point, drawing) => {
    if ((point.data ?? point.trace)?.type !== "sankey" && !drawing.layout.meta) return point.customdata;
    const { links, nodes } = drawing.layout.meta;
    return (point.source === undefined ? nodes : links)[point.pointNumber ?? point.index];
  };

  const open = (address, event) => {
    if (!address) return;
    if (event?.ctrlKey || event?.metaKey) window.open(address, "_blank", "noopener");
    else location.assign(address);
  };

  const listen = (drawing) => {
    drawing.on("plotly_click", (data) => open(addressOf(data.points[0], drawing), data.event));
    drawing.on("plotly_treemapclick", (data) => {
      open(data.points[0].customdata, data.event);
      return false; // no diving into a department: its list says more
    });
  };

  const draw = () => {
    for (const drawing of drawings()) {
      const { data, layout } = dressed(drawing);
      const isNew = !drawing.classList.contains("js-plotly-plot");
      window.Plotly.react(drawing, data, layout, CONFIG).then(() => {
        if (isNew) listen(drawing);
        drawing.dataset.drawn = "";
      });
    }
  };

  const download = (button) => {
    const drawing = button.closest(".chart").querySelector("[data-chart]");
    const { data, layout } = dressed(drawing);
    const title = drawing.dataset.title;
    const summary = document.querySelector("#results .summary")?.textContent.trim().replace(/\s+/g, " ") ?? "";
    layout.title = {
      text: title,
      subtitle: { text: summary, font: { size: 12, color: layout.font.color } },
      x: 0.02, xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { t: 16 },
      font: { size: 16, color: layout.hoverlabel.font.color },
    };
    layout.margin = { ...layout.margin, t: layout.margin.t + 64, l: Math.max(layout.margin.l, 16), r: Math.max(layout.margin.r, 16), b: Math.max(layout.margin.b, 16) };
    layout.height += 64;
    delete layout.meta;
    const width = Math.max(drawing.clientWidth, 720);
    window.Plotly.downloadImage(
      { data, layout, config: CONFIG },
      { format: button.dataset.chartDownload, width, height: layout.height, scale: 2, filename: title.replace(/[（）：]/g, "_").replace(/_$/, "") },
    );
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-chart-download]");
    if (button) download(button);
  });
  document.addEventListener("htmx:beforeSwap", () => {
    for (const drawing of drawings()) window.Plotly.purge(drawing);
  });
  document.addEventListener("htmx:afterSettle", draw);
  new MutationObserver(draw).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();
