import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { readAll } from './read-all.ts';

const PIER = {
  slug: 'piers/north',
  type: 'place',
  title: 'North pier',
  compiled_truth: 'Open all year.',
  timeline: ['- 1908 built', '- 1950 painted'],
};
const ROWS = [
  { slug: 'piers/north', title: 'North pier', text: 'Ferries leave at eight.' },
  { slug: 'piers/south', source_id: 'archive', title: 'South pier', content: 'Closed since the storm.' },
  { _id: 42, title: '', text: '' },
];

test('one page a file, with a slug of its own or that of its path', async () => {
  const root = temporaryFolder({
    'piers__north.json': JSON.stringify(PIER, null, 2),
    'tides/low.json': JSON.stringify({ compiled_truth: '', timeline: 'At noon.' }),
  });
  const { pages } = await readAll(root);
  expect(pages['piers/north']).toMatchObject({ type: 'place', compiled_truth: 'Open all year.', timeline: '- 1908 built\n- 1950 painted' });
  expect(pages['tides/low']).toMatchObject({ title: 'low', timeline: 'At noon.' });
  expect(pages['tides/low']).not.toHaveProperty('compiled_truth');
});

test.each([
  ['an array', 'rows.json', JSON.stringify(ROWS, null, 2)],
  ['one page a line', 'rows.jsonl', `\ufeff${ROWS.map((row) => JSON.stringify(row)).join('\r\n')}`],
  ['lines in a file of any name', 'rows.txt', ROWS.map((row) => JSON.stringify(row)).join('\n')],
  ['an object around them', 'rows.json', JSON.stringify({ version: 2, pages: ROWS })],
])('pages as %s', async (_, name, text) => {
  const { read, refused } = await readAll(temporaryFolder({ [name]: text }));
  expect(refused).toEqual([]);
  expect(read.map(({ page }) => [page.source_id, page.slug, page.title, page.text])).toEqual([
    ['default', 'piers/north', 'North pier', 'Ferries leave at eight.'],
    ['archive', 'piers/south', 'South pier', 'Closed since the storm.'],
    ['default', '42', '', undefined],
  ]);
});

test('a folder in BEIR form: its corpus, never its queries', async () => {
  const root = temporaryFolder({
    'corpus.jsonl': '{"_id":"d1","title":"Tides","text":"Twice a day.","metadata":{"author":"a keeper"}}\n',
    'queries.jsonl': '{"_id":"q1","text":"how often do tides come"}\n',
    'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nq1\td1\t1\n',
    'README.md': '# About',
  });
  const { pages, refused } = await readAll(root);
  expect(refused).toEqual([]);
  expect(pages).toEqual({
    d1: { source_id: 'default', slug: 'd1', title: 'Tides', type: 'page', text: 'Twice a day.', aliases: [], links: [], takes: [] },
  });
});

test('exported playbooks are pages of their own type', async () => {
  const row = {
    id: 'rag-1',
    title: 'Mend a net',
    content: 'Tie the knots twice.',
    category: 'accepted',
    warning: false,
    tags: [],
    validation_steps: [],
    task_key: 'net',
    tokens: 5,
    split: 'train',
    provenance: {
      source_file: 'traces/a.jsonl',
      locator: { line: 0 },
      line_offset: 0,
      sig_hash: 'b'.repeat(64),
      recorded_at: '2024-05-01T00:00:00.000Z',
      recorded_at_from: 'record',
    },
  };
  const { pages } = await readAll(temporaryFolder({ 'playbooks.jsonl': `${JSON.stringify(row)}\n` }));
  expect(pages['rag-1']).toMatchObject({ type: 'playbook', title: 'Mend a net', text: 'Tie the knots twice.' });
});

test('fields that begin with _ are gone at any depth, in any form', async () => {
  const page = {
    slug: 'a',
    title: 'A',
    _facts: 'HIDDEN',
    links: [{ type: 'near', target: 'b', _why: 'HIDDEN' }],
    takes: [{ row_num: 1, holder: 'h', text: 't', _source: 'HIDDEN' }],
    _text: 'HIDDEN',
  };
  const root = temporaryFolder({
    'one.json': JSON.stringify(page),
    'two.jsonl': `${JSON.stringify({ ...page, slug: 'b' })}\n`,
    'three.json': JSON.stringify([{ ...page, slug: 'c' }]),
    'four.md': '---\n_facts: HIDDEN\nlinks: [{ type: near, target: b, _why: HIDDEN }]\n---\nText.',
  });
  const { pages, refused } = await readAll(root);
  expect([Object.keys(pages).sort(), refused]).toEqual([['a', 'b', 'c', 'four'], []]);
  expect(JSON.stringify(pages)).not.toContain('HIDDEN');
});

test('a field that is null is a field that is not there', async () => {
  const names = [
    'type',
    'compiled_truth',
    'timeline',
    'aliases',
    'links',
    'superseded_by',
    'effective_date',
    'session_id',
    'salience',
    'embedding_dim',
  ];
  const page = { ...Object.fromEntries(names.map((name) => [name, null])), slug: 'a', title: 'A', text: 'One.' };
  const takes = [{ row_num: 3, holder: null, text: 'Held.', active: null, effective_date: null }];
  const { pages, refused } = await readAll(temporaryFolder({ 'a.json': JSON.stringify({ ...page, takes }) }));
  expect(refused).toEqual([]);
  expect(pages.a).toEqual({
    source_id: 'default',
    slug: 'a',
    title: 'A',
    type: 'page',
    text: 'One.',
    aliases: [],
    links: [],
    takes: [{ row_num: 3, holder: '', text: 'Held.', active: true }],
  });
});

test('a page that says nothing but what begins with _ is none', async () => {
  const { refused } = await readAll(temporaryFolder({ 'a.json': '{"slug":"a","_title":"HIDDEN"}' }));
  expect(refused).toEqual([{ path: 'a.json', reason: expect.stringContaining('expected one of title,') as string }]);
});

test('what is broken is refused with its place, and the rest is read', async () => {
  const root = temporaryFolder({
    'a.jsonl':
      '{"slug":"a","text":"One."}\n{"slug":"b","text":\n\n[1]\n{"text":"no id"}\n{"slug":"c","text":"Three."}\n{"slug":"d","text":7}\n',
    'b.json': '{\n "slug": "secret',
    'c.json': '[{"slug":"e","text":"Five."}, 3, {"slug":"f"',
    'd.json': '{"slug":"g","text":"Seven.","text":"Eight."}',
  });
  const { pages, refused } = await readAll(root);
  expect(Object.keys(pages)).toEqual(['a', 'c', 'e']);
  expect(refused.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
    expect.stringMatching(/^a\.jsonl: line 2: expected a value, found the end of the text/),
    'a.jsonl: line 4: expected an object, found another value',
    'a.jsonl: line 5: expected one of slug, _id, id, found none',
    expect.stringMatching(/^a\.jsonl: line 7: field text: .*expected string/),
    expect.stringMatching(/^b\.json: expected a string/),
    'c.json: element 1: expected an object, found another value',
    expect.stringMatching(/^c\.json: element 2: expected the closing bracket/),
    expect.stringMatching(/^d\.json: key "text" stands twice/),
  ]);
  expect(JSON.stringify(refused)).not.toContain('secret');
});

test('a value nested without end is refused', async () => {
  const deep = `{"slug":"a","text":"x","aliases":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
  const { refused } = await readAll(temporaryFolder({ 'deep.json': deep, 'deep.jsonl': `${deep}\n` }));
  expect(refused.map(({ path }) => path)).toEqual(['deep.json', 'deep.jsonl']);
});

test('a row that is too long is refused, and the next one is read', async () => {
  const long = `{"slug":"long","text":"${'x'.repeat(17 << 20)}"}`;
  const root = temporaryFolder({
    'a.jsonl': `${long}\n{"slug":"b","text":"Short."}\n`,
    'b.json': `[${long},{"slug":"c","text":"Short."}]`,
    'c.json': long,
    'd.md': long,
  });
  const { pages, refused } = await readAll(root);
  expect(Object.keys(pages)).toEqual(['b', 'c']);
  expect(refused.map(({ path, reason }) => [path, /at most \d+/.exec(reason)?.[0]])).toEqual(
    ['a.jsonl', 'b.json', 'c.json', 'd.md'].map((path) => [path, 'at most 16777216']),
  );
});
