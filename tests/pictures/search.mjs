// node search.mjs: builds the sample, opens its search in a browser and types. A static server stands in for the host.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { browser as how, build, site } from './sample.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
const server = createServer((request, answer) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const path = join(site, 'public', pathname.endsWith('/') ? `${pathname}index.html` : pathname);
  try {
    const body = readFileSync(path);
    answer.setHeader('content-type', types[extname(path)] ?? 'text/plain');
    answer.end(body);
  } catch {
    answer.writeHead(404).end();
  }
});

// What is typed, where, and the first page that is found; none where nothing is.
const cases = [
  ['larkfield', 'slide deck', 'Week 9: Turn a slide deck into three questions'],
  ['larkfield', 'DECK slid', 'Week 9: Turn a slide deck into three questions'],
  ['larkfield', 'slide zanzibar', undefined],
  ['larkfield', 'curator', 'Curator'],
  ['larkfield', 'weather and go', 'Weather and go/no-go decisions'],
  ['larkfield-pt', 'funcao', 'Dia 6: Descobrir uma função que ninguém vos explicou'],
  ['larkfield-pt', 'trinta', 'Trinta dias na nossa rede, em Lisboa'],
];

build();
await new Promise((ready) => server.listen(0, ready));
const base = `http://localhost:${server.address().port}`;
const browser = await chromium.launch(how);
let findings = 0;
function tell(text) {
  findings += 1;
  console.log(text);
}
async function look(page, words) {
  const settled = () => document.querySelector('output').textContent.match(/\d|[^.]\. /);
  await page.waitForFunction(settled, null, { timeout: 10_000 }).catch(() => tell(`${words}: never answered`));
  return page.evaluate(() => [
    document.querySelector('.found a')?.textContent,
    document.querySelector('output').textContent,
  ]);
}
const context = await browser.newContext();
const page = await context.newPage();
page.on('pageerror', ({ message }) => tell(message));
for (const [tree, words, first] of cases) {
  await page.goto(`${base}/${tree}/search/`);
  await page.keyboard.press('Tab');
  await page.getByRole('searchbox').pressSequentially(words);
  await page.waitForTimeout(300);
  const [typed, said] = await look(page, words);
  if (typed !== first) tell(`${tree}: ${words}: ${typed} instead of ${first} (${said})`);
  await page.keyboard.press('Enter');
  await page.reload();
  const [asked] = await look(page, words);
  if (asked !== first) tell(`${tree}: ?q=${words}: ${asked} instead of ${first}`);
}
const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
if (kept) tell('something was stored');
await browser.close();
server.close();
console.log(`${cases.length} searches: ${findings} findings`);
process.exit(findings ? 1 : 0);
