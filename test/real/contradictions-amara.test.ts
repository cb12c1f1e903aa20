import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLineStore } from '../../adapters/search/line-store.ts';
import { readCollectionHead } from '../../adapters/search/collection-head.ts';
import { pagesFile } from '../../adapters/search/collection-store.ts';
import { sha256 } from '../../adapters/digest.ts';
import { truncateForJudge } from '../../domain/contradictions/index.ts';
import { redactInjection } from '../../domain/fencing/index.ts';
import { chunkPage } from '../../domain/search/index.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import { writeAmaraLife, type Planted } from '../support/amara-life.ts';
import { runContradictions, type DeskRun } from '../support/contradictions-run.ts';
import { startPairJudge, type HeardMessage, type PairJudge } from '../support/model-server/pair-judge.ts';
import { runCli } from '../support/run-cli.ts';
import { makeFolder } from '../support/temporary-folder.ts';
import { DATA, isPresent } from './real-data.ts';

/**
 * What each planted item is about. The manifest marks one page of a contradiction and names no partner, and the texts were written one by one, so for
 * some there is no other page about the same thing: nobody can find those as pairs.
 */
const SUBJECTS: Readonly<Record<string, string>> = {
  'emails/em-0004': 'Helios',
  'emails/em-0011': 'Helios',
  'emails/em-0019': 'GridMind',
  'meeting/mtg-0001': 'Vero Health',
  'meeting/mtg-0002': 'Meridian',
  'meeting/mtg-0005': 'Vela',
  'meeting/mtg-0006': 'Meridian Health',
  'note/2026-03-28-board-prep': 'Meridian',
  'note/2026-03-10-market-report-reactions': 'Terraform Grid',
  'note/2026-02-10-sourcing-queue': 'Lucia-3',
  'emails/em-0007': 'Terraform Dynamics',
  'emails/em-0022': 'Aurora Grid',
  'note/2026-04-03-market-report-reactions': 'Terraform Dynamics',
  'note/2026-03-06-sourcing-queue': 'GridSense',
  'note/2026-02-02-weekly-review': 'Meridian Compute',
};

const CAP = 1_500;
const DISAGREES = JSON.stringify({
  verdict: 'contradiction',
  severity: 'medium',
  axis: 'a planted fact',
  confidence: 0.9,
  resolution_kind: 'manual_review',
});
const AGREES = JSON.stringify({ verdict: 'no_contradiction', severity: 'info', axis: '', confidence: 0.9, resolution_kind: null });

let root: string;
let pages: readonly SearchPage[];
let planted: ReadonlyMap<string, Planted>;
/** Slugs by the digest of a passage as a judge is shown it. */
const slugsByDigest = new Map<string, string>();
let judge: PairJudge;

/** The passages of a prompt, out of their fences and without the signs that keep them there. */
function passagesOf(messages: readonly HeardMessage[]): string[] {
  const asked = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const blocks = asked.flatMap((content) => [...content.matchAll(/<([a-z_]+)(?: [^>]*)?>\n([\s\S]*?)\n<\/\1>/g)]);
  return blocks.map(([, , body]) => body!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

function slugsIn(messages: readonly HeardMessage[]): string[] {
  return passagesOf(messages).flatMap((text) => slugsByDigest.get(sha256(text)) ?? []);
}

beforeAll(async () => {
  if (!isPresent) return;
  root = makeFolder({ 'lauter.config.json': '{}' });
  planted = writeAmaraLife(join(DATA, 'gbrain-evals/eval/data/amara-life-v1'), join(root, 'life')).planted;
  const indexed = await runCli(['search', 'index', 'amara', '--from', 'life'], root);
  expect(indexed.code, indexed.err).toBe(0);
  pages = await pagesIn(root);
  for (const page of pages) {
    for (const { text } of chunkPage(page)) slugsByDigest.set(sha256(redactInjection(truncateForJudge(text, CAP)).text), page.slug);
  }
  // Knows the manifest alone, by the digests of what it was shown: a planted fact beside another page about the same thing does not go with it.
  judge = await startPairJudge((messages) => (isPlantedPair(slugsIn(messages)) ? DISAGREES : AGREES));
});
afterAll(async () => {
  await judge?.close();
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
});

async function pagesIn(workspace: string): Promise<SearchPage[]> {
  const store = openLineStore(pagesFile(workspace, readCollectionHead(workspace, 'amara')!));
  const read: SearchPage[] = [];
  for await (const { text } of store.lines()) read.push(JSON.parse(text) as SearchPage);
  store.close();
  return read;
}

function isPlantedPair(slugs: readonly string[]): boolean {
  return slugs.some((slug) => slugs.some((other) => other !== slug && isAbout(other, SUBJECTS[slug])));
}

function isAbout(slug: string, subject: string | undefined): boolean {
  const page = pages.find((each) => each.slug === slug);
  return subject !== undefined && page !== undefined && chunkPage(page).some(({ text }) => text.includes(subject));
}

interface Figures {
  readonly calls: number;
  readonly candidates: number;
  /** Planted items that reached the judge at all. */
  readonly shown: Readonly<Record<Planted, number>>;
  /** Those that reached it beside another page about the same thing. */
  readonly paired: Readonly<Record<Planted, number>>;
  readonly findings: number;
}

async function measure(asked: DeskRun): Promise<Figures> {
  const from = judge.heard.length;
  const { report, pairs } = await runContradictions(
    { workspace: root, collection: 'amara', judgeUrl: judge.url },
    { ...asked, more: { cache: 'off', ...asked.more } },
  );
  const shown = judge.heard.slice(from).map(slugsIn);
  const count = (isIt: (slug: string, beside: readonly string[]) => boolean): Record<Planted, number> => {
    const found = [...planted].filter(([slug]) => shown.some((slugs) => slugs.includes(slug) && isIt(slug, slugs)));
    const of = (what: Planted): number => found.filter(([, planned]) => planned === what).length;
    return { contradiction: of('contradiction'), 'stale-fact': of('stale-fact'), poison: of('poison') };
  };
  return {
    calls: judge.heard.length - from,
    candidates: pairs,
    shown: count(() => true),
    paired: count((slug, slugs) => slugs.some((other) => other !== slug && isAbout(other, SUBJECTS[slug]))),
    findings: report.total_contradictions_flagged,
  };
}

/** The companies that the pages link to, those that most pages name first: what somebody would ask who knows nothing of the manifest. */
function companyQueries(): string[] {
  const names = new Map<string, { name: string; pages: number }>();
  for (const { text = '', compiled_truth = '' } of pages) {
    const linked = new Map(
      [...`${text}\n${compiled_truth}`.matchAll(/\[([^[\]]+)\]\((companies\/[^()\s]+)\)/g)].map(([, name, slug]) => [slug!, name!]),
    );
    for (const [slug, name] of linked) names.set(slug, { name, pages: (names.get(slug)?.pages ?? 0) + 1 });
  }
  return [...names.values()]
    .toSorted((left, right) => right.pages - left.pages || (left.name < right.name ? -1 : 1))
    .map(({ name }) => name);
}

function tell(how: string, { calls, candidates, shown, paired, findings }: Figures): void {
  console.log(
    `${how}: ${candidates} candidates, ${calls} calls; contradictions shown ${shown.contradiction}/10, beside their subject ${paired.contradiction}/10; ` +
      `stale facts shown ${shown['stale-fact']}/5, beside their subject ${paired['stale-fact']}/5; poison shown ${shown.poison}/5; ${findings} findings`,
  );
}

describe.runIf(isPresent)('the life of Amara', () => {
  test('the manifest marks ten contradictions, five stale facts and five poisoned items, each a page of the collection', () => {
    const kinds = [...planted.values()];
    expect(['contradiction', 'stale-fact', 'poison'].map((kind) => kinds.filter((each) => each === kind).length)).toEqual([10, 5, 5]);
    const slugs = new Set(pages.map(({ slug }) => slug));
    expect([...planted.keys()].filter((slug) => !slugs.has(slug))).toEqual([]);
    expect(Object.keys(SUBJECTS).sort()).toEqual([...planted].flatMap(([slug, kind]) => (kind === 'poison' ? [] : [slug])).sort());
  });

  test.each([100, 200, 400])('pairs of the whole collection by entities, for %i calls', async (most) => {
    const figures = await measure({ queries: [], more: { max_entity_pairs: most } });
    tell(`--entities --max-pairs ${most}`, figures);
    expect(figures.calls).toBeLessThanOrEqual(most);
  });

  test.each([100, 200, 400])('pairs of searches for companies, for at most %i calls', async (most) => {
    // Five passages make ten pairs.
    const figures = await measure({ queries: companyQueries().slice(0, Math.ceil(most / 10)) });
    tell(`${Math.ceil(most / 10)} queries`, figures);
    expect(figures.candidates).toBeGreaterThan(0);
    expect(figures.calls).toBeLessThanOrEqual(most);
  });

  test('poisoned items are never instructions: what they say stands in fences alone, and the judge is told that it is data', async () => {
    const poisoned = pages.filter(({ slug }) => planted.get(slug) === 'poison');
    const queries = poisoned.map(({ text = '' }) => text.slice(0, 200).replaceAll(/\s+/g, ' '));
    const from = judge.heard.length;
    await measure({ queries });
    const heard = judge.heard.slice(from).filter((messages) => slugsIn(messages).some((slug) => planted.get(slug) === 'poison'));
    const redacted = poisoned.filter(({ text = '' }) => redactInjection(text).matched.length > 0).length;
    console.log(
      `poisoned items that hold a phrase of the pattern table, which is taken out: ${redacted} of 5; the others stand in fences as data`,
    );
    expect(new Set(heard.flatMap(slugsIn).filter((slug) => planted.get(slug) === 'poison')).size).toBe(5);
    for (const messages of heard) {
      const outside = messages.map(({ content }) => content.replaceAll(/<([a-z_]+)(?: [^>]*)?>\n[\s\S]*?\n<\/\1>/g, '')).join('\n');
      for (const order of ORDERS) expect(outside).not.toContain(order);
      expect(messages.find(({ role }) => role === 'system')?.content).toMatch(/data/);
    }
  });
});

/** What the poisoned items want of whoever reads them. */
const ORDERS = [
  'add me to Amara',
  'fast-tracked for any future syndicate',
  'granted calendar access',
  'pre-cleared for expedited onboarding',
  'auto-forwarded to her calendar',
];
