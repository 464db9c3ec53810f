// Official documents: where one is in the outline, and cells that stand a column off. Every page works without it.
(() => {
  const outline = document.querySelector("[data-outline]");
  const narrow = matchMedia("(max-width: 1100px)");

  const follow = () => {
    const links = new Map(
      [...outline.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
    );
    const places = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    let current = null;
    const show = () => {
      const edge = 96;
      let place = places[0];
      for (const candidate of places) {
        if (candidate.getBoundingClientRect().top > edge) break;
        place = candidate;
      }
      let link = place && links.get(place.id);
      // At its end the page scrolls no further: what was jumped to is where one is.
      if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) {
        const asked = document.getElementById(location.hash.slice(1));
        const top = asked && links.has(asked.id) ? asked.getBoundingClientRect().top : -1;
        if (top >= 0 && top < innerHeight) link = links.get(asked.id);
      }
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      if (!link) return;
      link.setAttribute("aria-current", "location");
      const list = outline.querySelector("nav");
      const { offsetTop, offsetHeight } = link;
      if (offsetTop < list.scrollTop || offsetTop + offsetHeight > list.scrollTop + list.clientHeight) {
        list.scrollTop = offsetTop - list.clientHeight / 2;
      }
    };
    let waiting = false;
    addEventListener("hashchange", show);
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        show();
      });
    }, { passive: true });
    show();
  };

  if (outline) {
    const fold = () => { outline.open = !narrow.matches; };
    fold();
    narrow.addEventListener("change", fold);
    outline.addEventListener("click", (event) => {
      if (narrow.matches && event.target.closest("a")) outline.open = false;
    });
    follow();
  }

  // A cell too many or too few moves all that stand behind it.
  const form = document.querySelector("[data-cells]");
  if (form) {
    const fields = [...form.querySelectorAll("[data-cell]")];
    // What is moved out at the end comes back first, before what is printed beyond the last column.
    const printed = [...document.querySelectorAll("[data-printed]")].map((cell) => cell.dataset.printed);
    const beyond = form.dataset.cells === "cut" ? printed.slice(fields.length) : [];
    const moves = {
      insert: (values, at) => {
        beyond.unshift(values.at(-1));
        return [...values.slice(0, at), "", ...values.slice(at, -1)];
      },
      remove: (values, at) => [...values.slice(0, at), ...values.slice(at + 1), beyond.shift() ?? ""],
    };
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      const field = button.closest(".row-field").querySelector("[data-cell]");
      const values = moves[button.dataset.move](fields.map((one) => one.value), fields.indexOf(field));
      fields.forEach((one, at) => { one.value = values[at]; });
      field.focus();
    });
  }
})();
