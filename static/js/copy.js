// Buttons that copy a text of the page: <button data-copy="id of the element" data-copied="what it then says" hidden>.
// Without a clipboard (no script, no secure connection) they stay hidden, and the text is selected by one click.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.querySelector("span").textContent = button.dataset.copied;
    document.getElementById("announcer").textContent = button.dataset.copied;
  });
}
