// Moving through the rows of the list by keyboard: arrows, j and k, Home, End and the page keys. Enter is the link's own.
(() => {
  const rows = () => [...document.querySelectorAll("#results [data-rows] tr")];
  const linkOf = (row) => row.querySelector("[data-row-link]");

  // Rows that a page key goes past: as many as are in sight, but one.
  const inSight = (row) => {
    const box = row.closest(".table-wrap");
    const head = box.querySelector("thead").offsetHeight + (box.querySelector("tfoot")?.offsetHeight ?? 0);
    const room = Math.min(box.clientHeight, innerHeight) - head;
    return Math.max(1, Math.floor(room / row.offsetHeight) - 1);
  };

  const STEPS = {
    ArrowDown: () => 1,
    ArrowUp: () => -1,
    j: () => 1,
    k: () => -1,
    PageDown: inSight,
    PageUp: (row) => -inSight(row),
    Home: () => -Infinity,
    End: () => Infinity,
  };

  const types = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  const nothingScrolls = () => document.documentElement.scrollHeight <= innerHeight + 1;

  // Where the key was pressed: in a row, or nowhere in particular. Elsewhere keys keep their own meaning.
  const place = ({ key, target }) => {
    const row = target.closest("#results [data-rows] tr");
    if (row) return { row };
    const nowhere = target === document.body || target.id === "main";
    if (nowhere && (key.length === 1 || (key.startsWith("Arrow") && nothingScrolls()))) return {};
    return target.matches("#results .table-wrap") && key.length === 1 ? {} : null;
  };

  const go = (from, step) => {
    const all = rows();
    if (!all.length) return false;
    const at = all.indexOf(from);
    const to = at < 0 ? all.find((row) => row.ariaCurrent) ?? all[0] : all[Math.min(Math.max(at + step, 0), all.length - 1)];
    // Who goes down the boxes stays in the boxes.
    const box = document.activeElement?.matches('input[name="ids"]') ? to.querySelector('input[name="ids"]') : null;
    (box ?? linkOf(to)).focus();
    return true;
  };

  // Before the page's own listeners, which know other lists as well.
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!(event.key in STEPS) || types(event.target) || document.querySelector("details.menu[open]")) return;
    const found = place(event);
    if (!found) return;
    if (!go(found.row, found.row ? STEPS[event.key](found.row) : 0)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
