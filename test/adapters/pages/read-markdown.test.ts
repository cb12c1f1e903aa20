import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { readAll } from './read-all.ts';

test('a page with front matter', async () => {
  const root = temporaryFolder({
    'people/keeper.md': `---
title: The keeper of the north light
type: person
aliases: [Old keeper, 1908]
links:
  - { type: works_at, target: lights/north }
takes:
  - { row_num: 1, holder: harbour, text: Retires in spring, active: false, effective_date: 2024-03-01 }
superseded_by: people/new-keeper
effective_date: 2024-05-01
salience: 0.5
session_id: morning
updated_at: 2024-05-02T08:00:00Z
_facts: { answer: the lamp }
---
Trims the lamp at dusk.
`,
  });
  const { pages, refused } = await readAll(root);
  expect(refused).toEqual([]);
  expect(pages).toEqual({
    'people/keeper': {
      source_id: 'default',
      slug: 'people/keeper',
      title: 'The keeper of the north light',
      type: 'person',
      text: 'Trims the lamp at dusk.',
      aliases: ['Old keeper', '1908'],
      links: [{ type: 'works_at', target: 'lights/north' }],
      takes: [{ row_num: 1, holder: 'harbour', text: 'Retires in spring', active: false, effective_date: '2024-03-01' }],
      superseded_by: 'people/new-keeper',
      effective_date: '2024-05-01',
      effective_date_source: 'front_matter',
      salience: 0.5,
      session_id: 'morning',
      updated_at: '2024-05-02T08:00:00Z',
    },
  });
});

test('a page without front matter: slug from its path, title from its heading or its name', async () => {
  const root = temporaryFolder({ 'Orchards/Old_Pears.md': '# Old pears\r\n\r\nRipe in October.\r\n', 'weights.v2.md': 'Two baskets.' });
  const { pages } = await readAll(root);
  expect(pages['Orchards/Old_Pears']).toMatchObject({ title: 'Old pears', type: 'page', text: '# Old pears\n\nRipe in October.' });
  expect(pages['weights.v2']).toMatchObject({ title: 'weights.v2', text: 'Two baskets.' });
  expect(pages['weights.v2']).not.toHaveProperty('effective_date');
});

test('a stated slug and source count; the source of the command counts more', async () => {
  const root = temporaryFolder({ 'a.md': '---\nslug: 007\nsource_id: wiki\ntitle: 1.10\n---\nSeven boats.' });
  expect((await readAll(root)).pages['007']).toMatchObject({ source_id: 'wiki', title: '1.10' });
  expect((await readAll(root, 'mail')).pages['007']).toMatchObject({ source_id: 'mail' });
});

test.each([
  ['a mark', 'Held now.\n\n<!-- timeline -->\n- 2024 painted\n\n## Notes\nStill timeline.', '- 2024 painted\n\n## Notes\nStill timeline.'],
  ['a decorated rule', 'Held now.\n--- timeline ---\n- 2024 painted', '- 2024 painted'],
  ['a rule before its heading', 'Held now.\n\n---\n\n## History\n- 2024 painted', '## History\n- 2024 painted'],
  ['a heading', 'Held now.\n\n## Timeline\n- 2024 painted', '- 2024 painted'],
])('a timeline that begins at %s; what stands above is the compiled truth', async (_, body, timeline) => {
  const root = temporaryFolder({ 'pier.md': `---\ntitle: Pier\n---\n${body}\n` });
  expect((await readAll(root)).pages.pier).toMatchObject({ compiled_truth: 'Held now.', timeline });
});

test('sections by name; the rest is a plain text', async () => {
  const body = '# Pier\n\n## Compiled truth\n\nOpen all year.\n\n## Timeline\n\n- 1908 built\n\n## Notes\n\nBring a coat.\n';
  const { pages } = await readAll(temporaryFolder({ 'pier.md': body }));
  expect(pages.pier).toMatchObject({
    compiled_truth: 'Open all year.',
    timeline: '- 1908 built',
    text: '# Pier\n\n## Notes\n\nBring a coat.',
  });
});

test('a heading inside a block of code is none, and a rule alone begins nothing', async () => {
  const body = 'How pages look:\n\n```\n## Timeline\n```\n\n---\n\nThe end.';
  const { pages } = await readAll(temporaryFolder({ 'pier.md': body }));
  expect(pages.pier).toMatchObject({ text: body });
  expect(pages.pier).not.toHaveProperty('timeline');
});

test('front matter may state the parts itself; the body is then a plain text', async () => {
  const root = temporaryFolder({
    'pier.md': '---\ncompiled_truth: Open all year.\ntimeline: [1908 built, 1950 painted]\n---\nBring a coat.',
  });
  expect((await readAll(root)).pages.pier).toMatchObject({
    compiled_truth: 'Open all year.',
    timeline: '1908 built\n1950 painted',
    text: 'Bring a coat.',
  });
});

test('takes from a table between marks, which is no text of the page', async () => {
  const body = `Pears sell well.

<!--- gbrain:takes:begin -->
| # | claim | kind | who | weight | since | source |
|---|-------|------|-----|--------|-------|--------|
| 1 | ~~Apples \\| pears~~ | bet | grower | 0.7 | 2023-01 → 2024-06 | ledger |
| 2 | Pears win | take | grower | 0.9 | 2024-06 | ledger |
| x | no number | take | grower | 0.9 | 2024-06 | ledger |
<!--- gbrain:takes:end -->
`;
  const { pages } = await readAll(temporaryFolder({ 'fruit.md': body }));
  expect(pages.fruit).toMatchObject({
    text: 'Pears sell well.',
    takes: [
      { row_num: 1, holder: 'grower', text: 'Apples | pears', active: false, effective_date: '2023-01' },
      { row_num: 2, holder: 'grower', text: 'Pears win', active: true, effective_date: '2024-06' },
    ],
  });
});

test('links in the text are mentions, each once, never of the page itself or of the web', async () => {
  const body =
    'See [[piers/north|the pier]], [the pier](piers/north.md), [[boats/heron#deck]], [up](../lights/east.md), [me](./tide.md), ' +
    '[[archive::piers/north]], ![map](maps/bay.png), [web](https://harbour.example/x), [mail](mailto:a@harbour.example) and [out](../../x).';
  const { pages } = await readAll(temporaryFolder({ 'water/tide.md': `---\nlinks: [boats/heron]\n---\n${body}` }));
  expect(pages['water/tide']!.links).toEqual([
    { type: 'link', target: 'boats/heron' },
    { type: 'mentions', target: 'piers/north' },
    { type: 'mentions', target: 'boats/heron' },
    { type: 'mentions', target: 'archive::piers/north' },
    { type: 'mentions', target: 'lights/east' },
  ]);
});

test.each([
  ['date: 2024-02-29', { effective_date: '2024-02-29', effective_date_source: 'front_matter' }],
  ['date: 2024-03-01T08:00:00Z\nevent_date: 2024-02-01', { effective_date: '2024-02-01', effective_date_source: 'front_matter' }],
  ['effective_date: spring of 2024\neffective_date_source: user', { effective_date: 'spring of 2024', effective_date_source: 'user' }],
  ['effective_date: 2024-02-01\neffective_date_source: filename', { effective_date: '2024-02-01', effective_date_source: 'front_matter' }],
  ['date: 2024-02-30', {}],
  ['date: soon', {}],
  ['created_at: 2024-02-01\nupdated_at: 2024-02-02', {}],
  ['effective_date: 2024-02-01\neffective_date_source: fallback', {}],
])('the date of the content: %s', async (fields, expected) => {
  const { effective_date, effective_date_source } = (await readAll(temporaryFolder({ 'a.md': `---\n${fields}\n---\nBoats.` }))).pages.a!;
  expect({ ...(effective_date !== undefined && { effective_date, effective_date_source }) }).toEqual(expected);
});

const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.replaceAll(/./g, (letter) => {
  const before = String.fromCharCode(letter.charCodeAt(0) - 1);
  return `${letter}: &${letter} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]\n`;
})}`;

test.each([
  ['is never ended', '---\ntitle: Pier\n\nA secret harbour.', 'front matter: expected a line --- that ends it, found none'],
  ['names a field twice', '---\ntitle: a\ntitle: b\n---\n', 'front matter: expected YAML, found a fault at character 9 (DUPLICATE_KEY)'],
  ['is no list of fields', '---\nA secret harbour.\n---\n', 'front matter: expected fields, found another value'],
  ['explodes', `---\n${BOMB}---\n`, 'front matter: expected plain YAML, found what cannot be read (ReferenceError)'],
  ['is nested without end', `---\na: ${'['.repeat(20_000)}\n---\n`, 'front matter: expected'],
  ['is too long', `---\na: ${'x'.repeat(70_000)}\n---\n`, 'front matter: expected at most 65536 characters, found 70004'],
  ['has a field of another kind', '---\nsalience: very\n---\nBoats.', 'field salience: '],
  ['says nothing of a source', '---\nsource_id: "a::b"\n---\nBoats.', 'expected a source_id of letters'],
  ['has a slug over two lines', '---\nslug: "a\\nb"\n---\nBoats.', 'expected a slug without control characters'],
])('a page whose front matter %s is refused, and the rest is read', async (_, text, reason) => {
  const { pages, refused } = await readAll(temporaryFolder({ 'a/broken.md': text, 'b.md': 'Whole.' }));
  expect(Object.keys(pages)).toEqual(['b']);
  expect(refused).toEqual([{ path: 'a/broken.md', reason: expect.stringContaining(reason) as string }]);
  expect(refused[0]!.reason).not.toContain('secret');
});

test('front matter cannot touch what objects are made of', async () => {
  const root = temporaryFolder({ 'a.md': '---\n__proto__: { title: stolen }\nconstructor: x\n---\n# Own title' });
  expect((await readAll(root)).pages.a).toMatchObject({ title: 'Own title' });
  expect(({} as { title?: string }).title).toBeUndefined();
});

test('bytes that are no text are refused', async () => {
  const root = temporaryFolder({ 'latin.md': Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'nul.md': 'a\0b', 'mark.md': '\ufeff# Mark' });
  const { pages, refused } = await readAll(root);
  expect(pages).toMatchObject({ mark: { title: 'Mark' } });
  expect(refused).toEqual([
    { path: 'latin.md', reason: 'expected UTF-8, found other bytes' },
    { path: 'nul.md', reason: 'expected text, found bytes that are none' },
  ]);
});
