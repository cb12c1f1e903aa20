import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What was put into the corpus on purpose, as its manifest marks it. */
export type Planted = 'contradiction' | 'stale-fact' | 'poison';

/** The life of Amara as a folder of Markdown, one page for each mail, message, event, meeting, note and document. */
export interface AmaraLife {
  /** Slugs of the pages by what was planted in them; the manifest names one page for each and no partner. */
  readonly planted: ReadonlyMap<string, Planted>;
  readonly pages: number;
}

/** Writes the pages of the corpus in `from` below `folder`, under the slugs of its manifest. */
export function writeAmaraLife(from: string, folder: string): AmaraLife {
  const pages = [
    ...jsonLines<Mail>(join(from, 'inbox', 'emails.jsonl')).map(mailPage),
    ...jsonLines<Message>(join(from, 'slack', 'messages.jsonl')).map(messagePage),
    ...eventPages(readFileSync(join(from, 'calendar.ics'), 'utf8')),
    ...filePages(from, 'meetings', 'meeting'),
    ...filePages(from, 'notes', 'note'),
    ...filePages(from, 'doc', 'doc'),
  ];
  for (const { slug, text } of pages) {
    const path = join(folder, `${slug}.md`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return { planted: plantedIn(join(from, 'corpus-manifest.json')), pages: pages.length };
}

interface WrittenPage {
  readonly slug: string;
  readonly text: string;
}

interface Named {
  readonly name: string;
}

interface Mail {
  readonly slug: string;
  readonly ts: string;
  readonly from: Named;
  readonly to: readonly Named[];
  readonly subject: string;
  readonly body_text: string;
}

interface Message {
  readonly slug: string;
  readonly ts: string;
  readonly channel: string;
  readonly user: Named;
  readonly text: string;
}

function mailPage({ slug, ts, from, to, subject, body_text }: Mail): WrittenPage {
  return { slug, text: page(subject, ts, `From: ${from.name}\nTo: ${to.map(({ name }) => name).join(', ')}\n\n${body_text}`) };
}

function messagePage({ slug, ts, channel, user, text }: Message): WrittenPage {
  return { slug, text: page(`${channel}, ${user.name}`, ts, text) };
}

function eventPages(calendar: string): WrittenPage[] {
  return calendar
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((event) => {
      const lineOf = (name: string): string => new RegExp(`^${name}[^:]*:(.*)$`, 'm').exec(event)?.[1]?.trim() ?? '';
      const start = lineOf('DTSTART').replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3');
      const guests = [...event.matchAll(/^ATTENDEE;CN=([^:]+):/gm)].map(([, name]) => name);
      return { slug: `cal/${lineOf('UID').split('@')[0]}`, text: page(lineOf('SUMMARY'), start, `Attendees: ${guests.join(', ')}`) };
    });
}

/** Notes, meetings and documents are Markdown already. */
function filePages(from: string, folder: string, prefix: string): WrittenPage[] {
  return readdirSync(join(from, folder)).map((name) => ({
    slug: `${prefix}/${name.replace(/\.md$/, '')}`,
    text: readFileSync(join(from, folder, name), 'utf8'),
  }));
}

function page(title: string, date: string, body: string): string {
  return `---\ntitle: ${JSON.stringify(title)}\ndate: ${JSON.stringify(date)}\n---\n\n${body}\n`;
}

function plantedIn(manifest: string): Map<string, Planted> {
  const { items } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    items: readonly { slug: string; perturbations?: readonly Planted[] }[];
  };
  return new Map(items.flatMap(({ slug, perturbations = [] }) => perturbations.map((what) => [slug, what] as const)));
}

function jsonLines<Row>(path: string): Row[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}
