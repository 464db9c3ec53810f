// Findings: opening what an address leads to, choosing in the list. Without this file links and forms work as they are.
(() => {
  // A finding that is folded away opens when somebody is led to it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
    if (target.closest("[data-opinions]")) target.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Whoever opens a reason types it.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".opinion-do[open]")) event.target.querySelector(".input")?.focus();
  }, true);

  // --- While typing: the server sends the list, here each finding is put beside its fields --------------------------
  const marksWanted = () => {
    const wanted = new Map();
    for (const item of document.querySelectorAll("#typed-findings > [data-finding]")) {
      item.dataset.places.split(" ").forEach((place, at) => {
        const field = document.getElementById(place);
        const holder = field && field.closest("td, .form-line > div");
        if (holder) wanted.set(`${item.dataset.finding} ${place}`, { item, holder, isMain: at === 0 });
      });
    }
    return wanted;
  };
  const markOf = ({ item, holder, isMain }, key) => {
    const mark = document.createElement("p");
    const from = item.firstElementChild;
    mark.className = from.className;
    mark.dataset.typed = key;
    mark.append(...[...from.childNodes].map((node) => node.cloneNode(true)));
    mark.title = from.lastElementChild.textContent;
    if (!isMain || holder.tagName === "TD") mark.lastElementChild.textContent = item.dataset.title;
    return mark;
  };
  const showTyped = () => {
    if (!document.getElementById("typed-findings")) return;
    const wanted = marksWanted();
    for (const mark of document.querySelectorAll("[data-typed]")) {
      if (!wanted.delete(mark.dataset.typed)) mark.remove();
    }
    for (const [key, place] of wanted) place.holder.append(markOf(place, key));
  };
  for (const name of ["htmx:oobAfterSwap", "htmx:afterSettle"]) document.addEventListener(name, showTyped);
  showTyped();

  // --- Choosing in the list ----------------------------------------------------------------------------------------
  const boxes = () => [...document.querySelectorAll('[data-findings] input[name="chosen"]')];
  const count = () => {
    const place = document.querySelector("[data-chosen]");
    if (!place) return;
    const chosen = boxes().filter((box) => box.checked).length;
    place.textContent = chosen ? ` ${chosen} 条` : "";
    const all = document.querySelector("[data-choose-all]");
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) for (const box of boxes()) box.checked = event.target.checked;
    if (event.target.matches('[data-choose-all], input[name="chosen"]')) count();
  });
  document.addEventListener("htmx:afterSettle", count);
  count();
})();
