/* Every request of the page: how long it may take, and in words what can go wrong with it.
   Dash's own requests go through here as well, so that a refused one never ends in silence. */
(function () {
  "use strict";
  const explorer = (window.explorer = window.explorer || {});
  const send = window.fetch.bind(window);
  const newest = new Map(); // the last request for each output, while it is under way
  const POLLS = 3; // how often a question after running work is asked before it is given up
  const NO_CONTENT = 204;

  /* Seconds. A first page may take twice as long: there is nothing yet that it would contradict. */
  function patience() {
    const seconds = Number(document.body.dataset.patience || 15);
    return document.querySelector("main[data-path]") ? seconds : 2 * seconds;
  }

  const WORDS = {
    offline: () => "You are offline.",
    unreachable: () => "The server cannot be reached.",
    silent: () => `The server has not answered for ${patience()} seconds.`,
    signedOut: () => "You may have been signed out: the server did not let this request through.",
    busy: (status) => `The server is too busy to answer (error ${status}).`,
    outdated: (status) => `The server does not know this request (error ${status}): the explorer may have been updated since the page was opened.`,
    failed: (status) => `The server could not answer (error ${status}).`,
    unreadable: () => "The server sent an answer that cannot be read.",
  };

  class Refusal extends Error {
    constructor(kind, status) {
      super(WORDS[kind](status));
      this.kind = kind;
    }
  }

  function kindOf(status) {
    if ([401, 403, 407, 511].includes(status)) return "signedOut";
    if ([429, 503].includes(status)) return "busy";
    return [400, 404, 410].includes(status) ? "outdated" : "failed";
  }

  /* An answer with its whole body. Signing-in pages are never followed to: they are no answer. */
  async function ask(address, options, stop = new AbortController()) {
    let late = false;
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => { late = true; stop.abort(); }, 1000 * patience());
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

  const isPage = (body) => /^\s*<(!doctype|html)/i.test(body);

  function parsed({ reply, body }) {
    if (reply.status === NO_CONTENT) return null;
    if (!(reply.headers.get("content-type") || "").includes("json")) {
      throw new Refusal(isPage(body) ? "signedOut" : "unreadable");
    }
    try {
      return JSON.parse(body);
    } catch (broken) {
      throw new Refusal("unreadable");
    }
  }

  const known = (data) => data && ["response", "cacheKey", "job", "multi"].some((name) => name in data);

  async function answerOf(address, options, stop) {
    const answer = await ask(address, options, stop);
    const data = parsed(answer);
    if (data === null) return new Response(null, { status: NO_CONTENT });
    if (!known(data)) throw new Refusal("unreadable");
    const made = new Response(null, { status: answer.reply.status, headers: answer.reply.headers });
    made.json = () => Promise.resolve(data); // read once, here
    return made;
  }

  async function patiently(address, options) {
    for (let tried = 1; ; tried += 1) {
      try {
        return await answerOf(address, options);
      } catch (refusal) {
        if (tried === POLLS || refusal.kind === "signedOut") throw refusal;
        await new Promise((done) => { setTimeout(done, 1000); });
      }
    }
  }

  /* A callback of Dash. A refused one is told to the page; Dash hears that nothing changed. */
  async function callback(address, options) {
    const asked = JSON.parse(options.body);
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

  /* What Dash starts with: without it there is no page to say anything in. */
  async function start(address, options) {
    try {
      return await answeredStart(address, options);
    } catch (refusal) {
      document.dispatchEvent(new CustomEvent("explorer:refused", { detail: { output: "start", refusal } }));
      throw refusal;
    }
  }

  async function answeredStart(address, options) {
    const answer = await ask(address, options);
    const data = parsed(answer);
    const made = new Response(null, { status: answer.reply.status, headers: answer.reply.headers });
    made.json = () => Promise.resolve(data);
    return made;
  }

  window.fetch = (address, options = {}) => {
    const path = String(address).split("?")[0];
    if (path.endsWith("_dash-update-component")) return callback(String(address), options);
    if (/\/_dash-(layout|dependencies)$/.test(path)) return start(address, options);
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
