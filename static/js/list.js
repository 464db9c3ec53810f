// Choosing projects in the list. Without this file the boxes and the buttons are a plain form.
(() => {
  const chosen = new Map(); // number of a project → its amount in fen, null for a blank; pages gone by are among them
  let all = false; // everything that the filters find
  let filters = null;
  let last = null; // where a range begins

  const PLACES = { 元: 2, 万元: 6, 亿元: 10 };
  const bar = () => document.getElementById("bulk");
  const boxes = () => [...document.querySelectorAll('#results input[name="ids"]')];
  const allBox = () => document.querySelector('#bulk input[name="all"]');
  const fen = (box) => {
    if (!box.dataset.amount) return null;
    const [yuan, rest = ""] = box.dataset.amount.split(".");
    return BigInt(yuan + rest.padEnd(2, "0"));
  };

  // As the page's own figures: two places at least, as many as there are fen, thousands in groups.
  const inUnit = (amount, unit) => {
    const digits = String(amount).padStart(PLACES[unit] + 1, "0");
    const whole = digits.slice(0, -PLACES[unit]).replace(/\B(?=(\d{3})+$)/g, ",");
    const rest = digits.slice(-PLACES[unit]);
    return `${whole}.${rest.slice(0, 2)}${rest.slice(2).replace(/0+$/, "")}`;
  };
  const sum = (unit) => {
    const amounts = [...chosen.values()].filter((amount) => amount !== null);
    return amounts.length ? inUnit(amounts.reduce((one, other) => one + other, 0n), unit) : "—";
  };

  const show = () => {
    const form = bar();
    if (!form) return;
    const shown = boxes();
    for (const box of shown) {
      box.checked = all || chosen.has(box.value);
      box.closest("tr").classList.toggle("picked", box.checked);
    }
    const page = document.querySelector("[data-bulk-page]");
    page.checked = shown.length > 0 && shown.every((box) => box.checked);
    page.indeterminate = !page.checked && shown.some((box) => box.checked);
    if (allBox()) allBox().checked = all;
    const onPage = new Set(shown.map((box) => box.value));
    form.elements.also.value = all ? "" : [...chosen.keys()].filter((number) => !onPage.has(number)).join(",");
    const unit = form.dataset.bulkUnit;
    const { total, sum: whole } = document.getElementById("pages").dataset;
    const count = all ? total : chosen.size;
    const elsewhere = all ? 0 : chosen.size - shown.filter((box) => box.checked).length;
    form.classList.toggle("bulk-on", all || chosen.size > 0);
    form.querySelector("[data-bulk-count]").textContent = count === undefined
      ? "已选全部筛选结果"
      : `已选 ${count} 个${elsewhere ? `（其他页 ${elsewhere} 个）` : ""}，合计 ${all ? whole : sum(unit)} ${unit}`;
  };

  const take = (box, on) => {
    if (on) chosen.set(box.value, fen(box));
    else chosen.delete(box.value);
  };
  const clear = () => {
    chosen.clear();
    all = false;
    last = null;
  };
  // One project less than all is those of this page without it: the others were never seen.
  const leaveAll = () => {
    if (!all) return;
    clear();
    for (const box of boxes()) take(box, true);
  };

  const pick = (box, range) => {
    const on = box.checked;
    leaveAll();
    const shown = boxes();
    const from = range && last ? shown.findIndex((other) => other.value === last) : -1;
    const to = shown.indexOf(box);
    const span = from < 0 ? [box] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const other of span) take(other, on);
    last = box.value;
  };

  // After a swap the same filters keep what was chosen, on whatever page; other filters begin anew.
  const meet = ({ target }) => {
    const found = bar()?.dataset.bulk ?? null;
    if (found !== filters) clear();
    filters = found;
    if (target.matches("#list, #results")) last = null; // number and sums alone leave the rows
    show();
  };

  document.addEventListener("mousedown", (event) => {
    // A range of rows, not of text.
    if (event.shiftKey && event.target.closest(".col-pick")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const { target } = event;
    if (target.closest("[data-bulk-none]")) clear();
    else if (target.matches('input[name="ids"]')) pick(target, event.shiftKey);
    else return;
    show();
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-bulk-page]")) {
      const on = target.checked;
      leaveAll();
      for (const box of boxes()) take(box, on);
    } else if (target === allBox()) {
      clear();
      all = target.checked;
    } else {
      return;
    }
    show();
  });
  document.addEventListener("htmx:afterSettle", meet);
  addEventListener("pageshow", () => {
    // The browser may bring a page back with its boxes ticked.
    for (const box of boxes()) if (box.checked && !all) take(box, true);
    show();
  });

  filters = bar()?.dataset.bulk ?? null;
  show();
})();
