/* The cards of the page in the rail, by what they measure; the one in view is marked. */
(() => {
  "use strict";
  const { explorer } = window;
  const READ = 0.4; // of the window's height: above it begins what is being read
  let asked = false;

  /**
   * The links to the cards.
   * @returns {HTMLAnchorElement[]} In the order of the page.
   */
  const links = () => [
    .../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("#on-this-page a")),
  ];

  /**
   * Bring a link into the part of the rail that is seen; the page itself does not move.
   * @param {HTMLElement} link Of the card in view.
   */
  function reveal(link) {
    const rail = link.closest(".rail");
    if (!rail) return;
    const [box, around] = [link.getBoundingClientRect(), rail.getBoundingClientRect()];
    if (box.bottom > around.bottom) rail.scrollTop += box.bottom - around.bottom;
    else if (box.top < around.top) rail.scrollTop -= around.top - box.top;
  }

  /**
   * The card that is being read among cards side by side: the one the address names, else the first.
   * @param {HTMLElement[]} cards Of the page.
   * @param {number} last The last of those side by side.
   * @returns {number} Its place among all cards.
   */
  function ofRow(cards, last) {
    const top = (/** @type {number} */ at) => cards[at].getBoundingClientRect().top;
    let first = last;
    while (first > 0 && top(first - 1) === top(last)) first -= 1;
    const named = cards.findIndex((card) => location.hash === `#${card.id}`);
    return named > first && named <= last ? named : first;
  }

  /**
   * Leave out what several names begin with, before a colon: the measure, which the page's bar names.
   * @param {string[]} names Of the cards of a page.
   * @returns {string[]} The same, each with a capital first.
   */
  function short(names) {
    const begun = names.map((name) => /^(.+?): /.exec(name)?.[1]);
    return names.map((name, at) => {
      const start = begun[at];
      if (!start || begun.filter((one) => one === start).length < 2) return name;
      const rest = name.slice(start.length + 2);
      return rest.charAt(0).toUpperCase() + rest.slice(1);
    });
  }

  /** Mark the card that is being read: of the last that begin above the middle of the window. */
  function mark() {
    asked = false;
    const cards = explorer.cards.all().filter((card) => !card.closest("details[data-folded]"));
    const isEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const begun = cards.filter((card) => card.getBoundingClientRect().top < innerHeight * READ).length - 1;
    const current = isEnd && scrollY > 0 ? cards.length - 1 : ofRow(cards, Math.max(0, begun));
    links().forEach((link, at) => {
      if (at !== current) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "true");
        if (scrollY > 0) reveal(link); // at its top the page shows the rail from the top
      }
    });
  }

  /** List the cards of the page that is shown. */
  function list() {
    const place = document.getElementById("on-this-page");
    const around = place?.closest("nav");
    if (!place || !around) return;
    const cards = explorer.cards.all();
    const words = short(
      cards.map((card) => {
        const [topic, title] = ["[data-part=topic]", "[data-part=title]"].map((one) =>
          card.querySelector(one),
        );
        return topic?.textContent || title?.textContent || "";
      }),
    );
    around.hidden = !cards.length;
    const known = links();
    if (known.length === cards.length && known.every((link, at) => link.hash === `#${cards[at].id}`)) {
      known.forEach((link, at) => {
        if (link.textContent !== words[at]) link.textContent = words[at];
      });
    } else {
      const entry = (/** @type {HTMLElement} */ card, /** @type {number} */ at) =>
        explorer.element("li", [explorer.element("a", words[at], { href: `#${card.id}` })]);
      place.replaceChildren(...cards.map(entry));
    }
    mark();
  }

  /** Follow the reader down the page, and back to its top, where the rail begins too. */
  function follow() {
    mark();
    if (scrollY === 0) document.querySelector(".rail")?.scrollTo(0, 0);
  }

  addEventListener(
    "scroll",
    () => {
      if (!asked) requestAnimationFrame(follow);
      asked = true;
    },
    { passive: true },
  );

  explorer.listCards = list;
})();
