/* One bar for what was refused: what happened, why, and a button to try the very same thing again. */
(function () {
  "use strict";
  const explorer = (window.explorer = window.explorer || {});
  let retry = null;
  let origin = null; // what had the focus before the bar did

  function element(name, words, marks = {}) {
    const made = document.createElement(name);
    made.append(...[].concat(words));
    for (const [key, value] of Object.entries(marks)) made.setAttribute(key, value);
    return made;
  }

  /* The bar of the shell; where not even the shell could be had, one of its own. */
  function bar() {
    const there = document.getElementById("refused");
    if (there) return there;
    const made = element("div", [], { id: "refused", class: "refused", role: "alert" });
    document.body.prepend(made);
    return made;
  }

  const quiet = { type: "button", class: "button-quiet" };
  const named = (words, part) => element("button", words, { ...quiet, "data-part": part });

  function meant(kind) {
    const here = { href: location.href, class: "button-quiet" };
    if (kind === "signedOut") return [element("a", "Sign in, in a new tab", { ...here, target: "_blank", rel: "noopener" })];
    return kind === "outdated" ? [named("Reload the page", "reload")] : [];
  }

  /* Say that something was refused.
     what: what became of it; refusal: why, from 15-requests.js; again: does it once more. */
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
    explorer.announce?.(`${words} There is a button to try again at the top of the page.`);
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
    const back = origin && origin.isConnected && origin !== document.body ? origin : document.getElementById("page-title");
    back?.focus({ preventScroll: true });
  };

  function tryAgain(place) {
    const now = retry;
    if (!now) return;
    retry = null; // once, until it is refused again
    place.setAttribute("aria-busy", "true");
    place.querySelector("p").replaceChildren("Trying again…");
    explorer.announce?.("Trying again");
    now();
  }

  document.addEventListener("click", (event) => {
    const place = event.target.closest("#refused");
    const button = event.target.closest("#refused button");
    if (!button) return;
    if (button.dataset.part === "again") tryAgain(place);
    else if (button.dataset.part === "reload") location.reload();
    else explorer.accepted();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("#refused")) explorer.accepted();
  });

  const JOB = "job-done.data";

  document.addEventListener("explorer:refused", ({ detail: { output, refusal } }) => {
    if (output === "start") {
      explorer.refuse({ refusal, what: "The explorer could not be started.", again: () => location.reload() });
    } else if (output === JOB) {
      const words = `${refusal.message} Nothing was made.`;
      window.dash_clientside.set_props("job-words", { children: words });
      explorer.refuse({ refusal, what: "The slow work was not done.", again: () => document.getElementById("job-run").click() });
    }
  });
})();
