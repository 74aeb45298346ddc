"use strict";
// A claim lights its quotes, a quote lights the claims that cite it. Nothing else happens here.
(() => {
  const claims = [...document.querySelectorAll(".claim")];
  const quotes = [...document.querySelectorAll(".q")];
  const of = (element) => element.dataset.claims.split(" ");
  const clear = () => document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
  // Where the two columns stand one above the other, what is lit is far from what was clicked.
  const narrow = matchMedia("(max-width: 50rem)");
  const show = (e) => e && e.scrollIntoView({ block: narrow.matches ? "center" : "nearest" });

  const light = (numbers, from) => {
    clear();
    const cited = quotes.filter((q) => of(q).some((n) => numbers.includes(n)));
    const told = claims.filter((c) => numbers.includes(c.dataset.claim));
    [...cited, ...told].forEach((e) => e.classList.add("lit"));
    claims.forEach((c) => c.setAttribute("aria-pressed", String(told.includes(c))));
    show(from.classList.contains("claim") ? cited[0] : told[0]);
  };

  claims.forEach((c) => c.addEventListener("click", () => light([c.dataset.claim], c)));
  quotes.forEach((q) => q.addEventListener("click", () => light(of(q), q)));
  document.addEventListener("keydown", (event) => {
    const at = claims.indexOf(document.activeElement);
    if (event.key === "Escape") clear();
    else if ((event.key === "Enter" || event.key === " ") && document.activeElement.classList.contains("q")) {
      event.preventDefault();
      document.activeElement.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = claims[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (at >= 0 && next) { event.preventDefault(); next.focus(); next.click(); }
    }
  });
})();
