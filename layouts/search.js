// Search without a server. It reads the files of search/ when somebody begins to type, finds every entry
// that has all of the words (or words that begin with them), and keeps nothing.

const form = document.querySelector('form.find');
const field = form.querySelector('input');
const said = form.querySelector('output');
const list = document.querySelector('ol.found');
const say = form.dataset;
const MOST = 50;

// Letters that stay whole when accents are taken off.
const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' };

const fold = (text) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðłþı]/g, (letter) => LETTERS[letter]);
const split = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
// A space before each word, so that " ab" finds words that begin with "ab".
const prepare = (text) => ` ${split(text).join(' ')}`;

const entries = [];
let state = 'new';

async function read(name) {
  const answer = await fetch(new URL(name, form.action));
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function load() {
  if (state !== 'new') return;
  state = 'loading';
  try {
    const { parts, runs } = await read('index.json');
    for (const part of parts) {
      const fresh = await read(part);
      // Parts are in order of age, newest first; inside a part the newest stands last, except for pages.
      if (fresh[0]?.run !== undefined) fresh.reverse();
      for (const entry of fresh) entries.push(known(entry, runs));
      show();
    }
    state = 'ready';
  } catch {
    state = 'failed';
  }
  show();
}

function known(entry, runs) {
  const run = runs[entry.run];
  const of = run ? [run.title, entry.date] : [entry.kind];
  const tags = entry.tags ?? [];
  return {
    ...entry,
    of,
    // Where a word is found, the weightiest first.
    fields: [
      prepare(entry.title),
      prepare(tags.join(' ')),
      prepare([entry.summary, ...of, run?.kind ?? ''].join(' ')),
    ],
  };
}

// The weight of an entry for these words: 0 where one of them is missing.
function weigh(entry, words) {
  let weight = 0;
  for (const word of words) {
    const field = entry.fields.findIndex((text) => text.includes(` ${word}`));
    if (field < 0) return 0;
    weight += [100, 10, 1][field];
  }
  return weight;
}

function find(words) {
  const found = [];
  for (const entry of entries) {
    const weight = weigh(entry, words);
    if (weight) found.push({ entry, weight });
  }
  // The sort is stable: among equals the newest comes first, as in the index.
  return found.sort((a, b) => b.weight - a.weight).map(({ entry }) => entry);
}

function count(found) {
  if (state === 'failed') return say.failed;
  if (state !== 'ready') return say.reading;
  if (!found) return say.none;
  if (found === 1) return say.one;
  return (found > MOST ? say.first : say.many).replace('{n}', found).replace('{most}', MOST);
}

function show() {
  const words = split(field.value);
  const found = words.length ? find(words) : [];
  list.replaceChildren(...found.slice(0, MOST).map(row));
  const text = words.length ? count(found.length) : '';
  if (said.textContent !== text) said.textContent = text;
}

function row(entry) {
  const item = element('li', 'row');
  const what = element('div', 'what');
  const title = element('h2', 'title');
  const link = element('a', '', entry.title);
  link.href = new URL(`../${entry.path}`, form.action);
  title.append(link);
  what.append(title);
  if (entry.summary) what.append(element('p', '', entry.summary));
  item.append(element('p', 'when', entry.of.filter(Boolean).join(', ')), what);
  return item;
}

function element(name, kind, text = '') {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

// Typing shows at once what is found; a short rest is waited for, so that not every letter is announced.
let rest;
field.addEventListener('input', () => {
  load();
  clearTimeout(rest);
  rest = setTimeout(show, 150);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const address = new URL(form.action);
  if (field.value.trim()) address.searchParams.set('q', field.value.trim());
  history.replaceState(null, '', address);
  load();
  show();
});

// An address with words, as the form without a script makes it: search/?q=late+answers.
const asked = new URLSearchParams(location.search).get('q');
if (asked) {
  field.value = asked;
  load();
  show();
}
