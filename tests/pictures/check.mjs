// node check.mjs [FOLDER]: the Nu validator reads every page of every site of a build, axe looks at one page of
// each kind. Without a folder the sample is built first. README.md says more.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import vnu from 'vnu-jar';
import { browser as how, build, here, learnflow, root, site as made } from './sample.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [1280, 360];
const narrowest = 320;

let passed = 0;
let failed = 0;
function check(name, findings) {
  if (findings.length === 0) passed += 1;
  else failed += 1;
  for (const finding of findings) console.log(`${name}: ${finding}`);
}

// Every page below a folder, in order, with its kind: the first word of its body's class.
function pagesOf(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.html')).sort();
  return files.map((file) => {
    const path = join(folder, file);
    const sort = readFileSync(path, 'utf8').match(/<body class="([^"]+)/)?.[1] ?? 'none';
    const [kind] = sort.split(' ');
    const [tree, site, ...below] = file.split(/[\\/]/);
    const style = join(folder, tree, site, kind === 'embed' ? 'embed.css' : 'style.css');
    return { path, kind, sort, tree, site, style, run: below[0], name: file };
  });
}

// One page of each kind in each tree and site, each sort of frame, and an occurrence of each kind of programme.
function chosen(pages, kindOfRun) {
  const found = new Map();
  for (const page of pages) {
    const programme = page.kind === 'occurrence' ? kindOfRun.get(`${page.site}/${page.run}`) : '';
    const sort = [page.tree, page.site, page.sort, programme].join(' ');
    if (!found.has(sort)) found.set(sort, page);
  }
  return [...found.values()];
}

// The sample after somebody gave a run another id and a programme a former address: notices and redirects.
function afterwards(planned) {
  const work = join(here, 'site-after');
  rmSync(work, { recursive: true, force: true });
  for (const folder of ['content', 'sites', 'layouts']) {
    cpSync(join(root, folder), join(work, folder), { recursive: true });
  }
  const dist = join(work, 'dist');
  learnflow('build', '--root', work, '--out', dist);
  const out = planned.find(({ kind, state }) => kind === 'challenge' && state === 'released');
  const files = readdirSync(work, { recursive: true }).filter((file) => file.endsWith('.md'));
  const having = (line) => {
    const has = (file) => readFileSync(join(work, file), 'utf8').split('\n').includes(line);
    return join(work, files.find(has) ?? line);
  };
  const change = (file, from, to) => {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(from, to));
    return text;
  };
  const run = change(having(`id: ${out.run}`), `id: ${out.run}`, `id: ${out.run}-again`);
  const programme = run.match(/^programme: (\S+)$/m)[1];
  const definition = having(`id: ${programme}`);
  const former = /^aliases: .*\n/m.test(readFileSync(definition, 'utf8'));
  if (!former) change(definition, /^kind: .*\n/m, '$&aliases: [as-it-was]\n');
  learnflow('build', '--root', work, '--out', dist, '--withdraw');
  return dist;
}

// What the validator says of files and folders, by file.
function validated(...paths) {
  // Which language a page is in is said part by part where a text is not translated; it guesses at the whole.
  const calm = ['--stdout', '--exit-zero-always', '--no-langdetect'];
  const args = ['-jar', vnu, '--format', 'json', ...calm, '--also-check-css'];
  const told = execFileSync('java', [...args, ...paths], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const findings = new Map();
  for (const { url, lastLine, message } of JSON.parse(told).messages) {
    const file = fileURLToPath(url);
    findings.set(file, [...(findings.get(file) ?? []), `line ${lastLine ?? 1}: ${message}`]);
  }
  return findings;
}

const sheets = ['style.css', 'team.css', 'embed.css'];

// Pages ask for nothing from elsewhere but their own style sheets, where they may stand at any address; and nobody
// is sent on before axe has looked.
async function serve(route, { path, style }) {
  const url = route.request().url();
  if (url === pathToFileURL(path).href) {
    const body = readFileSync(path, 'utf8').replace(/<meta http-equiv="refresh"[^>]*>/, '');
    await route.fulfill({ contentType: 'text/html', body });
  } else if (sheets.includes(basename(url))) {
    await route.fulfill({ path: join(dirname(style), basename(url)) });
  } else await route.abort();
}

async function looked(page, one) {
  const { path } = one;
  await page.unrouteAll();
  await page.route('**/*', (route) => serve(route, one));
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => axe.run({ runOnly: values }), tags);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 140)}`);
}

async function wide(page) {
  await page.setViewportSize({ width: narrowest, height: 900 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width > narrowest ? [`${width} pixels wide on a screen of ${narrowest}`] : [];
}

if (!process.argv[2]) build();
const folder = resolve(process.argv[2] ?? made);
const planned = JSON.parse(learnflow('plan', '--format', 'json', '--out', folder));
const kindOfRun = new Map(planned.map(({ site, run, kind }) => [`${site}/${run}`, kind]));

const pages = pagesOf(folder);
const kinds = new Set(pages.map(({ kind }) => kind));
const after = pagesOf(afterwards(planned)).filter(({ kind }) => !kinds.has(kind));
const looks = chosen([...pages, ...after], kindOfRun);

const styles = new Set(pages.flatMap(({ style }) => sheets.map((sheet) => join(dirname(style), sheet))));
const texts = [...pages, ...after].map(({ path }) => path).concat([...styles].filter(existsSync));
const bad = join(here, 'bad.html');
const findings = validated(...texts, bad);
for (const path of texts) check(relative(folder, path), findings.get(path) ?? []);

// The manual names every kind of page that there is.
const manual = readFileSync(join(root, 'docs/context.md'), 'utf8');
for (const [, kind] of manual.matchAll(/^\| `([a-z-]+)` \| (?:public|team) \|/gm)) {
  check(kind, looks.some((page) => page.kind === kind) ? [] : ['no page of this kind was looked at']);
}

const browser = await chromium.launch(how);
async function lookAt(colorScheme) {
  const context = await browser.newContext({ colorScheme });
  const page = await context.newPage();
  for (const one of looks) {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      check(`${one.name} ${width} ${colorScheme}`, await looked(page, one));
    }
    check(`${one.name} ${narrowest} ${colorScheme}`, await wide(page));
  }
  const seen = await looked(page, { path: bad });
  check(`axe, ${colorScheme}`, seen.length ? [] : ['does not see what is wrong in bad.html']);
  await context.close();
}
await Promise.all(['light', 'dark'].map(lookAt));

// What is one sheet of paper is printed on one, on every site and with every run.
const onOneSheet = ['manager-brief'];
const printer = await browser.newPage();
for (const { path, kind, name } of pages.filter(({ kind }) => onOneSheet.includes(kind))) {
  await printer.goto(pathToFileURL(path).href);
  const pdf = (await printer.pdf({ format: 'A4' })).toString('latin1');
  const sheets = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
  check(`${name} on paper`, sheets === 1 ? [] : [`${kind} takes ${sheets} sheets`]);
}
await browser.close();
check('vnu', findings.has(bad) ? [] : ['does not see what is wrong in bad.html']);

const sites = new Set(pages.map(({ site }) => site));
console.log(`${[...sites].join(', ')}: ${pages.length} pages read, ${looks.length} looked at:`);
for (const { kind, name } of looks) console.log(`  ${kind.padEnd(10)} ${name}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
