/* One bar for what was refused: what happened, why, and a button to try the very same thing again. */
(() => {
  "use strict";
  const { explorer } = window;
  const { element } = explorer;
  /** @type {(() => void) | null} does again what was refused */
  let retry = null;
  /** @type {Element | null} what had the focus before the bar did */
  let origin = null;

  /**
   * The bar of the shell; where not even the shell could be had, one of its own.
   * @returns {HTMLElement} In the page.
   */
  function bar() {
    const there = document.getElementById("refused");
    if (there) return there;
    const made = element("div", [], { id: "refused", class: "refused", role: "alert" });
    document.body.prepend(made);
    return made;
  }

  const quiet = { type: "button", class: "button-quiet" };

  /**
   * Make a button of the bar.
   * @param {string} words On it.
   * @param {string} part What it does: "again", "reload" or "close".
   * @returns {HTMLElement} The button.
   */
  const named = (words, part) => element("button", words, { ...quiet, "data-part": part });

  /**
   * What else a reader can do about a refusal.
   * @param {RefusalKind} kind What went wrong.
   * @returns {HTMLElement[]} Links and buttons; often none.
   */
  function meant(kind) {
    const here = { href: location.href, class: "button-quiet" };
    if (kind === "signedOut")
      return [element("a", "Sign in, in a new tab", { ...here, target: "_blank", rel: "noopener" })];
    return kind === "outdated" ? [named("Reload the page", "reload")] : [];
  }

  explorer.refuse = ({ what, refusal, again }) => {
    const place = bar();
    const focused = document.activeElement;
    const inside = place.contains(focused);
    if (!inside) origin = focused;
    retry = again;
    const words = `${refusal.message} ${what}`;
    const button = named("Try again", "again");
    place.replaceChildren(
      element("p", [element("strong", refusal.message), ` ${what}`]),
      element("div", [button, ...meant(refusal.kind), named("Close", "close")], { class: "refused-actions" }),
    );
    place.hidden = false;
    place.removeAttribute("aria-busy");
    if (inside) button.focus({ preventScroll: true });
    explorer.announce(`${words} There is a button to try again at the top of the page.`);
  };

  /* The server has answered: nothing is left to be tried again. */
  explorer.accepted = () => {
    const place = document.getElementById("refused");
    if (!place || place.hidden) return;
    const inside = place.contains(document.activeElement);
    place.hidden = true;
    place.replaceChildren();
    retry = null;
    if (!inside) return;
    const stays = origin instanceof HTMLElement && origin.isConnected && origin !== document.body;
    const back = stays ? origin : document.getElementById("page-title");
    if (back instanceof HTMLElement) back.focus({ preventScroll: true });
  };

  /**
   * Do again what was refused, once, until it is refused again.
   * @param {HTMLElement} place The bar.
   */
  function tryAgain(place) {
    const now = retry;
    if (!now) return;
    retry = null;
    place.setAttribute("aria-busy", "true");
    place.querySelector("p")?.replaceChildren("Trying again…");
    explorer.announce("Trying again");
    now();
  }

  document.addEventListener("click", (event) => {
    const place = explorer.closest(event, "#refused");
    const button = explorer.closest(event, "#refused button");
    if (!button || !place) return;
    if (button.dataset.part === "again") tryAgain(place);
    else if (button.dataset.part === "reload") location.reload();
    else explorer.accepted();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && explorer.closest(event, "#refused")) explorer.accepted();
  });

  const JOB = "job-done.data";

  document.addEventListener("explorer:refused", ({ detail: { output, refusal } }) => {
    if (output === "start") {
      explorer.refuse({
        refusal,
        what: "The explorer could not be started.",
        again: () => location.reload(),
      });
    } else if (output === JOB) {
      const words = `${refusal.message} Nothing was made.`;
      window.dash_clientside.set_props("job-words", { children: words });
      explorer.refuse({
        refusal,
        what: "The slow work was not done.",
        again: () => document.getElementById("job-run")?.click(),
      });
    }
  });
})();
