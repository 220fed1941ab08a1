// Ten tabs of one browser on HTTP/1.1: one stream among them, nothing moves, what is new is told.
// Usage: node live.mjs CHROMIUM PLAN; PLAN is {"login": url, "list": url, "change": url, "folder"}.
import { chromium } from "playwright-core";

const [executablePath, given] = process.argv.slice(2);
const plan = JSON.parse(given);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1280, height: 900 } });
context.setDefaultTimeout(20_000);
const noise = [], streams = new Set();
context.on("console", (message) => { if (message.type() === "error") noise.push(message.text()); });
context.on("request", (request) => { if (new URL(request.url()).pathname.endsWith("/live")) streams.add(request); });
context.on("requestfinished", (request) => streams.delete(request));
context.on("requestfailed", (request) => streams.delete(request));
const told = { seconds: [] };
// A page that is closed takes its requests with it, and of those the browser may tell nothing more.
const open = () => [...streams].filter((request) => !request.frame().page().isClosed()).length;
async function settled(count) { // how many there are: at last as many as that, and none besides
  for (let tries = 0; tries < 200 && open() !== count; tries++) await last.waitForTimeout(100);
  await last.waitForTimeout(500);
  return open();
}

const first = await context.newPage();
await first.goto(plan.login);
const tabs = [first];
for (let number = 1; number < plan.tabs; number++) tabs.push(await context.newPage());
for (const tab of tabs) {
  const began = performance.now();
  await tab.goto(plan.list);
  told.seconds.push((performance.now() - began) / 1000);
}
const last = tabs.at(-1);
told.streams = await settled(1);
for (const tab of tabs) { // with the stream open, every tab still answers at once
  const began = performance.now();
  await tab.reload();
  told.seconds.push((performance.now() - began) / 1000);
}
told.streams_again = await settled(1);

await last.locator("main td a").first().focus();
const place = () => last.evaluate(() => [...document.querySelectorAll("main h1, main table, main td a")].map((one) => { const at = one.getBoundingClientRect(); return `${at.x},${at.y},${at.width}`; }).join(" "));
const before = await place();
await fetch(plan.change);
const shown = (tab) => tab.locator("[data-new]").waitFor({ state: "visible" });
await Promise.all(tabs.map(shown));
told.words = await Promise.all(tabs.map((tab) => tab.locator("[data-new]").textContent()));
told.status = await last.locator(".live [role=status]").textContent();
told.moved = (await place()) !== before;
told.focus = await last.evaluate(() => document.activeElement.tagName);
if (plan.folder) await last.screenshot({ path: `${plan.folder}/live-1280.png` });
await last.setViewportSize({ width: 320, height: 640 });
if (plan.folder) await last.screenshot({ path: `${plan.folder}/live-320.png`, fullPage: true });
told.sideways = await last.evaluate(() => document.scrollingElement.scrollWidth > 320);

await last.locator("[data-new]").click();
await last.waitForLoadState();
told.landed = await last.evaluate(() => document.activeElement.id);
await last.locator("[data-pause]").click();
told.paused = [await settled(0), await first.locator("[data-state]").textContent()];
await last.locator("[data-pause]").click();
told.resumed = await settled(1);
for (const tab of tabs.slice(0, -1)) await tab.close(); // who held the stream is gone: another takes it
told.left = await settled(1);
await browser.close();
console.log(JSON.stringify({ ...told, noise }));
