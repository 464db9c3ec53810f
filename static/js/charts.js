// Draws the charts of a page. Figures come from the server as JSON; colours in them are names of CSS variables.
(() => {
  const CONFIG = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false, showTips: false };
  const NAMES = 170; // pixels of the longest names and figures
  const FIGURES = 150;
  const SHARE = 50;
  const root = document.documentElement;

  const drawings = () => [...document.querySelectorAll("[data-chart]")];
  const figureOf = (drawing) => JSON.parse(document.getElementById(drawing.dataset.chart).textContent);

  // What names no colour stays as it is: a project's name may begin with two dashes, too.
  const coloured = (value, styles) => {
    if (typeof value === "string") return (value.startsWith("--") && styles.getPropertyValue(value).trim()) || value;
    if (Array.isArray(value)) return value.map((one) => coloured(one, styles));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, styles)]));
    }
    return value;
  };

  // The figures stand beside the bars: the axis leaves them room, however narrow the page is.
  const withRoom = (figure, drawing) => {
    const { xaxis } = figure.layout;
    if (!xaxis?.range) return figure;
    const isNarrow = drawing.clientWidth < 480;
    const figures = isNarrow ? FIGURES - SHARE : FIGURES;
    const width = Math.max(drawing.clientWidth - NAMES, 40 + figures);
    xaxis.range = xaxis.range.map((end) => (end * width) / (width - figures));
    if (isNarrow) {
      // Shares are in the hint and in the table.
      for (const trace of figure.data) trace.text = trace.text.map((text) => text.split(" · ")[0]);
      xaxis.nticks = 2;
    }
    return figure;
  };

  const dressed = (drawing) => {
    const figure = coloured(figureOf(drawing), getComputedStyle(root));
    figure.layout.font.family = getComputedStyle(document.body).fontFamily;
    return withRoom(figure, drawing);
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

  const draw = (drawing) => {
    const { data, layout } = dressed(drawing);
    const isNew = !drawing.classList.contains("js-plotly-plot");
    return window.Plotly.react(drawing, data, layout, CONFIG).then(() => {
      if (isNew) listen(drawing);
      drawing.dataset.drawn = "";
    });
  };

  // Each chart is drawn when it comes near the window: the page is there at once.
  const coming = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      coming.unobserve(target);
      requestAnimationFrame(() => target.isConnected && draw(target));
    }
  }, { rootMargin: "400px" });
  const watch = () => drawings().forEach((drawing) => coming.observe(drawing));
  const again = () => document.querySelectorAll("[data-chart][data-drawn]").forEach(draw);

  const download = (button) => {
    const drawing = button.closest(".chart").querySelector("[data-chart]");
    const { data, layout } = dressed(drawing);
    const title = drawing.dataset.title;
    const summary = document.querySelector("#results .summary")?.innerText.trim().replace(/\s+/g, " ") ?? "";
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
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap) return; // a refusal takes no chart away
    coming.disconnect();
    for (const drawing of drawings()) window.Plotly.purge(drawing);
  });
  document.addEventListener("htmx:afterSettle", watch);
  new MutationObserver(again).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  addEventListener("beforeprint", () => drawings().forEach(draw));
  watch();
})();
