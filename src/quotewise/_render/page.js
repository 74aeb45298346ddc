"use strict";
// A claim lights its quotes, a quote lights the claims that cite it. Nothing else happens here.
(() => {
  const claims = [...document.querySelectorAll(".claim")];
  const quotes = [...document.querySelectorAll(".q")];
  const of = (element) => element.dataset.claims.split(" ");
  let chosen = -1;
  const clear = () => document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
  // Where the two columns stand one above the other, what is lit is far from what was clicked.
  const narrow = matchMedia("(max-width: 50rem)");
  const seen = (e) => { const r = e.getBoundingClientRect(); return r.top > 60 && r.bottom < innerHeight - 40; };
  const show = (e) => e && (narrow.matches || !seen(e)) && e.scrollIntoView({ block: "center" });

  const light = (numbers, from) => {
    clear();
    const cited = quotes.filter((q) => of(q).some((n) => numbers.includes(n)));
    const told = claims.filter((c) => numbers.includes(c.dataset.claim));
    [...cited, ...told].forEach((e) => e.classList.add("lit"));
    claims.forEach((c) => c.setAttribute("aria-pressed", String(told.includes(c))));
    chosen = told.length ? claims.indexOf(told[0]) : -1;
    show(from.classList.contains("claim") ? cited[0] : told[0]);
  };

  claims.forEach((c) => c.addEventListener("click", () => light([c.dataset.claim], c)));
  quotes.forEach((q) => q.addEventListener("click", () => light(of(q), q)));
  document.addEventListener("keydown", (event) => {
    const at = claims.indexOf(document.activeElement);
    const to = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") clear();
    else if ((event.key === "Enter" || event.key === " ") && document.activeElement.classList.contains("q")) {
      event.preventDefault();
      document.activeElement.click();
    } else if (to && (at >= 0 || event.key.length === 1)) {
      // The arrows scroll, unless a claim has the focus; the letters go to the claims from anywhere.
      const next = claims[at < 0 ? (chosen < 0 ? 0 : chosen + to) : at + to];
      if (next) { event.preventDefault(); next.focus({ preventScroll: true }); next.click(); show(next); }
    }
  });
})();
