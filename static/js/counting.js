// Number and sums that come after the page, of words that very many projects have. They take their places by themselves;
// here is what the rows owe them, and what is said where they do not come.
(() => {
  const decimals = (cell) => cell.textContent.split(".")[1]?.trim().length;

  // Sums may have more decimal places than the rows: the points of a column stand below each other again.
  const align = (foot) => {
    const rows = [...foot.closest("table").tBodies[0].rows];
    for (const at of foot.rows[0].cells.length ? [...foot.rows[0].cells].keys() : []) {
      const places = Math.max(...[...foot.rows].map((row) => decimals(row.cells[at]) ?? 0));
      if (!places) continue;
      for (const cell of rows.map((row) => row.cells[at])) {
        const missing = places - (decimals(cell) ?? places);
        if (missing <= 0 || cell.querySelector(`.short-${missing}`)) continue;
        const figure = document.createElement("span");
        figure.className = `short-${missing}`;
        figure.textContent = cell.textContent;
        cell.replaceChildren(figure);
      }
    }
  };

  // Nobody asked for the count by hand: where it fails, the rows stay, and a link opens the page that says what is wrong.
  let timer = null;
  const tell = (line, words, comesBack) => {
    line.querySelector("[data-counting]").hidden = words !== "";
    line.querySelector("[data-uncounted]").textContent = words;
    line.querySelector("[data-count-again]").hidden = words === "" || comesBack;
  };
  const ask = (line) => {
    if (!line.isConnected) return;
    tell(line, "", false);
    window.htmx.trigger(line, "count-again");
  };
  const refused = (line, xhr) => {
    const wait = Number(xhr.getResponseHeader("Retry-After"));
    const why = xhr.status === 429 ? xhr.responseText : wait ? `服务器正忙，请等 ${wait} 秒。` : "服务器没有完成统计。";
    tell(line, `没有统计出数目和金额：${why}${wait ? "到时间会自动再统计。" : ""}`, wait > 0);
    clearTimeout(timer);
    if (wait) timer = setTimeout(() => ask(line), 1000 * wait);
  };

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id === "sums") align(target);
  });
  // Before the page's own listeners, which leave the page for one that says what is wrong.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.target.id !== "counting") return;
    event.stopPropagation();
    refused(event.target, event.detail.xhr);
  }, true);
  document.addEventListener("htmx:sendError", (event) => {
    if (event.target.id !== "counting") return;
    event.stopPropagation();
    tell(event.target, "没有统计出数目和金额：没有连上服务器。", false);
  }, true);
  // The count gave way to a newer wish, which was refused: the rows are still those that it belongs to.
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    const line = document.getElementById("counting");
    if (!line || target === line || !detail.failed || line.querySelector("[data-uncounted]").textContent) return;
    setTimeout(() => ask(line)); // that wish has its turn until the end of this event
  });
})();
