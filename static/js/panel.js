// A project beside the list. The address says which one is open; without this file, a link with that address opens it.
(() => {
  const panel = document.getElementById("panel");
  const main = document.getElementById("main");
  const NARROW = matchMedia("(max-width: 767px)");
  const BEHIND = ".topbar, .navigation, .page-head, #list, .skip";
  let shown = panel.querySelector("[data-project]")?.dataset.project ?? null;
  let coming = null; // the project that is being fetched
  let wanted = null; // the row to begin with on the page that is being fetched: its first or its last

  const rows = () => [...document.querySelectorAll("#results [data-rows] tr")];
  const rowOf = (number) => rows().find((row) => row.dataset.project === number);

  const tellAddress = () => {
    const address = new URL(location.href);
    if (shown === null) address.searchParams.delete("open");
    else address.searchParams.set("open", shown);
    history.replaceState(history.state, "", address);
  };

  // Which row is open, where it stands, and whether there is one before and after it.
  const markRow = () => {
    for (const row of rows()) {
      if (row.dataset.project === shown) row.ariaCurrent = "true";
      else row.ariaCurrent = null;
    }
    const place = panel.querySelector("[data-panel-place]");
    if (!place) return;
    const at = rows().findIndex((row) => row.dataset.project === shown);
    const { first } = document.querySelector("#results [data-rows]")?.dataset ?? {};
    const { total } = document.getElementById("pages")?.dataset ?? {}; // unknown until they are counted
    place.textContent = at < 0 ? "不在本页" : `第 ${Number(first) + at} 个${total ? `，共 ${total} 个` : ""}`;
    for (const button of panel.querySelectorAll("[data-panel-step]")) button.disabled = !beside(Number(button.dataset.panelStep));
  };

  const cover = () => {
    for (const part of document.querySelectorAll(BEHIND)) part.inert = NARROW.matches && !panel.hidden;
  };

  const turn = (step) => document.querySelector(`#results .pages a[rel="${step > 0 ? "next" : "prev"}"]`);
  const beside = (step) => {
    const at = rows().findIndex((row) => row.dataset.project === (coming ?? shown));
    return at < 0 ? null : rows()[at + step] ?? turn(step);
  };

  const open = (row) => {
    wanted = null;
    htmx.ajax("GET", row.dataset.panel, { source: panel, target: panel, swap: "innerHTML show:none" });
    coming = row.dataset.project; // not before: a project that it replaces has just been given up
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const next = beside(by);
    if (!next) return;
    if (next.matches("tr")) {
      open(next);
    } else {
      wanted = by > 0 ? 0 : -1;
      next.click();
    }
  };
  // What is on its way would open the panel again.
  const stop = () => {
    coming = wanted = null;
    htmx.trigger(panel, "htmx:abort");
  };
  const close = () => {
    stop();
    const row = rowOf(shown);
    panel.hidden = true;
    panel.replaceChildren();
    shown = null;
    cover();
    tellAddress();
    markRow();
    (row?.querySelector("[data-row-link]") ?? main).focus();
  };

  const arrived = () => {
    coming = null;
    panel.hidden = false;
    panel.scrollTop = 0;
    shown = panel.querySelector("[data-project]")?.dataset.project ?? null;
    cover();
    tellAddress();
    markRow();
    rowOf(shown)?.scrollIntoView({ block: "nearest" });
    const held = panel.dataset.held && panel.querySelector(`[data-panel-step="${panel.dataset.held}"]:enabled`);
    delete panel.dataset.held;
    (held || panel.querySelector("[data-panel-title]")).focus({ preventScroll: true });
  };

  main.addEventListener("click", (event) => {
    const { target } = event;
    const button = target.closest("[data-panel-step]");
    if (target.closest("[data-panel-close]")) {
      event.preventDefault();
      close();
    } else if (button) {
      // Whoever goes on by the button finds it under the finger again.
      panel.dataset.held = button.dataset.panelStep;
      step(Number(button.dataset.panelStep));
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
    const row = target.closest("#results [data-rows] tr");
    if (!row || (target.closest("a, button, input, label") && !target.closest("[data-open-panel]"))) return;
    event.preventDefault();
    open(row);
  });

  const KEYS = { " ": open, o: open, ArrowRight: open };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { key, target } = event;
    const row = target.closest("#results [data-rows] tr");
    const types = target.closest("input, select, textarea, [contenteditable]");
    const isMenuOpen = document.querySelector("details.menu[open]");
    if (key === "Escape" && !panel.hidden && !isMenuOpen && !types) close();
    else if (key === "Escape" && coming !== null && !types) stop();
    else if (row && key in KEYS && target.matches("[data-row-link]")) KEYS[key](row);
    else if ((key === "j" || key === "k") && target.closest("#panel") && !types) step(key === "j" ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target === panel) {
      arrived();
      return;
    }
    cover();
    markRow();
    if (!target.matches("#list, #results")) return; // a part that came by itself is no page that was turned
    const first = wanted === null ? null : rows().at(wanted);
    wanted = null;
    if (first) open(first);
  });
  // Neither a project nor a page that was refused is still to come.
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (!detail.failed) return;
    if (target === panel) coming = null;
    else if (detail.target?.id === "results") wanted = null;
  });
  // What was filtered or sorted in place has an address without the panel.
  for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
    document.addEventListener(name, () => { if (shown !== null) tellAddress(); });
  }
  // The unit is switched by a link of its own, made without knowing what is open.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#unit-switch a");
    if (!link || shown === null) return;
    const address = new URL(link.href);
    address.searchParams.set("open", shown);
    link.href = address;
  }, true);
  NARROW.addEventListener("change", cover);

  if (!panel.hidden) {
    cover();
    markRow();
    rowOf(shown)?.scrollIntoView({ block: "nearest" });
  }
})();
