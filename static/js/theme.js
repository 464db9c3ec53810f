// Runs before the first paint, so that a chosen theme, row height or folded navigation never flashes.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage may be forbidden; the page then follows the system
    }
  };
  for (const [name, known] of Object.entries({
    theme: ["light", "dark"],
    density: ["compact"],
    nav: ["folded", "wide"],
  })) {
    const value = kept(name);
    if (known.includes(value)) root.dataset[name] = value;
  }
})();
