// Filters what has a heading and sentences by the words typed. Everything is on the page without it.
(() => {
  const box = document.getElementById("search");
  const contents = document.querySelector("nav details");
  if (matchMedia("(max-width: 69.99rem)").matches) contents.open = false;
  const fold = (text) => text.toLowerCase().replace(/\s+/g, " ");
  // A table is found by its title and reading sentence, not by its numbers and code.
  const told = (entry) => [...entry.querySelectorAll("h3, .heading, .reads, .label, .said, li, p")]
    .filter((part) => !part.closest(".made, .below, figcaption:not(.heading), .get"))
    .map((part) => part.textContent).join(" ");
  const entries = [...document.querySelectorAll("[data-find]")].map((entry) => ({ entry, text: fold(told(entry)) }));
  if (!entries.length) return;
  const link = new Map([...document.querySelectorAll("nav ol ol a")].map((a) => [a.hash.slice(1), a.parentElement]));
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const main = document.querySelector("main");
  const show = () => {
    const words = fold(input.value).split(" ").filter(Boolean);
    let found = 0;
    for (const { entry, text } of entries) {
      const hit = words.every((word) => text.includes(word));
      entry.hidden = !hit;
      found += hit;
      const item = link.get(entry.id);
      if (item) item.hidden = !hit;
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-find]:not([hidden])");
    }
    // While searching, only sections with something to find are shown.
    for (const section of main.children) {
      section.hidden = words.length > 0 && !section.querySelector("[data-find]:not([hidden])");
    }
    status.textContent = !words.length ? ""
      : found ? box.dataset.found.replace("{n}", found).replace("{all}", entries.length)
      : box.dataset.none;
    if (words.length) for (const details of [contents, ...contents.querySelectorAll("details")]) details.open = true;
  };
  input.addEventListener("input", show);
  // A link to what the search has hidden ends the search.
  document.addEventListener("click", (event) => {
    const a = event.target.closest('a[href^="#"]');
    const target = a && document.getElementById(a.hash.slice(1));
    if (target && target.closest("[hidden]")) {
      input.value = "";
      show();
    }
  });
  box.hidden = false;
})();
