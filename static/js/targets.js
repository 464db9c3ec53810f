// Reviewing targets by keyboard, and going on at the next one. Without this file the buttons are plain forms.
(() => {
  const list = () => document.querySelector("[data-targets]");
  const items = () => [...document.querySelectorAll("[data-targets] > .target-item")];
  const here = () => document.activeElement?.closest?.("[data-targets] > .target-item");
  const show = (item) => {
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };

  const move = (step) => {
    const all = items();
    const at = all.indexOf(here());
    const to = at < 0 ? all[0] : all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (to) show(to);
  };
  // What was just put in its place has the focus before htmx knows it: sent then, it would leave the page.
  const click = (button) => {
    if (!button) return;
    window.htmx?.process(button.closest(".target-item"));
    button.click();
  };
  const press = (key) => click(here()?.querySelector(`[data-key="${key}"]`));
  const choose = () => here()?.querySelector('input[name="chosen"]')?.click();
  // Deciding goes on at the next target: taking back means the last decision, unless one stands on a decided target.
  let decided = "";
  const takeBack = () => {
    const button = (item) => item?.querySelector('[data-key="u"]');
    click(button(here()) ?? button(document.getElementById(decided)));
  };
  const KEYS = { j: () => move(1), k: () => move(-1), x: choose, u: takeBack };
  for (const key of ["a", "e", "r"]) KEYS[key] = () => press(key);

  const types = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !list()) return;
    if (event.key === "Escape" && here()?.querySelector(".target-form")) {
      press("cancel");
      return;
    }
    if (event.shiftKey || types(event.target) || document.querySelector("details.menu[open]")) return;
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  // A form has the focus in its first faulty field, else in its first, as soon as it is there: selecting the field any later
  // would let the next key replace what was typed meanwhile.
  const open = (form) => {
    const field = form.querySelector("[aria-invalid=true]") ?? form.querySelector(".input");
    field.focus();
    if (field.select) field.select();
  };
  // After a decision the next target has it.
  const goOn = (item, request) => {
    const isDecided = request.verb === "post";
    if (isDecided && !item.classList.contains("is-open")) decided = item.id;
    if (isDecided) document.getElementById("announcer").textContent = item.ariaLabel;
    if (!isFree(item, request)) return;
    const next = document.getElementById(`target-${item.dataset.next}`);
    const isRefused = item.querySelector(".target-problem");
    show(isDecided && next && !isRefused && !item.classList.contains("is-open") ? next : item);
  };
  // Whoever went on meanwhile stays there: what they type belongs to no other target.
  document.addEventListener("htmx:beforeSend", ({ detail }) => { detail.requestConfig.from = document.activeElement; });
  const isFree = (item, { from }) => {
    const at = document.activeElement ?? document.body;
    return at === from || at === document.body || item.contains(at);
  };
  const isItem = (target) => target.matches?.(".target-item") && target.isConnected;
  document.addEventListener("htmx:afterSwap", ({ detail, target }) => {
    const form = isItem(target) && target.querySelector(".target-form");
    if (form && isFree(target, detail.requestConfig)) open(form);
  });
  document.addEventListener("htmx:afterSettle", ({ detail, target }) => {
    if (!isItem(target)) return;
    if (!target.querySelector(".target-form")) goOn(target, detail.requestConfig);
    count();
  });

  const boxes = () => [...document.querySelectorAll('[data-targets] input[name="chosen"]')];
  const count = () => {
    const all = boxes();
    const chosen = all.filter((box) => box.checked).length;
    const label = document.querySelector("[data-chosen]");
    if (!label) return;
    label.textContent = chosen ? `（${chosen} 条）` : "";
    const whole = document.querySelector("[data-choose-all]");
    whole.checked = all.length > 0 && chosen === all.length;
    whole.indeterminate = chosen > 0 && chosen < all.length;
  };
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-choose-all]")) for (const box of boxes()) box.checked = target.checked;
    if (target.matches('[data-choose-all], input[name="chosen"]')) count();
  });
  addEventListener("pageshow", count);
})();
