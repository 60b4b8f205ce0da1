// Four libraries of npm, one of which is named: paths in, a line of JSON a path out.
import { createReadStream, readFileSync } from 'node:fs';

const second = (date) => (date ? new Date(date).toISOString().replace('.000Z', 'Z') : null);

/** `rss-parser`, which NodeBB and n8n read with. */
async function rssParser(path) {
  const { default: Parser } = await import('rss-parser');
  const feed = await new Parser().parseString(readFileSync(path, 'utf8'));
  return feed.items.map((item) => ({
    id: item.guid ?? item.id,
    link: item.link,
    title: item.title,
    date: second(item.isoDate),
  }));
}

/** `feedparser`, which MonitoRSS reads with. */
async function feedparser(path) {
  const { default: FeedParser } = await import('feedparser');
  const parser = new FeedParser();
  const items = [];
  createReadStream(path).pipe(parser);
  for await (const item of parser) {
    items.push({ id: item.guid, link: item.link, title: item.title, date: second(item.pubdate) });
  }
  return items;
}

/** A date without an hour stays a date. */
const day = (date) => {
  const two = (n) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** `ical.js`, which Thunderbird and Nextcloud read with. */
async function icalJs(path) {
  const { default: ICAL } = await import('ical.js');
  const read = new ICAL.Component(ICAL.parse(readFileSync(path, 'utf8')));
  const instant = (time) => time && (time.isDate ? time.toString() : second(time.toJSDate()));
  return read.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      id: event.uid,
      link: component.getFirstPropertyValue('url'),
      title: event.summary,
      date: instant(event.startDate),
      end: component.hasProperty('dtend') ? instant(event.endDate) : null,
    };
  });
}

/** `node-ical`, which Home Assistant's and other dashboards read with. */
async function nodeIcal(path) {
  const { default: ical } = await import('node-ical');
  const instant = (date, whole) => date && (whole ? day(date) : second(date));
  const events = Object.values(ical.sync.parseICS(readFileSync(path, 'utf8')));
  return events.filter((event) => event.type === 'VEVENT').map((event) => {
    const whole = event.datetype === 'date';
    return {
      id: event.uid,
      link: event.url?.val ?? event.url ?? null,
      title: event.summary?.val ?? event.summary,
      date: instant(event.start, whole),
      end: instant(event.end, whole),
    };
  });
}

const read = { 'rss-parser': rssParser, feedparser, 'ical.js': icalJs, 'node-ical': nodeIcal }[process.argv[2]];
for (const path of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  try {
    console.log(JSON.stringify({ path, items: await read(path), wrong: null }));
  } catch (error) {
    console.log(JSON.stringify({ path, items: [], wrong: String(error) }));
  }
}
