/* What the pages do a little better with JavaScript; each of them works without. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const countWords = (box) => {
    const line = document.querySelector(`[data-words-for="${box.id}"]`);
    if (!line) return;
    const limit = Number(box.dataset.words);
    const n = box.value.trim() ? box.value.trim().split(/\s+/u).length : 0;
    line.textContent = line.dataset.text.replace("{n}", n);
    line.classList.toggle("over", n > limit);
  };

  const wake = (root) => {
    all("[data-words]", root).forEach(countWords);
    all("[data-copy]", root).forEach((button) => { button.hidden = !navigator.clipboard; });
    root.querySelector("[data-summary]")?.focus();
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-words]")) countWords(event.target);
  });

  document.addEventListener("click", async (event) => {
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    const words = button.querySelector("span");
    const before = words.textContent;
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = before; }, 2000);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* A second tap on a slow line sends nothing twice; the server refuses it as well. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  const trouble = (shown) => {
    const box = document.getElementById("trouble");
    if (box) box.hidden = !shown;
  };
  document.addEventListener("htmx:error", () => trouble(true));
  document.addEventListener("htmx:response:error", (event) => {
    if ((event.detail.ctx?.response?.status ?? 500) >= 500) trouble(true);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    trouble(false);
    wake(event.target instanceof Element ? event.target : document);
  });

  const here = document.querySelector(".site-nav [aria-current]");
  if (here) here.closest("ul").scrollLeft = here.offsetLeft - 40;
  wake(document);
})();
