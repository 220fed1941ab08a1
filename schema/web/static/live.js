// Живые страницы: говорит, что появилось новое; сама страница не меняется, пока её не попросят.
// Поток событий на браузер один: его держит одна открытая вкладка и делится с остальными.
const bar = document.querySelector("[data-live]");
if (bar) {
  const fresh = bar.querySelector("[data-new]"), state = bar.querySelector("[data-state]");
  const pause = bar.querySelector("[data-pause]"), status = bar.querySelector("[role=status]");
  const address = new URL(bar.dataset.live, location.href), name = `tsur${address.pathname}`;
  const ASK = 3000, SAY = 60000, POLL = 60000;
  let asking = null, said = -Infinity, saying = null, shown = 0, over = false, let_go = () => {};
  let cursor = address.searchParams.get("after");

  const paused = () => localStorage.getItem(`${name}/paused`) === "1";
  const listens = () => document.visibilityState === "visible" && !paused() && !over;
  const words = (count) => bar.dataset.case ? "Обращение изменилось, показать" : `новых ${count}, показать`;

  // Вслух — не чаще раза в минуту, и то, что верно в этот миг.
  function say() {
    clearTimeout(saying);
    const wait = said + SAY - performance.now();
    if (wait > 0) { saying = setTimeout(say, wait); return; }
    said = performance.now();
    status.textContent = words(shown);
  }

  async function ask() {
    asking = null;
    if (!listens()) return;
    const answer = await fetch(bar.dataset.news).catch(() => null);
    if (answer === null || !answer.ok || answer.redirected) return;
    const { count } = await answer.json();
    if (count === shown || count === 0) return;
    shown = count;
    fresh.textContent = words(count);
    fresh.hidden = false;
    say();
  }
  const soon = () => { asking ??= setTimeout(ask, ASK); };

  function told({ kind, id }) {
    if (kind === "ended") { over = true; let_go(); draw(); return; }
    cursor = id;
    soon();
  }

  // Кто держит замок, держит и поток; скрытая или приостановленная вкладка отпускает и то и другое.
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  if (channel) channel.onmessage = ({ data }) => { if (listens() || data.kind === "ended") told(data); };
  let waiting = null;
  function listen() {
    if (!listens() || waiting) return;
    waiting = new AbortController();
    const mine = waiting;
    navigator.locks.request(name, { signal: mine.signal }, () => new Promise((done) => {
      if (mine.signal.aborted || !listens()) return done();
      address.searchParams.set("after", cursor);
      const source = new EventSource(address);
      let_go = () => { source.close(); done(); let_go = () => {}; };
      const pass = (data) => { channel.postMessage(data); told(data); };
      source.onmessage = ({ lastEventId }) => pass({ kind: "moved", id: lastEventId });
      source.addEventListener("ended", () => pass({ kind: "ended" }));
      source.onerror = () => { if (source.readyState === EventSource.CLOSED) let_go(); };
    })).catch(() => {}).finally(() => { if (waiting === mine) waiting = null; });
  }

  function draw() {
    pause.setAttribute("aria-pressed", String(paused()));
    pause.textContent = paused() ? "Возобновить" : "Приостановить";
    pause.hidden = over;
    state.textContent = over ? "Вход окончен" : paused() ? "Обновление приостановлено" : "Следит за новым";
  }
  function turn() {
    draw();
    if (listens()) { soon(); if (channel && navigator.locks) listen(); return; }
    if (waiting) { waiting.abort(); waiting = null; }
    let_go();
  }
  pause.addEventListener("click", () => {
    localStorage.setItem(`${name}/paused`, paused() ? "0" : "1");
    turn();
  });
  addEventListener("storage", turn);
  addEventListener("pagehide", () => let_go());
  addEventListener("pageshow", turn);
  document.addEventListener("visibilitychange", turn);
  if (!channel || !navigator.locks) setInterval(() => { if (listens()) soon(); }, POLL);

  // Показанное заново стоит там же: фокус на заголовке, а не в начале.
  fresh.addEventListener("click", () => sessionStorage.setItem(`${name}/shown`, location.href));
  if (sessionStorage.getItem(`${name}/shown`) === location.href) {
    sessionStorage.removeItem(`${name}/shown`);
    document.getElementById("main").focus();
  }
  fresh.textContent = words(0);
  bar.hidden = false;
}
