// Number and sums that come after the page, of words that very many projects have. They take their places by themselves;
// here is what the rows owe them.
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

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id === "sums") align(target);
  });
})();
