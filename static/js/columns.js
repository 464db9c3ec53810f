// Choosing columns with comfort: the list narrows, and columns are put elsewhere without a page between.
(() => {
  let list = null; // on the list's page the form comes when its menu is opened
  const items = () => [...list.children];
  const movable = (item) => item && !("fixed" in item.dataset);
  const nameOf = (item) => item.querySelector(".check span").firstChild.textContent.trim();
  const say = (text) => {
    document.getElementById("announcer").textContent = text;
  };
  const visible = (item) => !item.hidden;

  // Past what the search hides, as it is seen.
  const move = (item, step) => {
    const shown = items().filter(visible);
    const other = shown[shown.indexOf(item) + step];
    if (!movable(item) || !movable(other)) return;
    const focused = document.activeElement;
    if (step < 0) other.before(item);
    else other.after(item);
    focused.focus();
    item.scrollIntoView({ block: "nearest" });
    say(`${nameOf(item)}：第 ${items().indexOf(item) + 1} 列`);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".columns-move button");
    if (!button) return;
    event.preventDefault();
    move(button.closest("li"), button.value.startsWith("left:") ? -1 : 1);
  });
  const byKey = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    const item = event.target.closest("li");
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) {
      move(item, step);
      return;
    }
    const shown = items().filter(visible);
    shown[shown.indexOf(item) + step]?.querySelector("input:enabled")?.focus();
  };

  // A column that is switched on stands after the others that are.
  const switched = ({ target }) => {
    const item = target.closest("li");
    if (!target.checked || !movable(item)) return;
    const on = items().filter((other) => other !== item && other.querySelector("input").checked);
    on.at(-1)?.after(item);
    item.scrollIntoView({ block: "nearest" });
  };

  let dragged = null;
  const taken = (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.column);
    dragged.classList.add("dragged");
  };
  const over = (event) => {
    const other = event.target.closest("li");
    if (!dragged) return;
    event.preventDefault();
    if (!movable(other) || other === dragged) return;
    const { top, height } = other.getBoundingClientRect();
    if (event.clientY < top + height / 2) other.before(dragged);
    else other.after(dragged);
  };
  const dropped = () => {
    dragged?.classList.remove("dragged");
    dragged = null;
  };

  const narrow = ({ target }) => {
    const wanted = target.value.trim();
    for (const item of items()) item.hidden = !item.textContent.includes(wanted);
  };
  const leaveSearch = (event) => {
    if (event.key === "Enter") event.preventDefault();
    else if (event.key === "ArrowDown") list.querySelector("li:not([hidden]) input:enabled")?.focus();
  };

  const ready = () => {
    const found = document.querySelector("[data-columns-list]");
    if (!found || found === list) return;
    list = found;
    for (const item of items()) item.draggable = movable(item);
    const listeners = { keydown: byKey, change: switched, dragstart: taken, dragover: over, dragend: dropped };
    for (const [name, listener] of Object.entries(listeners)) list.addEventListener(name, listener);
    list.addEventListener("drop", (event) => event.preventDefault());
    const search = document.querySelector("[data-columns-search]");
    search.addEventListener("input", narrow);
    search.addEventListener("keydown", leaveSearch);
    if (search.closest("details")) search.focus();
    const box = document.querySelector('#columns input[name="compact"]');
    if ("densityUnknown" in box.dataset) box.checked = isCompact();
  };

  // The list as it is now comes back, whatever was filtered in place meanwhile.
  document.addEventListener("submit", ({ target }) => {
    const here = document.getElementById("list");
    if (here && target.matches("#columns")) target.elements.query.value = location.search.slice(1);
  });

  // Row height: the person's choice wins over what the device remembers, and the button keeps it.
  const root = document.documentElement;
  const button = document.querySelector('[data-action="density"][data-keep]');
  const kept = document.getElementById("list")?.dataset.compact;
  const isCompact = () => root.dataset.density === "compact";
  if (kept !== undefined && (kept === "1") !== isCompact()) button?.click();
  button?.addEventListener("click", () => {
    // After the page's own listener, which switches.
    setTimeout(() => {
      const box = document.querySelector('#columns input[name="compact"]');
      if (box) box.checked = isCompact();
      const { keep, token } = button.dataset;
      const body = new URLSearchParams({ compact: isCompact() ? "1" : "0" });
      fetch(keep, { method: "POST", body, headers: { "X-CSRFToken": token }, keepalive: true });
    });
  });

  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
