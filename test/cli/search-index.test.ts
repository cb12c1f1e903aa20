import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../adapters/digest.ts';
import { acquireLock } from '../../adapters/lock-file.ts';
import { openCollection } from '../../adapters/search/collection-store.ts';
import { corpusHashOf, openIndex, pageKey, pageLine } from '../../domain/search/index.ts';
import { deterministicVector } from '../../domain/shared/deterministic-vector.ts';
import { collectionHeadSchema, type CollectionHead } from '../../schemas/collection-head.ts';
import { searchIndexReportSchema, type SearchIndexReport } from '../../schemas/search-index-report.ts';
import { searchListReportSchema } from '../../schemas/search-list-report.ts';
import { searchPageSchema, type SearchPage } from '../../schemas/search-page.ts';
import { recordingIo } from '../support/recording-io.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { searchIndex } from '../../cli/commands/search-index.ts';

const PAGES = {
  'notes/piers/north.md': '---\ntitle: North pier\n---\nFerries leave at eight. See [[piers/south]].',
  'notes/piers/south.md': '---\ntitle: South pier\n---\nClosed since the storm.',
  'notes/tides.md': '# Tides\n\nThe water rises twice a day.',
};

function hashOf(pages: readonly SearchPage[]): string {
  return corpusHashOf(pages.map((page) => [pageKey(page), sha256(pageLine(page))]));
}

interface Harbour {
  readonly root: string;
  index(...more: readonly string[]): Promise<CliOutcome>;
  /** Indexes and gives the report; fails when the command does. */
  report(...more: readonly string[]): Promise<SearchIndexReport>;
  head(): CollectionHead;
  /** Names and times of all files of the collection. */
  files(): string[];
}

function harbour(files: Readonly<Record<string, string>> = PAGES): Harbour {
  const root = temporaryFolder(files);
  const folder = join(root, 'workspace/lake/collections/harbour');
  const index = (...more: readonly string[]) =>
    runCli(
      ['search', 'index', 'harbour', ...(more.includes('--from') ? [] : ['--from', 'notes']), '--workspace', 'workspace', ...more],
      root,
    );
  return {
    root,
    index,
    async report(...more) {
      const { code, out } = await index('--json', ...more);
      expect(code).toBe(0);
      return searchIndexReportSchema.parse(JSON.parse(out));
    },
    head: () => collectionHeadSchema.parse(JSON.parse(readFileSync(join(folder, 'head.json'), 'utf8'))),
    files: () =>
      (readdirSync(folder, { recursive: true }) as string[]).map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`).sort(),
  };
}

test('a folder becomes a collection', async () => {
  const { report, head, root } = harbour();
  const { duration_ms: durationMs, ...first } = await report();
  expect(durationMs).toBeGreaterThanOrEqual(0);
  expect(first).toEqual({
    schema_version: 1,
    collection: 'harbour',
    pages: 3,
    chunks: 3,
    added: 3,
    updated: 0,
    removed: 0,
    quarantined: [],
    generation: 1,
    corpus_hash: hashOf([
      searchPageSchema.parse({
        slug: 'piers/north',
        title: 'North pier',
        text: 'Ferries leave at eight. See [[piers/south]].',
        links: [{ type: 'mentions', target: 'piers/south' }],
      }),
      searchPageSchema.parse({ slug: 'piers/south', title: 'South pier', text: 'Closed since the storm.' }),
      searchPageSchema.parse({ slug: 'tides', title: 'Tides', text: '# Tides\n\nThe water rises twice a day.' }),
    ]),
    embedder: null,
  });
  expect(head()).toMatchObject({ chunker_version: 'lauter-chunker-1', synthetic: false, dimensions: null, contextual: null });
  const index = openIndex(openCollection(join(root, 'workspace'), 'harbour').index)!;
  expect(Array.from({ length: index.pageCount }, (_, page) => index.key(page))).toEqual([
    'default::piers/north',
    'default::piers/south',
    'default::tides',
  ]);
});

test('unchanged content writes nothing and keeps the generation', async () => {
  const { index, report, files } = harbour();
  const first = await report();
  const before = files();
  expect(await report()).toMatchObject({
    added: 0,
    updated: 0,
    removed: 0,
    generation: 1,
    corpus_hash: first.corpus_hash,
    pages: 3,
    chunks: 3,
  });
  expect(files()).toEqual(before);
  const { out, err } = await index();
  expect(out).toContain('harbour: 3 pages, 3 chunks, generation 1 (unchanged, nothing was written)');
  expect(err).toBe('reading …\n');
});

test('what is new comes in, what is another is replaced, what is gone stays unless --replace', async () => {
  const { root, report } = harbour();
  await report();
  writeFileSync(join(root, 'notes/tides.md'), '# Tides\n\nThe water falls twice a day.');
  writeFileSync(join(root, 'notes/boats.md'), 'Heron and Tern.');
  rmSync(join(root, 'notes/piers/south.md'));
  expect(await report()).toMatchObject({ pages: 4, added: 1, updated: 1, removed: 0, generation: 2 });
  expect(await report()).toMatchObject({ pages: 4, added: 0, updated: 0, removed: 0, generation: 2 });
  expect(await report('--replace')).toMatchObject({ pages: 3, added: 0, updated: 0, removed: 1, generation: 3 });
  expect(await report('--replace')).toMatchObject({ pages: 3, added: 0, updated: 0, removed: 0, generation: 3 });
});

test('the same pages make the same collection, whatever way they came in', async () => {
  const [whole, parts] = [harbour(), harbour()];
  await whole.report();
  await parts.report('--from', 'notes/tides.md');
  await parts.report();
  const [one, other] = [whole, parts].map(({ root }) => openCollection(join(root, 'workspace'), 'harbour'));
  expect(other!.head.corpus_hash).toBe(one!.head.corpus_hash);
  expect(Buffer.compare(other!.index, one!.index)).toBe(0);
});

test('the same slug in two sources is two pages', async () => {
  const { report } = harbour();
  await report('--source', 'wiki');
  expect(await report('--source', 'mail')).toMatchObject({ pages: 6, added: 3 });
  expect(await report('--source', 'wiki')).toMatchObject({ pages: 6, added: 0, generation: 2 });
});

test('of pages with one key the first counts; the others are quarantined with the place of the first', async () => {
  const { report, index } = harbour({
    'notes/a.jsonl': '{"slug":"pier","text":"One."}\n{"slug":"pier","text":"Two."}\n{"slug":"pier","source_id":"mail","text":"Three."}\n',
    'notes/b.md': '---\nslug: pier\n---\nFour.',
    'notes/c.json': '{"slug":',
  });
  expect(await report()).toMatchObject({
    pages: 2,
    quarantined: [
      { path: 'a.jsonl', reason: 'line 2: expected a slug of its own, found that of a.jsonl, line 1' },
      { path: 'b.md', reason: 'expected a slug of its own, found that of a.jsonl, line 1' },
      { path: 'c.json', reason: expect.any(String) as string },
    ],
  });
  expect((await index()).out).toContain('quarantined 3\n  a.jsonl: line 2: expected a slug of its own');
});

test('what Lauter wrote is no page: a workspace among pages, and pages in a workspace', async () => {
  const { report, root } = harbour();
  await report('--from', '.');
  expect(await report('--from', '.')).toMatchObject({ pages: 3, added: 0, quarantined: [] });
  writeFileSync(join(root, 'workspace/inside.md'), 'Kept in the workspace.');
  expect(await report('--from', 'workspace')).toMatchObject({ pages: 4, added: 1 });
  expect((await report('--from', 'workspace')).quarantined.map(({ path }) => path)).toEqual(['workspace.json']);
});

test('names of files cannot move the cursor of a terminal', async () => {
  const { index } = harbour({ ...PAGES, 'notes/\u001b[2Jwild.txt': 'x' });
  const { out } = await index();
  expect(out).toContain('wild.txt');
  expect(out).not.toContain('\u001b');
});

test.each([
  ['an empty folder', { 'notes/': '' }],
  ['nothing but broken pages', { 'notes/a.json': '{', 'notes/b.png': 'x' }],
])('%s: exit 2, and no collection', async (_, files) => {
  const { index, root } = harbour(files);
  const { code, err } = await index();
  expect([code, err]).toEqual([2, expect.stringContaining('expected one page at least, found') as string]);
  expect(existsSync(join(root, 'workspace/lake/collections/harbour'))).toBe(false);
});

test('a collection that is there outlives a run that reads nothing, even with --replace', async () => {
  const { index, head, root } = harbour();
  await index();
  rmSync(join(root, 'notes'), { recursive: true });
  expect((await index('--replace')).code).toBe(2);
  mkdirSync(join(root, 'notes'));
  expect((await index('--replace')).code).toBe(2);
  expect(head()).toMatchObject({ generation: 1, pages: 3 });
});

test.each([
  ['a name that leads elsewhere', ['search', 'index', '../harbour', '--from', 'notes']],
  ['no --from', ['search', 'index', 'harbour']],
  ['a path that leads nowhere', ['search', 'index', 'harbour', '--from', 'absent']],
  ['a source that is none', ['search', 'index', 'harbour', '--from', 'notes', '--source', 'a::b']],
  ['an embedder that nobody knows', ['search', 'index', 'harbour', '--from', 'notes', '--embedder', 'tern']],
])('%s: exit 2', async (_, args) => {
  const { root } = harbour();
  expect((await runCli([...args, '--workspace', 'workspace'], root)).code).toBe(2);
  expect(existsSync(join(root, 'workspace/lake/collections/harbour'))).toBe(false);
});

test('vectors lie in the order of chunks; a page may state its own', async () => {
  const { report, root, head } = harbour({
    'notes/a.json': '{"slug":"a","title":"Heron","text":"A boat."}',
    'notes/b.json': '{"slug":"b","title":"Tern","text":"A bird.","embedding_dim":1540}',
  });
  expect(await report('--embedder', 'deterministic')).toMatchObject({ embedder: 'deterministic', chunks: 2 });
  expect(head()).toMatchObject({ embedder_name: 'deterministic', dimensions: 1536, contextual: 'title' });
  const { vectors } = openCollection(join(root, 'workspace'), 'harbour');
  expect(vectors!.subarray(0, 1536)).toEqual(deterministicVector('Heron\n\nA boat.'));
  expect([vectors!.subarray(1536).indexOf(1), vectors!.subarray(1536).reduce((sum, value) => sum + value, 0)]).toEqual([4, 1]);
});

test('the embedder stays until another one is named; another one is another generation', async () => {
  const { report } = harbour();
  expect(await report('--embedder', 'deterministic')).toMatchObject({ generation: 1, embedder: 'deterministic' });
  expect(await report()).toMatchObject({ generation: 1, embedder: 'deterministic', added: 0 });
  expect(await report('--embedder', 'none')).toMatchObject({ generation: 2, embedder: null, added: 0, updated: 0 });
  expect(await report()).toMatchObject({ generation: 2, embedder: null });
});

test('a collection is synthetic as long as every page was said to be', async () => {
  const { report, head, root, index } = harbour();
  await report('--synthetic');
  expect(head()).toMatchObject({ synthetic: true, generation: 1 });
  await report();
  expect(head().synthetic).toBe(true);
  writeFileSync(join(root, 'notes/real.md'), 'A letter.');
  expect((await index()).err).toContain('no longer marked as synthetic');
  expect(head()).toMatchObject({ synthetic: false, generation: 2 });
  expect((await index('--from', 'notes/tides.md', '--synthetic')).err).toContain('not marked as synthetic: 3 pages');
  await report('--synthetic');
  expect(head()).toMatchObject({ synthetic: true, generation: 2 });
});

test('a damaged collection is told, and can be replaced', async () => {
  const { index, head, root, report } = harbour();
  await index();
  truncateSync(join(root, 'workspace/lake/collections/harbour/generation-1/index.bin'), 10);
  const { code, err } = await index();
  expect([code, err]).toEqual([2, expect.stringContaining('--replace') as string]);
  expect(await report('--replace')).toMatchObject({ pages: 3, added: 3, generation: 2 });
  expect(head().generation).toBe(2);
});

test('two runs at once: the second is told who is at work', async () => {
  const { index, root } = harbour();
  await index();
  const lock = acquireLock(join(root, 'workspace/locks/collection-harbour.lock'), { version: 'test' });
  const { code, err } = await index();
  expect([code, err]).toEqual([2, expect.stringContaining(`found it held by process ${process.pid}`) as string]);
  lock.release();
  expect((await index()).code).toBe(0);
});

test('interrupted while pages are read: exit 130, and everything is as it was', async () => {
  const rows = Array.from({ length: 1_000 }, (_, number) => JSON.stringify({ slug: `boat-${number}`, text: 'A boat.' }));
  const { index, root, head, files } = harbour({ ...PAGES, 'boats.jsonl': rows.join('\n') });
  await index();
  const before = files();
  const io = recordingIo({ cwd: root });
  const stopped = searchIndex({ ...io, err: (text) => (text.startsWith('reading') ? io.interrupt() : io.err(text)) }, 'harbour', {
    from: 'boats.jsonl',
    workspace: 'workspace',
  });
  expect(await stopped).toBe(130);
  expect(io.said()).toContain('interrupted: the collection harbour is as it was');
  expect(head().generation).toBe(1);
  expect(files()).toEqual(before);
  expect(readdirSync(join(root, 'workspace/lake/collections'))).toEqual(['harbour']);
});

test('the collections of a workspace', async () => {
  const { root, report } = harbour();
  await report();
  const list = (...more: readonly string[]) => runCli(['search', 'list', '--workspace', 'workspace', ...more], root);
  const { collections } = searchListReportSchema.parse(JSON.parse((await list('--json')).out));
  expect(collections).toMatchObject([{ name: 'harbour', generation: 1, pages: 3, chunks: 3, embedder: null, synthetic: false }]);
  expect((await list()).out).toMatch(/^harbour\s+3\s+3\s+1\s+none\s+no/m);
  renameSync(join(root, 'workspace/lake/collections/harbour'), join(root, 'gone'));
  expect((await list()).out).toContain('no collections yet');
});
