// Looks at pages, light and dark, wide and narrow, and says what is hard to read on each: see test_board.py.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDE = { width: 1280, height: 900 };
const ZOOMED = [1024, 768, 640].map((width) => ({ width, height: 450 })); // a wide window at 125 and 200 %, a tablet
const NARROW = { width: 320, height: 640 };
const PAPER = { width: 688, height: 990 }, BROAD = { width: 1017, height: 665 }; // A4 between its margins
const SMALLEST = 12;
const LATIN = ["tsur", "backup", "winmail"]; // a command and the name of a file that pages tell

// What runs out of the window or of its card, and what is written smaller in a picture than one can read.
const FAULTS = (smallest) => {
  const root = document.scrollingElement, found = [];
  if (root.scrollWidth > root.clientWidth) found.push(`sideways: ${root.scrollWidth} of ${root.clientWidth}`);
  for (const one of document.querySelectorAll("section.card")) {
    if (one.scrollWidth > one.clientWidth + 1) found.push(`out of its card: ${one.querySelector("h2")?.textContent}`);
  }
  for (const one of document.querySelectorAll("svg text")) {
    if (!one.checkVisibility()) continue;
    const scale = Math.abs(one.getScreenCTM().d), size = parseFloat(getComputedStyle(one).fontSize) * scale;
    if (size < smallest - 0.05) found.push(`${size.toFixed(1)} px: ${one.textContent.trim()}`);
  }
  return found;
};

// Lists and headings without content, keys and days of the program where people read Russian, «до» a day.
const WORDS = (latin) => {
  const found = [], whole = "main ul, main ol, main dl, main tbody, main h1, main h2, main h3, main th[scope], main caption, main button, main summary, main section";
  for (const one of document.querySelectorAll(whole)) {
    if (one.textContent.trim() || one.querySelector("input, svg, select") || one.hidden) continue;
    found.push(`empty: ${one.outerHTML.slice(0, 80)}`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest("script, pre, code, .letter, option")) continue;
    for (const [day] of texts.currentNode.data.matchAll(/(?<![\d-])20\d\d-(?:Q\d|W\d\d|\d\d)(?!\d)|(?<!\p{L})до \d\d\.\d\d\.\d{4}/gu)) found.push(`day: ${day}`);
    for (const [word] of texts.currentNode.data.matchAll(/(?<![\w@.\/-])[a-z]{3,}(?:[-_][a-z]+)*(?![\w@.\/-])/g)) if (!latin.includes(word)) found.push(`latin: ${word}`);
  }
  return [...new Set(found)];
};

// Each kind of link of the pages, once: nothing is offered that is refused or is not there.
async function refused(page, url, known) {
  const links = await page.evaluate(() => [...document.querySelectorAll("main a[href], nav a[href]")].map((one) => new URL(one.getAttribute("href"), location).href)); // of a map too, whose href is no text
  const found = [];
  for (const link of links) {
    const { origin, pathname, searchParams } = new URL(link);
    const kind = `${decodeURIComponent(pathname).replace(/\d+/g, "#")}?${[...searchParams.keys()].sort()}`;
    if (origin !== new URL(url).origin || known.has(kind) || /\/(graphql|login)/.test(pathname)) continue;
    known.add(kind);
    const { status } = await page.evaluate(async (at) => ({ status: (await fetch(at)).status }), link);
    if (status !== 200) found.push(`${status} at ${pathname}`);
  }
  return found;
}

// Scripts of the page run under its own policy: axe is put in beside them, not as one of them.
async function judged(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags, resultTypes: ["violations"] }), TAGS);
  return violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}

// A page that is `whole` is seen by axe at each size in each colour, another light and wide, and
// the rest is measured. `links`: whether each kind of them is followed too. Pictures are kept in its `folder`.
export async function look(page, pages, links) {
  const found = {}, known = new Set();
  for (const { name, url, whole, folder } of pages) {
    const told = (found[name] = []);
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(url);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    told.push(...(await page.evaluate(WORDS, LATIN)));
    if (links) told.push(...(await refused(page, url, known)));
    for (const viewport of [WIDE, ...ZOOMED, NARROW]) {
      await page.setViewportSize(viewport);
      told.push(...(await page.evaluate(FAULTS, SMALLEST)).map((one) => `${viewport.width} ${one}`));
      if (ZOOMED.includes(viewport)) continue;
      for (const colorScheme of ["light", "dark"]) {
        const asked = whole || (viewport === WIDE && colorScheme === "light");
        if (!asked && !folder) continue;
        await page.emulateMedia({ colorScheme });
        if (asked) told.push(...(await judged(page)).map((one) => `${colorScheme} ${viewport.width} ${one}`));
        if (folder) await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${viewport.width}.png`, fullPage: true });
      }
    }
    await page.setViewportSize((await page.locator("main table.broad").count()) ? BROAD : PAPER);
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    told.push(...(await page.evaluate(FAULTS, 0)).map((one) => `on paper ${one}`));
    if (folder) await page.screenshot({ path: `${folder}/${name}-print.png`, fullPage: true });
    await page.emulateMedia({ media: null });
  }
  return found;
}
