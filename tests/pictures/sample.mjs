// The sample site as it is at one moment, and a page of each sort in it.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));
export const site = join(here, 'site');

// What every browser of these scripts is started with.
export const browser = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
};

// Each page by the name of its picture; a folder stands for its index.html.
export const pages = {
  home: 'public/larkfield',
  run: 'public/larkfield/thirty-days-autumn-2026',
  activity: 'public/larkfield/thirty-days-autumn-2026/work-in-progress',
  channel: 'public/larkfield/channels/ship-and-shore',
  programme: 'public/larkfield/programmes/thirty-days',
  'run-campaign': 'public/larkfield/conversations-2026',
  'run-community': 'public/larkfield/weather-calls-2026',
  'run-onboarding': 'public/larkfield/first-ninety-days-2026',
  'run-class': 'public/larkfield/difficult-conversation-lisbon',
  'run-network': 'public/larkfield/ferry-tales-2026',
  'run-flow': 'public/larkfield/ten-minutes-2026',
  'run-over': 'public/larkfield/thirty-days-spring-2026',
  'on-now': 'public/larkfield/thirty-days-spring-2026/today',
  'on-now-open': 'public/larkfield/thirty-days-autumn-2026/today',
  'catch-up': 'public/larkfield/thirty-days-autumn-2026/catch-up',
  card: 'public/larkfield/learning-at-work-november-2026/card',
  'card-counted': 'public/larkfield/thirty-days-crew-2027/card',
  propose: 'public/larkfield/ferry-tales-2026/propose',
  communities: 'public/larkfield/communities',
  'run-coming': 'public/larkfield/thirty-days-crew-2027',
  question: 'public/larkfield/weather-calls-2026/question/2026-11-17',
  digest: 'public/larkfield/weather-calls-2026/digest/2026-10-30',
  clinic: 'public/larkfield/weather-calls-2026/clinic/2026-11-12',
  invitation: 'public/larkfield/difficult-conversation-lisbon/invitation',
  session: 'public/larkfield/difficult-conversation-london/session',
  talk: 'public/larkfield/ferry-tales-2026/talk/2026-10-08',
  pick: 'public/larkfield/ten-minutes-2026/say-what-you-saw',
  'pick-open': 'public/larkfield/ten-minutes-2026/a-parish-clerk-who-ends-on-time',
  step: 'public/larkfield/first-ninety-days-2026/2026-11-16/three-people',
  intake: 'public/larkfield/first-ninety-days-2026/start/2026-11-16',
  'run-team': 'public/larkfield/handovers-night-boat',
  practice: 'public/larkfield/handovers-night-boat/three-things/2026-11-23',
  'event-ahead': 'public/larkfield/winter-timetable-day-2026/invitation',
  'event-over': 'public/larkfield/larkchat-12/wrap-up',
  'run-guided': 'public/larkfield/learning-at-work-november-2026',
  week: 'public/larkfield/learning-at-work-november-2026/ask',
  'run-mentoring': 'public/larkfield/borrow-a-brain-2026',
  board: 'public/larkfield/borrow-a-brain-2026/board',
  'run-circle': 'public/larkfield/finding-your-people-autumn-2026',
  meeting: 'public/larkfield/finding-your-people-autumn-2026/ask-a-stranger',
  embeds: 'public/larkfield/thirty-days-autumn-2026/embed/copy.html',
  'embed-today': 'public/larkfield/embed/today.html',
  'embed-week': 'public/larkfield/learning-at-work-november-2026/embed/week.html',
  'embed-week-newest': 'public/larkfield/channels/team-leads/embed/week.html',
  'embed-upcoming': 'public/larkfield/embed/upcoming.html',
  'embed-now': 'public/larkfield/ferry-tales-2026/embed/now.html',
  'embed-strip': 'public/larkfield/thirty-days-autumn-2026/embed/challenge-strip.html',
  'embed-welcome': 'public/larkfield/channels/new-here/embed/welcome.html',
  'embed-activity': 'public/larkfield/thirty-days-autumn-2026/work-in-progress/embed.html',
  changes: 'public/larkfield/ferry-tales-2026/changes',
  shelves: 'public/larkfield/ten-minutes-2026/archive',
  'shelf-theme': 'public/larkfield/ten-minutes-2026/archive/themes/no-early',
  'shelf-source': 'public/larkfield/ten-minutes-2026/archive/sources/alongside',
  archive: 'public/larkfield/archive',
  'archive-month': 'public/larkfield/archive/2026-11',
  'archive-kind': 'public/larkfield/archive/kinds/onboarding',
  calendar: 'public/larkfield/calendar',
  'calendar-ahead': 'public/larkfield/calendar/2026-12',
  search: 'public/larkfield/search',
  'team-home': 'team/larkfield',
  'team-plan': 'team/larkfield/thirty-days-autumn-2026',
  'team-sheet': 'team/larkfield/thirty-days-autumn-2026/sheet',
  'team-sheet-rolling': 'team/larkfield/first-ninety-days-2026/sheet',
  'team-sheet-network': 'team/larkfield/ferry-tales-2026/sheet',
  'team-role': 'team/larkfield/roles/host',
  'team-role-welcome': 'team/larkfield/roles/onboarding-community-manager',
  'team-person': 'team/larkfield/people/shore-07',
  'team-minutes': 'team/larkfield/larkchat-12/minutes/event',
  'team-minutes-class': 'team/larkfield/difficult-conversation-lisbon/minutes/session',
  'team-plan-class': 'team/larkfield/difficult-conversation-lisbon',
  'team-plan-network': 'team/larkfield/ferry-tales-2026',
  'team-plan-team': 'team/larkfield/handovers-lisbon-terminal',
  'team-plan-flow': 'team/larkfield/ten-minutes-2026',
  'team-plan-community': 'team/larkfield/weather-calls-2026',
  'team-brief': 'team/larkfield/handovers-night-boat/brief',
  'team-plan-event': 'team/larkfield/winter-timetable-day-2026',
  'team-plan-mentoring': 'team/larkfield/borrow-a-brain-2026',
  'team-speaker': 'team/larkfield/ferry-tales-2026/speakers/engine-taught-us',
  'team-report': 'team/larkfield/thirty-days-spring-2026/report',
  'team-posters': 'team/larkfield/thirty-days-spring-2026/posters',
  'team-notes': 'team/larkfield/larkchat-12/notes',
  'team-definition': 'team/larkfield/programmes/difficult-conversation',
  connect: 'team/larkfield/connect',
  'connect-sheet': 'team/larkfield/connect/team-leads/viva-engage',
  'team-overview': 'team/larkfield/programmes/thirty-days',
  'team-overview-months': 'team/larkfield/programmes/leading-out-loud',
};

export const root = join(here, '../..');
export const now = '2026-11-23T12:00:00Z';

// Runs the program: the one that is named in LEARNFLOW, else the one that cargo makes; gives what it
// prints as data. What it says besides is shown if it fails.
export function learnflow(...args) {
  const { LEARNFLOW: own } = process.env;
  const [program, before] = own ? [own, []] : ['cargo', ['run', '--quiet', '--']];
  const how = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' };
  return execFileSync(program, [...before, ...args, '--now', now], how);
}

// Builds the sample from nothing.
export function build() {
  rmSync(site, { recursive: true, force: true });
  learnflow('build', '--out', site);
}
