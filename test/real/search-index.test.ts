import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPages } from '../../adapters/pages/read-pages.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import type { SearchIndexReport } from '../../schemas/search-index-report.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { DATA, isPresent, readData } from './real-data.ts';

async function index(root: string, from: string, ...more: readonly string[]): Promise<SearchIndexReport> {
  const { code, out } = await runCli(['search', 'index', 'real', '--from', join(DATA, from), '--workspace', root, '--json', ...more], root);
  expect(code).toBe(0);
  return JSON.parse(out) as SearchIndexReport;
}

async function pagesOf(from: string): Promise<Map<string, SearchPage>> {
  const pages = new Map<string, SearchPage>();
  // Of two documents with one number the first counts, as in a collection.
  for await (const reading of readPages(join(DATA, from)))
    if ('page' in reading && !pages.has(reading.page.slug)) pages.set(reading.page.slug, reading.page);
  return pages;
}

/** Slug, title and text of pages, with all white space alike. */
function words(pages: ReadonlyMap<string, SearchPage>): Record<string, string[]> {
  const plain = (text = ''): string => text.split(/\s+/).filter(Boolean).join(' ');
  return Object.fromEntries([...pages].map(([slug, { title, text }]) => [slug, [plain(title), plain(text)]]));
}

describe.skipIf(!isPresent)('collections of real pages', () => {
  it('world-v1: 240 pages, and no answer of its key in any file of the workspace', async () => {
    const root = temporaryFolder();
    const world = 'gbrain-evals/eval/data/world-v1';
    const report = await index(root, world, '--embedder', 'deterministic');
    expect(report).toMatchObject({ pages: 240, added: 240, generation: 1 });
    expect(report.quarantined.map(({ path }) => path)).toEqual(['_ledger.json', 'world.html']);
    const stored = filesBelow(root).map((path) => readFileSync(path, 'latin1'));
    expect(stored.some((text) => text.includes('Series A'))).toBe(true);
    for (const text of stored) expect(text).not.toMatch(/_facts|"(?:founders|investors|attendees|primary_affiliation)":/);
    expect(await index(root, world)).toMatchObject({ added: 0, updated: 0, removed: 0, generation: 1, corpus_hash: report.corpus_hash });
  });

  it('world-v1: what only the key says is in no page', async () => {
    const pages = JSON.stringify([...(await pagesOf('gbrain-evals/eval/data/world-v1')).values()]);
    const { _facts: facts } = readData<{ _facts: Record<string, unknown> }>('gbrain-evals/eval/data/world-v1/companies__acme-0.json');
    expect(Object.keys(facts).length).toBeGreaterThan(0);
    expect(pages).not.toContain(JSON.stringify(facts));
    expect(pages).not.toContain('_facts');
  });

  it('Cranfield: 1,400 documents, of which two are empty; its three forms say the same', async () => {
    const beir = await pagesOf('ir-cranfield/beir');
    expect(beir.size).toBe(1_400);
    expect([...beir.values()].filter(({ title, text }) => title === '' && text === undefined).map(({ slug }) => slug)).toEqual([
      '471',
      '995',
    ]);
    expect(words(await pagesOf('ir-cranfield/cran.all.1400.xml'))).toEqual(words(beir));
    expect(words(await pagesOf('ir-cranfield/original/cran.all.1400'))).toEqual(words(beir));
    expect(await index(temporaryFolder(), 'ir-cranfield/beir')).toMatchObject({ pages: 1_400, quarantined: [] });
  });

  it('CACM: 3,204 documents; both forms say the same', async () => {
    const beir = await pagesOf('ir-cacm/beir/corpus.jsonl');
    expect(beir.size).toBe(3_204);
    expect(words(await pagesOf('ir-cacm/cacm.all'))).toEqual(words(beir));
    expect(await index(temporaryFolder(), 'ir-cacm/cacm.all')).toMatchObject({ pages: 3_204, quarantined: [] });
  });

  it('a folder of Markdown: 164 pages with types, timelines and links that lead to pages', async () => {
    const pages = await pagesOf('gbrain-evals/eval/data/synthetic-v1');
    expect(pages.size).toBe(164);
    expect(new Set([...pages.values()].map(({ type }) => type))).not.toContain('page');
    const people = [...pages.values()].filter(({ type }) => type === 'person');
    expect(people.every(({ compiled_truth: truth, timeline }) => truth !== undefined && timeline?.startsWith('- ') === true)).toBe(true);
    expect([...pages.values()].flatMap(({ links }) => links).length).toBeGreaterThan(200);
  });

  it('the 145 relational questions: their corpus', async () => {
    expect(await index(temporaryFolder(), 'gbrain-evals/derived/relational-145')).toMatchObject({ pages: 240, quarantined: [] });
  });
});

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}
