// node embeds.mjs [FOLDER]: the frames of the sample on somebody else's page: in the box in which WordPress puts them,
// with WordPress's own script around them, without scripts, and in a narrow column. README.md says more.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { browser as how, build, here, site as made } from './sample.mjs';

const wordpress = join(here, 'wordpress/wp-embed.js');
if (!existsSync(wordpress)) throw new Error(`there is no ${wordpress}: run wordpress.sh`);
if (!process.argv[2]) build();
const root = join(resolve(process.argv[2] ?? made), 'public/larkfield');
const home = 'https://learn.larkfield.example/';
const parent = 'https://intranet.example/';
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

let passed = 0;
let failed = 0;
function check(good, what) {
  if (good) passed += 1;
  else failed += 1;
  if (!good) console.log(what);
}

// Nothing leaves the machine: our own host is the folder, and the parent is one page.
async function serve(context, html) {
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.href.startsWith(parent)) return route.fulfill({ contentType: 'text/html', body: html });
    if (!url.href.startsWith(home)) return route.abort();
    const path = join(root, url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname);
    if (!existsSync(path)) return route.fulfill({ status: 404 });
    const contentType = types[extname(path)] ?? 'application/octet-stream';
    return route.fulfill({ contentType, body: readFileSync(path) });
  });
}

// What WordPress's wp_filter_oembed_result makes of a provider that it does not know.
const secret = 'a1B2c3D4e5';
function boxed(html) {
  const [frame] = html.match(/<iframe.*?><\/iframe>/s) ?? [];
  if (!frame) throw new Error(`WordPress drops ${html}`);
  const known = frame.replace(/ src=(["'])(.*?)\1/, ` src=$1$2#?secret=${secret}$1 data-secret=$1${secret}$1`);
  return known.replace('<iframe', '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"');
}

function around(frame, script = '') {
  return `<!doctype html><title>Intranet</title><body style="margin: 0">${frame}<script>${script}</script></body>`;
}

// The line that people copy from the page of the frames.
function copied(folder, name) {
  const text = readFileSync(join(root, folder, 'embed/copy.html'), 'utf8');
  const marks = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'", '&amp;': '&' };
  const lines = [...text.matchAll(/<pre class="file"[^>]*>(.*?)<\/pre>/gs)].map(([, line]) =>
    line.replace(/&(?:lt|gt|quot|#39|#x27|amp);/g, (mark) => marks[mark]));
  const found = lines.find((line) => line.includes(`/embed/${name}.html`));
  if (!found) throw new Error(`${folder} has no line for ${name}`);
  return found;
}

const item = JSON.parse(readFileSync(join(root, 'thirty-days-autumn-2026/work-in-progress/oembed.json'), 'utf8'));
// Each frame by its name: the HTML that a page around it gets, and the first words within that have to be there.
const frames = {
  activity: [item.html, 'Post a photo of work in progress'],
  today: [copied('', 'today'), 'Open now'],
  week: [copied('learning-at-work-november-2026', 'week'), 'This week'],
  now: [copied('ferry-tales-2026', 'now'), 'On at this hour'],
  upcoming: [copied('channels/ship-and-shore', 'upcoming'), 'What comes next'],
  strip: [copied('thirty-days-autumn-2026', 'challenge-strip'), 'How far we are'],
  welcome: [copied('channels/new-here', 'welcome'), 'Welcome, new colleagues'],
};

const browser = await chromium.launch(how);
const script = readFileSync(wordpress, 'utf8');
for (const [name, [html, words]] of Object.entries(frames)) {
  // WordPress: the frame says its height, and the page around it follows the link.
  const context = await browser.newContext({ viewport: { width: 700, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => check(false, `${name}: ${message}`));
  await serve(context, around(boxed(html), script));
  await page.goto(parent);
  const begins = Number(html.match(/height="(\d+)"/)[1]);
  const settled = ([begins]) => document.querySelector('iframe').height !== String(begins);
  await page.waitForFunction(settled, [begins], { timeout: 5_000 }).catch(() => undefined);
  const inside = page.frames()[1];
  const high = await inside.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
  const given = Number(await page.evaluate(() => document.querySelector('iframe').height));
  const wanted = Math.min(1000, Math.max(200, high));
  check(given === wanted, `${name}: ${given} pixels high instead of ${wanted} (its content: ${high})`);
  const origin = await inside.evaluate(() => self.origin);
  check(origin === 'null', `${name}: the box is open (${origin})`);
  check((await inside.locator('body').innerText()).includes(words), `${name}: “${words}” is not there`);
  const link = inside.locator('main a').first();
  const to = await link.evaluate((a) => a.href);
  await link.click();
  await page.waitForURL(to, { timeout: 5_000 }).catch(() => undefined);
  check(page.url() === to, `${name}: the link leads to ${page.url()} instead of ${to}`);
  await context.close();

  // No script runs: neither ours nor that of the page around.
  const quiet = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 700, height: 900 } });
  const silent = await quiet.newPage();
  await serve(quiet, around(html.replace('<iframe', '<iframe sandbox=""')));
  await silent.goto(parent);
  const text = await silent.frameLocator('iframe').locator('body').innerText();
  check(text.includes(words) && text.includes(home), `${name}: without scripts there is “${text.slice(0, 80)}”`);
  await quiet.close();

  // A narrow column, and a page that knows our message alone.
  const narrow = await browser.newContext({ viewport: { width: 300, height: 900 } });
  const column = await narrow.newPage();
  const listens = 'addEventListener("message", ({ data }) => { if (data?.type === "learnflow:height") window.told = data; });';
  await serve(narrow, around(html.replace(/width="[^"]*"/, 'width="296" frameborder="0"'), listens));
  await column.goto(parent);
  await column.waitForFunction(() => window.told, null, { timeout: 5_000 }).catch(() => undefined);
  const told = await column.evaluate(() => window.told);
  const [wide, tall] = await column.frames()[1].evaluate(() => [
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    Math.ceil(document.body.getBoundingClientRect().height),
  ]);
  check(wide <= 0, `${name}: ${wide} pixels too wide for a column of 300`);
  check(told?.height === tall, `${name}: it tells ${JSON.stringify(told)} and is ${tall} high`);
  check(told?.page && html.includes(`src="${told.page}"`), `${name}: it calls itself ${told?.page}`);
  await narrow.close();
}
await browser.close();

// Nobody has to wait for a frame.
for (const file of readdirSync(root, { recursive: true }).filter((file) => /(^|[\\/])(embed\.html|embed[\\/][a-z-]+\.html)$/.test(file))) {
  const { length } = readFileSync(join(root, file));
  check(length < 100_000, `${file} has ${length} bytes`);
}
console.log(`${Object.keys(frames).length} frames: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
