// The editing page's comforts: keyboard, pasting, keeping. Every rule is the server's; without this file all buttons
// still work as plain submits.
(() => {
  const form = document.querySelector("[data-edit]");
  if (!form) return;
  const touched = new Set();
  let asked = [];
  let isKept = false;
  let unsaved = form.hasAttribute("data-unsaved");
  let saving = false;
  let unreachable = false;
  let saveWhenKept = null;

  const tree = () => document.getElementById("edit-tree");
  const rowOf = (element) => element.closest("[data-row]");
  const cellsOf = (row) => [...row.querySelectorAll("[data-column]")].filter((cell) => !cell.readOnly);
  const csrf = () => (document.cookie.match(/csrftoken=([^;]+)/) || [])[1];

  const goTo = (field) => {
    if (!field) return;
    field.focus();
    if (field.select && field.tagName !== "SELECT") field.select();
  };

  // --- Changing the tree: the server does it and sends the tree back -----------------------------------------------
  // One step after the other: each works on the tree that the one before left.
  let steps = Promise.resolve();
  let waiting = 0;
  let keepLater = false;
  let keeping = Promise.resolve(); // until the draft that is on its way is answered
  const operate = (values) => {
    unsaved = true;
    waiting += 1;
    steps = steps.then(() => step(values)).catch(() => {}).then(() => {
      waiting -= 1;
      if (waiting || !keepLater) return;
      keepLater = false;
      htmx.trigger(form, "keep");
    });
  };
  const step = async (values) => {
    await keeping; // kept after the step, an older draft would take its place
    const sent = new Map(typedCells().map((cell) => [cell.name, cell.value]));
    let late = [];
    const note = (event) => {
      if (event.detail.target.id === "edit-tree") late = typedCells().filter((cell) => cell.value !== sent.get(cell.name));
    };
    form.addEventListener("htmx:beforeSwap", note);
    try {
      await htmx.ajax("POST", form.getAttribute("action"), {
        source: "#operations", target: "#edit-tree", swap: "outerHTML", values,
      });
    } finally {
      form.removeEventListener("htmx:beforeSwap", note);
    }
    // What was typed while the server was at work is not in the tree that it sent.
    for (const cell of late) {
      const again = typedCells().find((other) => other.name === cell.name);
      if (!again || again.value === cell.value) continue;
      again.value = cell.value;
      again.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const typedCells = () => [...tree().querySelectorAll("[data-column]")];
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-op]");
    if (!button || !form.contains(button)) return;
    event.preventDefault();
    operate({ op: button.value });
  });

  // --- Keyboard ----------------------------------------------------------------------------------------------------
  const atEdge = (field, toEnd) => {
    if (field.tagName === "SELECT") return true;
    const place = toEnd ? field.value.length : 0;
    return field.selectionStart === place && field.selectionEnd === place;
  };
  const inColumn = (cell, step) => {
    const cells = [...tree().querySelectorAll(`[data-column="${cell.dataset.column}"]`)].filter((other) => !other.readOnly);
    return cells[cells.indexOf(cell) + step];
  };
  const moveInTree = (event, cell) => {
    const row = rowOf(cell);
    if (event.key === "Enter" && !event.shiftKey && cell.tagName !== "SELECT") {
      event.preventDefault();
      operate({ op: `add:${row.dataset.class}:${row.dataset.row}` });
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      operate({ op: `${event.key === "ArrowUp" ? "up" : "down"}:${row.dataset.row}` });
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (cell.tagName === "SELECT") return;
      const next = inColumn(cell, event.key === "ArrowDown" ? 1 : -1);
      if (!next) return;
      event.preventDefault();
      goTo(next);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const right = event.key === "ArrowRight";
      if (!atEdge(cell, right)) return;
      const cells = cellsOf(row);
      const next = cells[cells.indexOf(cell) + (right ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      goTo(next);
    }
  };
  const moveInGrid = (event, field) => {
    const column = field.closest("td").cellIndex;
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    const place = (row, index) => row && row.cells[index] && row.cells[index].querySelector("input");
    let next;
    if (step) {
      const rows = [...field.closest("table").tBodies[0].rows];
      next = place(rows[rows.indexOf(field.closest("tr")) + step], column);
      if (event.key === "Enter") event.preventDefault();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const right = event.key === "ArrowRight";
      if (atEdge(field, right)) next = place(field.closest("tr"), column + (right ? 1 : -1));
    }
    if (!next) return;
    event.preventDefault();
    goTo(next);
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.querySelector("[data-save]").click();
      return;
    }
    const cell = event.target.closest("[data-column]");
    if (cell) return moveInTree(event, cell);
    if (event.target.closest("[data-grid] input")) return moveInGrid(event, event.target);
    // Enter in a field of one line goes on instead of saving half a form.
    if (event.key === "Enter" && event.target.matches("input:not([type=radio])")) event.preventDefault();
  });

  // --- Pasting -----------------------------------------------------------------------------------------------------
  document.addEventListener("paste", (event) => {
    const cell = event.target.closest("[data-column]:not([readonly])");
    const grid = event.target.closest("[data-grid] input");
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.replace(/[\r\n]+$/, ""))) return;
    if (cell) {
      event.preventDefault();
      operate({ paste: text, "at.row": rowOf(cell).dataset.row, "at.column": cell.dataset.column });
    } else if (grid) {
      event.preventDefault();
      pasteAmounts(grid, text);
    }
  });
  const pasteAmounts = (first, text) => {
    const rows = [...first.closest("table").tBodies[0].rows];
    const top = rows.indexOf(first.closest("tr"));
    const left = first.closest("td").cellIndex;
    const block = text.replace(/[\r\n]+$/, "").split(/\r?\n/).map((line) => line.split("\t"));
    // The names of the sources, copied along.
    if (block.every((cells) => cells.length > 1 && !/[0-9０-９]/.test(cells[0]))) block.forEach((cells) => cells.shift());
    block.forEach((cells, down) => {
      cells.forEach((amount, across) => {
        const input = rows[top + down]?.cells[left + across]?.querySelector("input");
        if (input) input.value = amount.trim();
      });
    });
    first.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // --- Keeping the draft -------------------------------------------------------------------------------------------
  const noteTyped = (field) => {
    unsaved = true;
    const cell = field.closest("[data-column]");
    if (cell) touched.add(`${rowOf(cell).dataset.row}.${cell.dataset.column.split(".")[0]}`);
  };
  form.addEventListener("input", (event) => noteTyped(event.target));
  const differs = (field) => {
    if (field.type === "hidden") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "INPUT") return field.value !== field.defaultValue.replace(/[\r\n]/g, "");
    if (field.tagName === "TEXTAREA") return field.value !== field.defaultValue;
    if (field.tagName !== "SELECT") return false;
    // Where no option is marked, a browser shows the first.
    const marked = Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
    return field.selectedIndex !== marked;
  };
  // What was typed before the page's scripts came raised its events to nobody.
  document.addEventListener("DOMContentLoaded", () => {
    const early = [...form.elements].filter(differs);
    early.forEach(noteTyped);
    if (early.length) htmx.trigger(form, "keep");
  });
  // A step sends and keeps everything too; an autosave beside it would only cut it off. One behind a save would leave a
  // draft of what is saved.
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt !== form || !(waiting || saving)) return;
    event.preventDefault();
    keepLater = waiting > 0;
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, formData } = event.detail;
    if (!form.contains(elt)) return;
    // A log-in in another window changes the token; the cookie always has the one in force.
    if (csrf()) formData.set("csrfmiddlewaretoken", csrf());
    if (elt !== form) return;
    formData.append("autosave", "1");
    asked = [...touched];
    touched.clear(); // what is touched again while this is on its way is asked for again
    for (const place of asked) formData.append("touched", place);
  });
  document.addEventListener("htmx:beforeSend", (event) => {
    if (event.detail.elt !== form) return;
    keeping = new Promise((resolve) => form.addEventListener("htmx:afterRequest", resolve, { once: true }));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form && !isKept) asked.forEach((place) => touched.add(place));
    isKept = false;
  }, true);
  // Departments of the same region are there already; those that come again know nothing of a choice made meanwhile.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target.id !== "f-department") return;
    const values = (select) => [...select.options].map((option) => option.value).join();
    if (values(target) === values(fragment.querySelector("select"))) event.detail.shouldSwap = false;
  });
  const trouble = (words) => {
    const state = document.getElementById("draft-state");
    state.classList.add("trouble");
    state.textContent = words;
  };
  // Back from logging in again in another window: go on where it stopped.
  addEventListener("focus", () => {
    if (document.querySelector("#draft-state.trouble")) htmx.trigger(form, "keep");
  });
  const login = () => trouble("登录已过期：请在新窗口重新登录，再回到本页继续，填写的内容都还在。");
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { elt, xhr } = event.detail;
    if (!form.contains(elt) || xhr.status >= 300) return;
    unreachable = false;
    if (new URL(xhr.responseURL).pathname !== new URL(form.action).pathname) {
      // The log-in page, which must not take the place of what is typed.
      event.stopImmediatePropagation();
      event.detail.shouldSwap = false;
      login();
      return;
    }
    // Browsers look for a form's default button anew with every submit button that is put into it: with 300 rows,
    // seconds. Steps are clicks here, so that these need not be any. (Typed text has its quotes escaped.)
    event.detail.serverResponse = event.detail.serverResponse.replaceAll('type="submit"', 'type="button"');
    if (elt === form) isKept = true;
    numberSent = form.querySelector("#edit-token").value;
  }, true);
  // A window whose draft was closed elsewhere goes on under another number, and keeps what it holds at once.
  let numberSent = form.querySelector("#edit-token").value;
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !event.detail.successful) return;
    if (form.querySelector("#edit-token").value !== numberSent) htmx.trigger(form, "keep");
    else if (saveWhenKept) {
      const submitter = saveWhenKept;
      saveWhenKept = null;
      form.requestSubmit(submitter);
    }
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      if (!form.contains(event.detail.elt)) return;
      event.stopImmediatePropagation();
      const status = event.detail.xhr.status;
      unreachable = !status || status >= 500;
      const what = saveWhenKept ? "没有保存" : event.detail.elt === form ? "没有暂存" : "没有做成";
      saveWhenKept = null;
      if (status === 403 || status === 404) {
        trouble(`${what}：您不能再修改这个项目，或登录已在别处更换。请复制内容后刷新页面。`);
        return;
      }
      if (status === 429) {
        trouble(`${what}：${event.detail.xhr.responseText}到时间会自动再试，请不要关闭本页。`);
        setTimeout(() => htmx.trigger(form, "keep"), 1000 * Number(event.detail.xhr.getResponseHeader("Retry-After")));
        return;
      }
      trouble(`${what}：服务器暂时连不上，正在重试。请不要关闭本页。`);
      setTimeout(() => htmx.trigger(form, "keep"), 3000);
    }, true);
  }

  // What is typed after the form has been sent would be gone with the page: until the answer comes, it takes nothing in.
  const setSaving = (on) => {
    saving = on;
    form.inert = on;
    if (on) document.getElementById("draft-state").textContent = "正在保存……";
  };
  // No answer: the page goes on, and keeps what it holds.
  const giveUpSaving = () => {
    setSaving(false);
    htmx.trigger(form, "keep");
  };

  // --- Leaving -----------------------------------------------------------------------------------------------------
  form.addEventListener("submit", (event) => {
    if (saving || waiting || unreachable) {
      event.preventDefault();
      // A second click saves nothing twice; a step is waited for; and an error page of the browser would take what is
      // typed along, so that a server that did not answer is asked first.
      if (saving) return;
      if (waiting) return void steps.then(() => form.requestSubmit(event.submitter));
      saveWhenKept = event.submitter;
      htmx.trigger(form, "keep");
      return;
    }
    setSaving(true);
    setTimeout(giveUpSaving, 30_000);
    htmx.trigger(form, "htmx:abort");
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (csrf()) token.value = csrf();
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved && !saving) event.preventDefault();
  });
  addEventListener("pageshow", () => setSaving(false));

  // --- After each swap, and at first -------------------------------------------------------------------------------
  const focusAsked = () => {
    const asked = document.querySelector("[data-focus]");
    if (asked) goTo(asked);
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "edit-tree" || event.detail.target?.id === "edit-tree") focusAsked();
  });
  focusAsked();
})();
