/* Every request of the page: how long it may take, and in words what can go wrong with it.
   Dash's own requests go through here as well, so that a refused one never ends in silence. */
(() => {
  "use strict";
  const { explorer } = window;
  const send = window.fetch.bind(window);
  /** @typedef {{ stop: AbortController, left: boolean }} Pending */
  /** @type {Map<string, Pending>} the last request for each output, while it is under way */
  const newest = new Map();
  const POLLS = 3; // how often a question after running work is asked before it is given up
  const NO_CONTENT = 204;

  /**
   * How long an answer is waited for. A first page may take twice as long: there is nothing yet
   * that it would contradict.
   * @returns {number} Seconds.
   */
  function patience() {
    const seconds = Number(document.body.dataset.patience || 15);
    return document.querySelector("main[data-path]") ? seconds : 2 * seconds;
  }

  /** @type {Record<RefusalKind, (status?: number) => string>} */
  const WORDS = {
    offline: () => "You are offline.",
    unreachable: () => "The server cannot be reached.",
    silent: () => `The server has not answered for ${patience()} seconds.`,
    signedOut: () => "You may have been signed out: the server did not let this request through.",
    busy: (status) => `The server is too busy to answer (error ${status}).`,
    outdated: (status) =>
      `The server does not know this request (error ${status}): the explorer may have been updated since the page was opened.`,
    failed: (status) => `The server could not answer (error ${status}).`,
    unreadable: () => "The server sent an answer that cannot be read.",
  };

  /** Why a request was refused: its message is a sentence for the reader. */
  class Refusal extends Error {
    /**
     * @param {RefusalKind} kind What went wrong.
     * @param {number} [status] Of HTTP, where the server answered.
     */
    constructor(kind, status) {
      super(WORDS[kind](status));
      this.kind = kind;
    }
  }

  /**
   * What a status of HTTP means for the reader.
   * @param {number} status Any that is no success.
   * @returns {RefusalKind} What went wrong.
   */
  function kindOf(status) {
    if ([401, 403, 407, 511].includes(status)) return "signedOut";
    if ([429, 503].includes(status)) return "busy";
    return [400, 404, 410].includes(status) ? "outdated" : "failed";
  }

  /** @typedef {{ reply: Response, body: string }} Answer */

  /**
   * Ask for an answer with its whole body. Signing-in pages are never followed to: they are no answer.
   * @param {string} address Where.
   * @param {RequestInit} options Of the request.
   * @param {AbortController} stop Ends it.
   * @returns {Promise<Answer>} The answer.
   * @throws {Refusal} There is none, or not a good one.
   */
  async function ask(address, options, stop = new AbortController()) {
    let late = false;
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        late = true;
        stop.abort();
      }, 1000 * patience());
    };
    try {
      wait();
      const reply = await send(address, { ...options, redirect: "manual", signal: stop.signal });
      wait(); // the body may take as long again
      const body = await reply.text();
      if (reply.type === "opaqueredirect") throw new Refusal("signedOut");
      if (!reply.ok) throw new Refusal(kindOf(reply.status), reply.status);
      return { reply, body };
    } catch (fault) {
      if (fault instanceof Refusal) throw fault;
      if (late) throw new Refusal("silent");
      throw new Refusal(navigator.onLine ? "unreachable" : "offline");
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Whether a body is a whole page, where a piece of one or data was asked for.
   * @param {string} body Of an answer.
   * @returns {boolean} True for what begins as a document of HTML.
   */
  const isPage = (body) => /^\s*<(!doctype|html)/i.test(body);

  /**
   * Read an answer of Dash.
   * @param {Answer} answer With JSON, or without content.
   * @returns {any} What the JSON holds; null where there is no content.
   * @throws {Refusal} It cannot be read.
   */
  function parsed({ reply, body }) {
    if (reply.status === NO_CONTENT) return null;
    if (!(reply.headers.get("content-type") || "").includes("json")) {
      throw new Refusal(isPage(body) ? "signedOut" : "unreadable");
    }
    try {
      return JSON.parse(body);
    } catch {
      throw new Refusal("unreadable");
    }
  }

  /**
   * Whether data is an answer that Dash understands.
   * @param {any} data From JSON.
   * @returns {boolean} False for anything else, such as the answer of a proxy.
   */
  const known = (data) => data && ["response", "cacheKey", "job", "multi"].some((name) => name in data);

  /**
   * Ask for the answer of a callback.
   * @param {string} address Where.
   * @param {RequestInit} options Of Dash's request.
   * @param {AbortController} [stop] Ends it.
   * @returns {Promise<Response>} As Dash reads it.
   * @throws {Refusal} There is none, or not a good one.
   */
  async function answerOf(address, options, stop) {
    const answer = await ask(address, options, stop);
    const data = parsed(answer);
    if (data === null) return new Response(null, { status: NO_CONTENT });
    if (!known(data)) throw new Refusal("unreadable");
    const made = new Response(null, { status: answer.reply.status, headers: answer.reply.headers });
    made.json = () => Promise.resolve(data); // read once, here
    made.text = () => Promise.resolve(answer.body);
    return made;
  }

  /**
   * Ask after running work, and again where that was refused.
   * @param {string} address Where.
   * @param {RequestInit} options Of Dash's request.
   * @returns {Promise<Response>} As Dash reads it.
   * @throws {Refusal} The last of several.
   */
  async function patiently(address, options) {
    for (let tried = 1; ; tried += 1) {
      try {
        return await answerOf(address, options);
      } catch (refusal) {
        const isSignedOut = refusal instanceof Refusal && refusal.kind === "signedOut";
        if (tried === POLLS || isSignedOut) throw refusal;
        await new Promise((done) => {
          setTimeout(done, 1000);
        });
      }
    }
  }

  /**
   * Answer a callback of Dash. A refused one is told to the page; Dash hears that nothing changed.
   * @param {string} address Where.
   * @param {RequestInit} options Of Dash's request.
   * @returns {Promise<Response>} As Dash reads it.
   */
  async function callback(address, options) {
    const asked = JSON.parse(String(options.body));
    const polls = /[?&](cacheKey|job)=/.test(address);
    const request = { stop: new AbortController(), left: false };
    if (!polls) {
      explorer.abandon(asked.output);
      newest.set(asked.output, request);
    }
    try {
      return await (polls ? patiently(address, options) : answerOf(address, options, request.stop));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const detail = { output: asked.output, asked, refusal };
      if (!request.left) document.dispatchEvent(new CustomEvent("explorer:refused", { detail }));
      return new Response(null, { status: NO_CONTENT });
    } finally {
      if (newest.get(asked.output) === request) newest.delete(asked.output);
    }
  }

  /**
   * Answer what Dash starts with: without it there is no page to say anything in.
   * @param {string} address Where.
   * @param {RequestInit} options Of Dash's request.
   * @returns {Promise<Response>} As Dash reads it.
   * @throws {Refusal} There is none; the page was told.
   */
  async function start(address, options) {
    try {
      return await answeredStart(address, options);
    } catch (refusal) {
      document.dispatchEvent(new CustomEvent("explorer:refused", { detail: { output: "start", refusal } }));
      throw refusal;
    }
  }

  /**
   * Ask for what Dash starts with.
   * @param {string} address Where.
   * @param {RequestInit} options Of Dash's request.
   * @returns {Promise<Response>} As Dash reads it.
   * @throws {Refusal} There is none, or not a good one.
   */
  async function answeredStart(address, options) {
    const answer = await ask(address, options);
    const data = parsed(answer);
    const made = new Response(null, { status: answer.reply.status, headers: answer.reply.headers });
    made.json = () => Promise.resolve(data);
    return made;
  }

  /** @type {FirstLook | null | undefined} what the page brought with it; null once it is used up */
  let first;

  /**
   * The answers that came with the page, to what Dash asks for first.
   * @returns {FirstLook | null} Nothing once the page itself was asked for.
   */
  function firstLook() {
    if (first === undefined) {
      const held = document.getElementById("first-look")?.textContent;
      first = held ? JSON.parse(held) : null;
    }
    return first ?? null;
  }

  /**
   * The answer to a request of Dash, where it came with the page.
   * @param {string} path Of the request.
   * @param {RequestInit} options Of the request.
   * @returns {unknown} Data; nothing where it must be asked for.
   */
  function brought(path, options) {
    const look = firstLook();
    if (!look) return undefined;
    if (path.endsWith("_dash-layout")) return look.layout;
    if (path.endsWith("_dash-dependencies")) return look.dependencies;
    if (!path.endsWith("_dash-update-component")) return undefined;
    const { inputs } = JSON.parse(String(options.body));
    const value = (/** @type {string} */ name) =>
      inputs.find((/** @type {any} */ one) => one.id === "_pages_location" && one.property === name)?.value;
    if (value("pathname") === undefined) return undefined; // not the router
    first = null;
    const here = value("pathname") === look.pathname && (value("search") ?? "") === look.search;
    return here ? look.page : undefined;
  }

  /**
   * Data as an answer that Dash reads.
   * @param {unknown} data From JSON.
   * @returns {Response} With status 200.
   */
  function asAnswer(data) {
    const made = new Response(null, { status: 200, headers: { "content-type": "application/json" } });
    made.json = () => Promise.resolve(data);
    return made;
  }

  window.fetch = (address, options = {}) => {
    const path = String(address).split("?")[0];
    const data = brought(path, options);
    if (data !== undefined) return Promise.resolve(asAnswer(data));
    if (path.endsWith("_dash-update-component")) return callback(String(address), options);
    if (/\/_dash-(layout|dependencies)$/.test(path)) return start(String(address), options);
    return send(address, options);
  };

  /* Nobody waits any longer for what is under way for an output. */
  explorer.abandon = (output) => {
    const request = newest.get(output);
    if (!request) return;
    request.left = true;
    request.stop.abort();
  };

  /* A piece of a page from the server; throws a refusal, whose message is a sentence. */
  explorer.load = async (address) => {
    const { body } = await ask(address, {});
    if (isPage(body)) throw new Refusal("signedOut");
    return body;
  };
})();
