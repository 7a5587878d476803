/* The address is the only state. Controls spell a question; the answer is shown in place. */
(function () {
  "use strict";
  const explorer = (window.explorer = window.explorer || {});
  const state = { main: null, controls: {}, shown: {}, query: "", held: "", step: "", round: 0, rest: [] };
  const NO = () => window.dash_clientside.no_update;
  const main = () => document.querySelector("main[data-path]");
  const part = (section, name) => section.querySelector(`[data-part="${name}"]`);
  const holds = () => Boolean(state.main && state.main.dataset.holds);
  const alike = (a, b) => Array.isArray(a) && Array.isArray(b)
    ? [...a].sort().join() === [...b].sort().join()
    : String(a ?? "") === String(b ?? "");

  explorer.query = () => state.query;

  /* An address of the explorer, as it is asked for where the explorer is served below a path. */
  const served = JSON.parse(document.getElementById("_dash-config").textContent).requests_pathname_prefix;
  explorer.at = (path) => served.replace(/\/$/, "") + path;
  /* A slash at the end of an address makes no other page of it. */
  const samePath = (a, b) => a.replace(/\/+$/, "") === b.replace(/\/+$/, "");
  const path = () => state.main.dataset.path || location.pathname;

  /* What the server laid out is what the controls and the address say. */
  function settled() {
    const page = main();
    if (!page || page === state.main) return Boolean(page);
    state.main = page;
    state.controls = JSON.parse(page.dataset.controls || "{}");
    state.grammar = JSON.parse(page.dataset.grammar || "{}");
    state.shown = state.controls;
    state.touched = "";
    state.synced = false;
    state.query = page.dataset.asked;
    state.held = page.dataset.held || page.dataset.query;
    if (page.dataset.path && samePath(location.pathname, page.dataset.path)) {
      const address = page.dataset.path + page.dataset.query;
      if (address !== location.pathname + location.search) explorer.travel.replace(address + location.hash);
    }
    explorer.travel.arrived();
    page.dataset.link = location.href;
    document.querySelectorAll(".form-switch input").forEach((one) => one.setAttribute("role", "switch"));
    // The switch in the header outlives the page: it says what the new page's address says.
    window.dash_clientside.set_props(
      { name: "evidence", type: "control" }, { value: state.controls.evidence || [] },
    );
    follow();
    return true;
  }

  /* Links to other pages carry the selection with them. */
  function follow() {
    document.querySelectorAll("a[data-follow]").forEach((link) => {
      link.dataset.base = link.dataset.base || link.getAttribute("href").split("?")[0];
      const base = link.dataset.base;
      link.setAttribute("href", base + (base.startsWith(explorer.at("/indicators/")) ? state.held : state.query));
    });
    document.querySelectorAll("header nav a[data-base]").forEach((link) => {
      const here = link.dataset.base === location.pathname
        || (link.dataset.base !== explorer.at("/") && location.pathname.startsWith(link.dataset.base + "/"));
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      // On a phone the row of pages scrolls by itself: bring the current one into it.
      if (here) link.closest("ul").scrollLeft = link.offsetLeft - 48;
    });
  }

  /* A parameter that the page's grammar does not list has one control, of its own name. */
  function spelled(values, touched) {
    const asked = new URLSearchParams(state.query);
    const special = Object.values(state.grammar);
    const apart = new Set(special.filter((one) => one.controls.length > 1).flatMap((one) => one.controls));
    for (const [name, value] of Object.entries(values)) {
      // One that excludes another stays as the address has it until it is touched.
      if (apart.has(name) || (state.grammar[name]?.excludes && touched !== name)) continue;
      set(asked, name, Array.isArray(value) ? value.join(",") : String(value ?? ""));
    }
    const excluded = state.grammar[touched]?.excludes;
    if (excluded) asked.delete(excluded);
    for (const [name, one] of Object.entries(state.grammar)) {
      if (one.controls.length > 1) setSpan(asked, name, one.controls, values, touched);
    }
    return "?" + asked.toString();
  }

  function set(asked, name, words) {
    if (words) asked.set(name, words);
    else asked.delete(name);
  }

  /* Both ends of a period; the end that was set last moves the other. */
  function setSpan(asked, name, [from, to], values, touched) {
    if (!values[from]) return; // a page without years keeps those it was given
    let [first, last] = [values[from], values[to]];
    if (Number(first) > Number(last)) [first, last] = touched === from ? [first, first] : [last, last];
    asked.set(name, `${first}-${last}`);
  }

  /* Cards in view are asked for first; the others once those are painted. */
  function question(query, step) {
    state.step = `${step}:${++state.round}`;
    const sections = [...document.querySelectorAll("section.card")];
    const near = new Set(sections.filter(inView).map((section) => section.dataset.card));
    state.main.querySelectorAll("[data-headline]").forEach((one) => near.add(one.dataset.headline));
    state.rest = sections.map((section) => section.dataset.card).filter((key) => !near.has(key));
    sections.forEach((section) => section.setAttribute("aria-busy", "true"));
    return { query, cards: [...near], step: state.step };
  }

  function askForTheRest(query) {
    if (!state.rest.length) return;
    state.step = `rest:${state.round}`;
    const data = { query, cards: state.rest, step: state.step };
    window.dash_clientside.set_props("asked", { data });
  }

  function ask() {
    const context = window.dash_clientside.callback_context;
    const inputs = context.inputs_list[0] || [];
    if (!inputs.length || !settled()) return NO();
    const values = Object.fromEntries(inputs.map((one) => [one.id.name, one.value ?? ""]));
    // Until the switch in the header shows what the address says, it has nothing to say itself.
    state.synced = state.synced || alike(values.evidence, state.controls.evidence);
    if (!state.synced) values.evidence = state.controls.evidence;
    const touched = Object.keys(values).find((name) => !alike(values[name], state.controls[name]));
    if (!touched) return NO();
    if (touched === "indicator" && holds()) {
      state.touched = touched;
      go(explorer.at(`/indicators/${values.indicator}${state.held}`));
      return NO();
    }
    if (touched === "evidence") {
      state.touched = touched;
      relay(values);
      return NO();
    }
    state.controls = values;
    return question(spelled(values, touched), "push");
  }

  const evidence = (search) => new URLSearchParams(search).get("evidence");

  /* Hiding simulated figures, or showing them again, lays the whole page out anew. */
  function relay(values) {
    if (!state.main.dataset.path) return;
    const asked = new URLSearchParams(spelled(values, "evidence"));
    if (holds()) asked.delete("indicator");
    const query = asked.toString();
    go(path() + (query ? `?${query}` : ""));
  }

  function setWords(section, piece) {
    for (const name of ["title", "subtitle", "says"]) {
      const node = part(section, name);
      if (node && node.textContent !== piece[name]) node.textContent = piece[name];
    }
    const withheld = part(section, "withheld");
    if (withheld) {
      withheld.textContent = piece.withheld;
      withheld.hidden = !piece.withheld;
    }
    const notes = part(section, "notes");
    if (notes) notes.replaceChildren(...piece.notes.map((words) => element("li", words)));
  }

  function element(name, words) {
    const made = document.createElement(name);
    made.textContent = words;
    return made;
  }

  function draw(key, figure) {
    if (!figure || !document.getElementById(`graph-${key}`)) return;
    const height = `${figure.layout.height}px`;
    const chart = document.getElementById(`graph-${key}`).closest(".chart");
    if (chart.style.getPropertyValue("--chart-height") !== height) {
      chart.style.setProperty("--chart-height", height);
    }
    window.dash_clientside.set_props(`graph-${key}`, { figure, style: { height } });
  }

  function inView(section) {
    const box = section.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  /* Cards in view first, the others after the paint; a newer answer ends the queue of an older. */
  function drawAll(cards, round) {
    const shown = Object.entries(cards)
      .map(([key, piece]) => ({ key, piece, section: document.getElementById(`card-${key}`) }))
      .filter((one) => one.section);
    shown.forEach((one) => { one.near = inView(one.section); }); // read every box before any write
    const later = shown.filter((one) => !one.near);
    shown.filter((one) => one.near).forEach(bringUpToDate);
    const next = () => {
      if (round !== state.round || !later.length) return;
      bringUpToDate(later.shift());
      explorer.afterPaint(next);
    };
    explorer.afterPaint(next);
  }

  function bringUpToDate({ key, piece, section }) {
    setWords(section, piece);
    draw(key, piece.figure);
    section.removeAttribute("aria-busy");
    section.removeAttribute("data-stale");
  }

  function setControls(values) {
    const shown = state.controls;
    state.controls = { ...shown, ...values };
    for (const [name, value] of Object.entries(values)) {
      const there = document.getElementById(`{"name":"${name}","type":"control"}`);
      if (!there || alike(value, shown[name])) continue;
      window.dash_clientside.set_props({ name, type: "control" }, { value });
    }
  }

  function show(answer) {
    if (!answer || answer.step !== state.step || !settled()) return;
    const [step, round] = answer.step.split(":");
    explorer.accepted();
    drawAll(answer.cards, Number(round));
    if (step === "rest") {
      setTimeout(() => document.querySelectorAll("section.card").forEach(fillOpen), 60);
      return;
    }
    state.query = answer.query;
    state.held = answer.held;
    state.shown = { ...state.shown, ...answer.controls };
    const address = path() + (holds() ? answer.held : answer.query);
    if (step === "push" && address !== location.pathname + location.search) explorer.travel.push(address);
    else if (step === "pop") explorer.travel.replace(address + location.hash);
    explorer.travel.arrived();
    setHead(answer);
    explorer.afterPaint(() => {
      if (answer.step !== state.step) return;
      askForTheRest(answer.query);
      setTimeout(() => afterPaint(answer), 40);
    });
  }

  /* What stands above the cards: the selection in words, notices, headlines. */
  function setHead(answer) {
    const words = part(document, "words");
    if (words) words.textContent = answer.words;
    const notice = part(document, "notice");
    notice.replaceChildren(...answer.notices.map((words) => element("p", words)));
    notice.hidden = !answer.notices.length;
    document.querySelectorAll("[data-headline]").forEach((one) => {
      const piece = answer.cards[one.dataset.headline];
      if (piece) one.textContent = piece.headline;
    });
  }

  /* What is wrong with a field stands beside it; what was typed stays in it. */
  function setFaults(faults) {
    document.querySelectorAll("[data-fault]").forEach((place) => {
      const name = place.dataset.fault;
      const words = faults[name] || "";
      if (place.textContent !== words) place.textContent = words;
      const field = document.getElementById(`{"name":"${name}","type":"control"}`);
      if (!field) return;
      field.inputMode = "decimal"; // Dash does not offer it
      field.setAttribute("aria-describedby", `${place.id} ${place.dataset.hint}`);
      if (words) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
  }

  function afterPaint(answer) {
    setControls(answer.controls);
    setFaults(answer.faults);
    document.getElementById("link-by-hand")?.remove(); // it held the link of the view before
    state.main.dataset.link = location.href;
    follow();
    document.querySelectorAll("section.card").forEach(fillOpen);
    const first = Object.values(answer.cards)[0];
    const refused = document.querySelector("#refused:not([hidden])"); // its words are not talked over
    if (!refused) announce(first ? first.withheld || first.says : answer.words);
  }

  function announce(words) {
    const live = document.getElementById("live");
    if (!live) return;
    if (live.textContent === words) live.textContent = ""; // the same words again are news again
    live.textContent = words;
  }

  /* A piece that could not be loaded says why in its place, with a button to try again. */
  function unloaded(place, refusal, again) {
    const button = element("button", "Try again");
    button.type = "button";
    button.className = "button-quiet";
    button.addEventListener("click", () => {
      const before = document.activeElement === button;
      place.tabIndex = -1;
      again().then(() => before && place.focus({ preventScroll: true }));
    });
    const words = `This could not be loaded. ${refusal.message}`;
    place.replaceChildren(element("p", words), button);
    if (place.getClientRects().length) announce(words); // not of what is folded away
  }

  async function load(place, address, again) {
    place.setAttribute("aria-busy", "true");
    place.dataset.filled = address;
    try {
      const words = await explorer.load(address);
      if (place.dataset.filled !== address) return; // another was asked for since
      place.innerHTML = words;
      follow();
    } catch (refusal) {
      if (place.dataset.filled !== address) return;
      delete place.dataset.filled;
      unloaded(place, refusal, again);
    }
    place.removeAttribute("aria-busy");
  }

  /* Tables, methods and files are made only when they are looked at. */
  async function fill(section, tab) {
    const panel = section.querySelector(`[data-panel="${tab}"]`);
    const address = explorer.at(`/cards/${section.dataset.card}/${tab}${state.query}`);
    if (!panel || tab === "chart" || panel.dataset.filled === address) return;
    await load(panel, address, () => fill(section, tab));
  }

  function fillOpen(section) {
    const open = section.querySelector("[data-panel]:not([hidden])");
    if (open) fill(section, open.dataset.panel);
  }

  document.addEventListener("explorer:tab", (event) => {
    fill(event.target.closest("section.card"), event.detail.tab);
  });

  /* Long tables of a page are written by the server as one string, and set here. */
  function fillPage() {
    for (const region of document.querySelectorAll("[data-fill]")) {
      const again = () => load(region, region.dataset.fill, again);
      if (!region.dataset.filled) again();
    }
  }

  function arrived() {
    const before = state.main;
    const settle = (tries) => {
      const page = main();
      if ((!page || page === before) && tries > 0) return setTimeout(() => settle(tries - 1), 16);
      settled();
      explorer.nameTheme();
      document.querySelectorAll("section.card").forEach(fillOpen);
      if (page) setFaults(JSON.parse(page.dataset.faults || "{}"));
      fillPage();
      if (before && page && page !== before) {
        scrollTo(0, 0);
        document.getElementById("page-title").focus({ preventScroll: true });
        announce(document.getElementById("page-title").textContent);
      }
      if (page) explorer.accepted();
      explorer.toPlace();
      return undefined;
    };
    settle(60);
  }

  function go(address) {
    explorer.travel.push(address);
    route();
  }

  /* The router of Dash is told the address outright: it would not ask twice for one it knows. */
  function route() {
    state.step = ""; // an answer for the page that is being left comes too late
    const { pathname, search, hash, href } = location;
    window.dash_clientside.set_props("_pages_location", { pathname, search, hash, href });
  }

  /* Open a view by its address: in place where it is of this page. */
  explorer.open = (address) => {
    const { pathname, search, hash } = new URL(address, location.href);
    if (!state.main || !samePath(pathname, state.main.dataset.path)) return go(pathname + search + hash);
    window.dash_clientside.set_props("asked", { data: question(search || "?", "push") });
    return undefined;
  };

  /* Ask again for what is shown: something slow may be ready by now. */
  explorer.again = () => {
    document.querySelectorAll("[data-panel]").forEach((panel) => { delete panel.dataset.filled; });
    window.dash_clientside.set_props("asked", { data: question(state.query, "again") });
  };
  explorer.announce = announce;

  /* Back and Forward between selections of one page change it in place; Dash's router, which
     would lay the page out anew, hears only of a change of page. */
  window.addEventListener("popstate", (event) => {
    event.stopImmediatePropagation();
    if (!explorer.travel.moved(event.state)) return; // a step taken back
    const here = state.main && state.main.isConnected && state.main.dataset.path;
    if (!here || !samePath(location.pathname, here) || evidence(location.search) !== evidence(state.query)) {
      route();
      return;
    }
    explorer.abandon(ROUTER);
    if (location.search === (holds() ? state.held : state.query)) {
      explorer.travel.arrived(); // a place in this page
      state.step = "";
      setControls(state.shown);
      askForWhatIsBusy();
      explorer.toPlace();
      return;
    }
    const held = holds() ? `&indicator=${state.shown.indicator}` : "";
    const query = (location.search || "?") + held;
    window.dash_clientside.set_props("asked", { data: question(query, "pop") });
  }, true);

  /* Cards whose question was left for another page that did not come. */
  function askForWhatIsBusy() {
    if (!document.querySelector("section.card[aria-busy]")) return;
    window.dash_clientside.set_props("asked", { data: question(state.query, "again") });
  }

  /* ----- what was refused: the page goes back to what it shows, says so, and can try again ----- */

  const ROUTER = ".._pages_content.children..._pages_store.data.."; // what Dash calls its own callback
  const idle = () => document.querySelectorAll("section.card[aria-busy]").forEach(
    (section) => section.removeAttribute("aria-busy"),
  );

  function refusedQuestion({ query, step }, refusal) {
    if (step !== state.step) return;
    const [kind] = step.split(":");
    const asked = (data) => window.dash_clientside.set_props("asked", { data });
    idle();
    if (kind === "rest") {
      state.rest.forEach((key) => { document.getElementById(`card-${key}`).dataset.stale = ""; });
      explorer.refuse({
        refusal, what: "The cards that are marked still show your earlier choice.",
        again: () => {
          state.rest.forEach((key) => document.getElementById(`card-${key}`).setAttribute("aria-busy", "true"));
          askForTheRest(state.query);
        },
      });
      return;
    }
    state.step = "";
    setControls(state.shown);
    const back = kind === "pop" ? explorer.travel.undo(go) : () => asked(question(query, kind));
    explorer.refuse({ refusal, what: "Your change was not made; the page shows what it did before.", again: back });
  }

  function refusedPage(refusal) {
    if (!state.main) {
      explorer.refuse({ refusal, what: "The page could not be opened.", again: route });
      return;
    }
    if (state.touched) {
      const value = state.shown[state.touched];
      window.dash_clientside.set_props({ name: state.touched, type: "control" }, { value });
      state.touched = "";
    }
    setControls(state.shown);
    const again = explorer.travel.undo(go);
    explorer.refuse({ refusal, what: "The page you asked for could not be opened; you are still on the one before.", again });
    askForWhatIsBusy();
  }

  document.addEventListener("explorer:refused", ({ detail: { output, asked, refusal } }) => {
    if (output === "answered.data") refusedQuestion(asked.inputs[0].value, refusal);
    else if (output === ROUTER) refusedPage(refusal);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-follow]");
    const plain = !event.defaultPrevented && event.button === 0
      && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain) {
      event.preventDefault();
      go(link.getAttribute("href"));
    } else if (event.target.closest("#reset")) {
      const held = holds() ? `?indicator=${state.controls.indicator}` : "";
      window.dash_clientside.set_props("asked", { data: question(held, "push") });
    }
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.explorer = { ...window.dash_clientside.explorer, ask, show, arrived };
})();
