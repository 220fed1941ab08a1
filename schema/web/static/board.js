// Скрипт доски: черновики и предупреждение о конце входа. Без него всё работает, но не само.
const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-Requested-With": "board" } });

// Кто печатает без остановки, не теряет больше пяти секунд; без связи сохраняется, когда она есть.
const EVERY = 4000;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const told = form.querySelector("[data-saved]");
  let timer = null, changed = false;
  const typed = () => new URLSearchParams(new FormData(form));
  const soon = () => { timer ??= setTimeout(save, EVERY); };
  const held = () => { clearTimeout(timer); timer = null; changed = false; };
  const words = async (answer) => {
    if (answer.ok) return `Сохранено ${(await answer.json()).saved}`;
    if (answer.status === 401) return "Вход окончен: введённое хранится полчаса, войдите снова";
    return "Не сохранено: в этом браузере вошли под другим именем";
  };
  async function save() {
    held();
    try {
      const answer = await post(form.dataset.draft, typed());
      if (answer.status >= 500) throw new Error(answer.status);
      told.textContent = await words(answer);
    } catch {
      changed = true;
      told.textContent = "Нет связи: введённое не сохранено";
      soon();
    }
  }
  form.addEventListener("input", () => { changed = true; soon(); });
  form.addEventListener("submit", held);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !changed) return;
    held();
    navigator.sendBeacon(form.dataset.draft, typed());
  });
}

// Похожие и маршрут обновляются рядом, пока печатают; под руками ничего не движется.
for (const form of document.querySelectorAll("form[data-beside]")) {
  const beside = document.getElementById(form.dataset.beside);
  let timer, shown = 0;
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const body = new URLSearchParams(new FormData(form)), mine = ++shown;
      body.set("check", "1");
      const answer = await post(location.href, body).catch(() => null);
      if (answer === null || !answer.ok || answer.redirected || mine !== shown) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      beside.replaceChildren(...page.getElementById(form.dataset.beside).childNodes);
    }, 300);
  });
}

// К списку возвращаются к отмеченному: отметки помнит вкладка, пока из списка ничего не сделано.
for (const form of document.querySelectorAll("form[data-ticks]")) {
  const place = `tsur/ticks/${form.elements.form.value.split(".")[0]}/${form.dataset.ticks}`;
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const came = performance.getEntriesByType("navigation")[0]?.type !== "navigate" || location.hash !== "";
  const kept = new Set(came ? JSON.parse(sessionStorage.getItem(place) ?? "[]") : []);
  for (const one of boxes) one.checked = kept.has(one.value);
  const keep = () => {
    for (const one of boxes) kept[one.checked ? "add" : "delete"](one.value);
    sessionStorage.setItem(place, JSON.stringify([...kept]));
  };
  keep();
  form.addEventListener("change", keep);
}

const ending = document.querySelector("[data-left]");
if (ending) {
  const early = 120;
  const wait = (left) => setTimeout(look, Math.max(left - early, 1) * 1000);
  const show = (text) => { ending.querySelector("p").textContent = text; ending.hidden = false; };
  const ended = () => show("Вход окончен. Введённое сохранено: войдите снова.");
  // Другая вкладка могла продлить вход: спрашиваем, прежде чем предупреждать.
  async function look() {
    const answer = await fetch(ending.dataset.stay).catch(() => null);
    if (answer === null) return wait(early + 30);
    if (answer.status === 401) return ended();
    const { left } = await answer.json();
    if (left > early) return wait(left);
    show(ending.dataset.text);
    setTimeout(look, Math.max(left + 1, 1) * 1000);
  }
  ending.querySelector("button").addEventListener("click", async () => {
    const answer = await post(ending.dataset.stay).catch(() => null);
    if (answer === null || !answer.ok) return ended();
    ending.hidden = true;
    document.getElementById("main").focus();
    wait((await answer.json()).left);
  });
  wait(Number(ending.dataset.left));
}

addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
// Что вышло из шага и строка, к которой вернулись, — первое, о чём скажут тому, кто слушает.
const named = (id) => document.getElementById(id);
(named("refusal") ?? named("said"))?.focus();
// Переход к строке снимает фокус, когда страница уже показана: ставим его после.
const row = location.hash && named(decodeURIComponent(location.hash.slice(1)))?.querySelector("a");
if (row) addEventListener("load", () => setTimeout(() => row.focus({ preventScroll: true })));
