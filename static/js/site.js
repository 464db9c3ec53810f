// Small comforts. Every page works without this file.
(() => {
  const root = document.documentElement;
  const keep = (name, value) => {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch {
      // storage may be forbidden; the choice then lasts as long as the page
    }
  };
  const say = (text) => {
    document.getElementById("announcer").textContent = text;
  };

  // Theme: system → light → dark → system.
  const THEMES = { system: "跟随系统", light: "浅色", dark: "深色" };
  const showTheme = () => {
    const theme = root.dataset.theme || "system";
    for (const button of document.querySelectorAll('[data-action="theme"]')) {
      button.title = `明暗主题：${THEMES[theme]}`;
      button.setAttribute("aria-label", button.title);
    }
  };
  const nextTheme = () => {
    const names = Object.keys(THEMES);
    const next = names[(names.indexOf(root.dataset.theme || "system") + 1) % names.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    keep("theme", root.dataset.theme);
    showTheme();
    say(`明暗主题：${THEMES[next]}`);
  };

  const showDensity = () => {
    for (const button of document.querySelectorAll('[data-action="density"]')) {
      button.setAttribute("aria-pressed", String(root.dataset.density === "compact"));
    }
  };
  const nextDensity = () => {
    if (root.dataset.density) delete root.dataset.density;
    else root.dataset.density = "compact";
    keep("density", root.dataset.density);
    showDensity();
  };

  const isNarrow = () => matchMedia("(max-width: 767px)").matches;
  const isFolded = () =>
    root.dataset.nav ? root.dataset.nav === "folded" : matchMedia("(max-width: 1100px)").matches;
  const toggleNavigation = () => {
    if (isNarrow()) {
      root.classList.toggle("nav-open");
    } else {
      root.dataset.nav = isFolded() ? "wide" : "folded";
      keep("nav", root.dataset.nav);
    }
    showNavigation();
  };
  const showNavigation = () => {
    const open = isNarrow() ? root.classList.contains("nav-open") : !isFolded();
    for (const button of document.querySelectorAll('[data-action="navigation"]')) {
      button.setAttribute("aria-expanded", String(open));
    }
  };

  const actions = {
    theme: nextTheme,
    density: nextDensity,
    navigation: toggleNavigation,
    print: () => window.print(),
  };

  // Texts of more than six lines fold.
  const foldTexts = () => {
    for (const text of document.querySelectorAll("[data-fold]:not([data-folded])")) {
      text.dataset.folded = "";
      if (text.scrollHeight <= text.clientHeight + 1) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fold-button";
      const show = () => {
        const open = text.classList.contains("open");
        button.textContent = open ? "收起" : "展开";
        button.setAttribute("aria-expanded", String(open));
      };
      button.addEventListener("click", () => {
        text.classList.toggle("open");
        show();
      });
      show();
      text.after(button);
    }
  };

  // The department picker: its label, and its list narrowed by what is typed.
  const showPicked = (picker) => {
    const checked = [...picker.querySelectorAll("input:checked")].filter((box) => box.value);
    const words = checked[0]?.type === "radio" ? checked[0].nextElementSibling.textContent.trim() : `已选 ${checked.length} 个`;
    picker.querySelector("[data-picked]").textContent = checked.length ? words : picker.dataset.pickNone || "全部";
  };
  const narrowPicker = (field) => {
    const wanted = field.value.trim();
    for (const option of field.closest("[data-pick]").querySelectorAll(".check")) {
      option.hidden = !option.textContent.includes(wanted) && !option.querySelector("input").checked;
    }
  };

  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };

  const openRow = (event) => {
    if (event.defaultPrevented) return;
    const row = event.target.closest("[data-rows] tr");
    if (!row || event.target.closest("a, button, input, label") || String(getSelection())) return;
    const link = row.querySelector("[data-row-link]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey || event.button === 1) window.open(link.href, "_blank", "noopener");
    else if (event.button === 0) link.click();
  };

  const moveInRows = (event) => {
    const link = event.target.closest("[data-row-link]");
    if (!link) return;
    const links = [...link.closest("[data-rows]").querySelectorAll("[data-row-link]")];
    const next = links[links.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  const focusSearch = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const fields = [...document.querySelectorAll("[data-slash]")];
    const field = fields.find((candidate) => candidate.offsetParent);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  };

  const escape = (event) => {
    const open = document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (root.classList.contains("nav-open")) {
      toggleNavigation();
    } else if (event.target.matches("input[type=search]")) {
      event.target.blur();
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (button) actions[button.dataset.action]();
    closeMenus(event.target.closest("details.menu"));
    openRow(event);
  });
  document.addEventListener("auxclick", openRow);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "/") focusSearch(event);
    else if (event.key === "Escape") escape(event);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") moveInRows(event);
  });

  // While pinyin is being composed the text is not what the person means: no search before it is.
  document.addEventListener("input", (event) => { if (event.isComposing) event.stopImmediatePropagation(); }, true);
  document.addEventListener("compositionend", (event) => {
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-pick-search]")) narrowPicker(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-search], [data-pick-find]")) event.stopPropagation();
    const picker = event.target.closest("[data-pick]");
    if (!picker) return;
    showPicked(picker);
    // Choices that are on their way know nothing of this one.
    const asking = picker.querySelector("[data-pick-find].htmx-request");
    if (!asking || asking === event.target) return;
    window.htmx.trigger(asking, "htmx:abort");
    window.htmx.trigger(asking, "find-choices");
  }, true);

  // A second click sends nothing a second time. A download leaves its page where it is, so that it may be wished for again.
  const sent = new Map(); // the button of each form that is on its way
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (sent.has(form) && sent.get(form) === submitter) {
      event.preventDefault();
      return;
    }
    sent.set(form, submitter);
    setTimeout(() => sent.delete(form), "downloads" in form.dataset ? 2000 : 30_000);
  });
  addEventListener("pageshow", () => sent.clear());

  // Addresses carry only the filters that are on.
  document.addEventListener("formdata", (event) => {
    if (event.target.method !== "get") return;
    for (const name of new Set(event.formData.keys())) {
      const values = event.formData.getAll(name).filter(Boolean);
      event.formData.delete(name);
      for (const value of values) event.formData.append(name, value);
    }
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, formData } = event.detail;
    if (verb !== "get" || !formData) return;
    for (const name of new Set(formData.keys())) {
      const values = formData.getAll(name).filter(Boolean);
      formData.delete(name);
      for (const value of values) formData.append(name, value);
    }
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    foldTexts();
    if (target.closest("#panel, .menu")) return;
    const summary = document.querySelector("#results .summary, #results .empty h2, #results .notice");
    if (summary) say(summary.innerText.trim().replace(/\s+/g, " "));  // what is hidden is not said
  });
  // The whole page says better what is wrong: logged out (the answer is then the login page), gone, or no server.
  const openWhole = (event) => {
    event.preventDefault();
    location.assign(event.detail.pathInfo.finalRequestPath);
  };
  // Asked too often: the page stays as it is, and says for how long to wait (perfgoals/rates/answering.py).
  const tooOften = (xhr) => tell(xhr.responseText, Number(xhr.getResponseHeader("Retry-After")));
  const tell = (sentence, seconds) => {
    const note = document.getElementById("too-often") || document.createElement("p");
    note.id = "too-often";
    note.className = "notice notice-error too-often";
    note.setAttribute("role", "alert");
    note.textContent = sentence;
    document.getElementById("main").append(note);
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => note.remove(), 1000 * seconds);
  };
  // What was sent is not lost with the page: it stands there still, to be sent again.
  const UNSENT = "没有做成：服务器暂时连不上。填写的内容还在本页，请稍后再试一次。";
  const isPoll = ({ elt }) => elt.hasAttribute("data-poll");
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status === 429) tooOften(xhr);
    else if (xhr.status < 500 || (requestConfig.verb === "get" && !isPoll(event.detail))) openWhole(event);
    else if (!isPoll(event.detail)) tell(UNSENT, 15);
  });
  // What asks again and again asks on while the server is away for a moment.
  document.addEventListener("htmx:sendError", (event) => {
    if (isPoll(event.detail)) return;
    if (event.detail.requestConfig.verb === "get") openWhole(event);
    else tell(UNSENT, 15);
  });
  // A button that was switched off while its wish was on its way has the focus again.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const { id } = detail.requestConfig?.triggeringEvent?.submitter ?? {};
    if (id && document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
  });
  // htmx reports a request that gave way to a newer one as an error. Nothing but a wish to abort calls `abort`; what the
  // network breaks off does not, and is reported as before.
  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    const { xhr } = detail;
    xhr.abort = () => {
      detail.error = "";
      XMLHttpRequest.prototype.abort.call(xhr);
    };
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    const asked = new URL(pathInfo.finalRequestPath, location.href);
    if (xhr.status < 300 && new URL(xhr.responseURL).pathname !== asked.pathname) openWhole(event);
  });

  addEventListener("pagehide", () => root.classList.remove("leaving"));
  addEventListener("beforeunload", () => root.classList.add("leaving"));
  addEventListener("pageshow", () => root.classList.remove("leaving"));
  addEventListener("beforeprint", () => {
    const now = new Date().toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", dateStyle: "long", timeStyle: "short" });
    for (const time of document.querySelectorAll("[data-now]")) time.textContent = now;
  });

  showTheme();
  showDensity();
  showNavigation();
  foldTexts();
})();
