// The filter bar: counts beside the choices, and what belongs together. It works without this file, only quieter.
(() => {
  const bar = () => document.getElementById("filters");
  let counted = null; // the form and the query that the counts shown belong to, and whether 更多筛选 has its own
  let asked = 0;

  const queryOf = (form) => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
    for (const name of ["sort", "size", "page", "by"]) query.delete(name);
    return query.toString();
  };

  const showAtOption = (option, number) => {
    if (option.dataset.name === undefined) option.dataset.name = option.textContent;
    option.textContent = `${option.dataset.name}（${number}）`;
    option.classList.toggle("is-none", number === 0);
  };
  const showAtBox = (box, number) => {
    const label = box.closest(".check");
    let count = label.querySelector(".box-count");
    if (!count) {
      count = document.createElement("span");
      count.className = "box-count";
      count.dataset.asked = ""; // not one that came with the choices of a picker
      label.append(count);
    }
    count.textContent = number.toLocaleString("zh-CN");
    label.classList.toggle("is-none", number === 0 && !box.checked);
  };
  // What is not counted loses the number of an earlier question.
  const forget = (form, counts) => {
    for (const count of form.querySelectorAll(".box-count[data-asked]")) {
      const label = count.closest(".check");
      if (label.querySelector("input").name in counts) continue;
      count.remove();
      label.classList.remove("is-none");
    }
    for (const option of form.querySelectorAll("option[data-name]")) {
      if (option.parentElement.name in counts) continue;
      option.textContent = option.dataset.name;
      option.classList.remove("is-none");
    }
  };
  const show = (form, { counts, all }, whole) => {
    if (whole) forget(form, counts);
    const note = form.querySelector("[data-uncounted]");
    if (note && whole) note.hidden = all;
    for (const [name, numbers] of Object.entries(counts)) {
      for (const choice of form.querySelectorAll(`[name="${name}"]`)) {
        if (choice.type === "checkbox") showAtBox(choice, numbers[choice.value] || 0);
        else if (choice.tagName === "SELECT") {
          for (const option of choice.options) if (option.value) showAtOption(option, numbers[option.value] || 0);
        }
      }
    }
  };

  const count = async () => {
    const form = bar();
    if (!form || !form.dataset.facets) return;
    const query = queryOf(form);
    const whole = !form.querySelector(".more:not([open])"); // counts that nobody sees are not asked for
    if (counted && counted.form === form && counted.query === query && (counted.whole || !whole)) return;
    counted = { form, query, whole };
    const turn = ++asked;
    try {
      const answer = await fetch(`${form.dataset.facets}?${query}${whole ? "" : "&only=usual"}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const found = await answer.json();
      if (turn === asked) show(form, found, whole);
    } catch {
      counted = null; // no server: the counts come with the next touch
    }
  };

  const isOn = ({ type, checked, value }) => (type === "checkbox" || type === "radio" ? checked && value !== "" : value !== "");
  const showMore = () => {
    const place = document.querySelector("[data-more-count]");
    if (!place) return;
    // What is typed to find a choice belongs to no form.
    const controls = [...bar().querySelectorAll(".more-body [name]:not([type=hidden])")].filter((control) => control.form);
    place.textContent = new Set(controls.filter(isOn).map((control) => control.name)).size || "";
  };

  // An amount's unit is said only where there is an amount.
  const dropLone = (form, data) => {
    for (const field of form.querySelectorAll("[data-only-with]")) {
      if (!field.dataset.onlyWith.split(" ").some((name) => data.get(name))) data.delete(field.name);
    }
  };
  document.addEventListener("formdata", (event) => dropLone(event.target, event.formData));
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.formData && bar()) dropLone(bar(), event.detail.formData);
  });

  // Where choices are too many to be listed they are searched for: when the picker opens, and when other filters change.
  const findIn = (picker) => {
    if (picker.open) window.htmx.trigger(picker.querySelector("[data-pick-find]"), "find-choices");
  };
  const sayFound = (list) => {
    const said = list.querySelector("[data-said]");
    if (said) document.getElementById("announcer").textContent = said.textContent;
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("[data-pick-among]")) findIn(event.target);
    if (event.target.matches("#filters .more[open]")) count();
  }, true);

  // Counts are asked for when somebody turns to the bar, so that a list opens as fast as without them.
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.closest && event.target.closest("#filters")) count();
    });
  }
  document.addEventListener("change", (event) => {
    if (event.target.closest("#filters")) showMore();
    // The divisions below a region; where the page follows by itself, they come with it.
    const picker = event.target.type === "radio" && event.target.closest("[data-pick-among]");
    if (picker && !event.target.form.hasAttribute("hx-get")) findIn(picker);
  });
  // Words that were typed have been asked for already when the field is left.
  document.addEventListener("change", (event) => {
    if (event.target.matches("#filters[hx-get] #id_q")) event.stopPropagation();
  }, true);
  // A link of the results that was followed while somebody typed knew nothing of these words.
  document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
    const words = bar()?.hasAttribute("hx-get") && bar().elements.q;
    if (!words || target.id !== "results" || !detail.boosted) return;
    const asked = new URL(detail.pathInfo.finalRequestPath, location.href).searchParams.get("q") ?? "";
    if (words.value !== asked) window.htmx.trigger(bar(), "submit");
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const list = event.target.closest("[data-pick-among] .pick-list");
    if (list) return sayFound(list);
    // Parts of the list that come by themselves change no filter.
    if (event.target.matches("#list, #results")) {
      document.querySelectorAll("[data-pick-among]").forEach(findIn);
      if (counted) count();
    }
    if (bar()) showMore();
  });
})();
