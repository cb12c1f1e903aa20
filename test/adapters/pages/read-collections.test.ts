import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { readAll } from './read-all.ts';

const SMART = `.I 1
.T
how tides
come in .
.A
keeper,a.
.B
j. harb. 1958.
.W
the water rises twice a day .
  it falls as often .
.K
tide, moon
.I 2
.T
.W
.I 3
.T
Where boats winter
.X
1 5 1
`;

test('a collection in the form of SMART: titles and texts, empty documents too', async () => {
  const { read, refused } = await readAll(temporaryFolder({ 'harbour.all': SMART }));
  expect(refused).toEqual([]);
  expect(read.map(({ page }) => [page.slug, page.title, page.text])).toEqual([
    ['1', 'how tides come in .', 'the water rises twice a day .\n  it falls as often .'],
    ['2', '', undefined],
    ['3', 'Where boats winter', undefined],
  ]);
});

const TREC = `
<doc>
<docno>1</docno>
<title>how tides
come in</title>
<author>keeper</author>
<text>water &amp; moon, a &lt; b
<P> twice a day</text>
</doc>
<DOC>
<DOCNO> TIDE-2 </DOCNO>
<HEADLINE>Boats winter</HEADLINE>
<TEXT>in the yard</TEXT>
<TEXT>and on land</TEXT>
</DOC>
<doc><docno>3</docno><title></title><text></text></doc>
<doc>
<title>no number</title>
</doc>
<doc>
<docno>4</docno>
<doc>
<docno>5</docno>
<text>cut off`;

test('a letter that comes again is a misprint of the text, and a document without sections is none', async () => {
  const misprinted = '.I 1\n.T\nTides\n.A\nkeeper\n.W\nthe water\n.A\nrises .\n.I 99999\n';
  const { pages, refused } = await readAll(temporaryFolder({ 'harbour.all': misprinted }));
  expect(pages).toMatchObject({ 1: { title: 'Tides', text: 'the water\n.A\nrises .' } });
  expect(refused).toEqual([{ path: 'harbour.all', reason: 'document 99999: expected a section .T or .W, found none' }]);
});

test('a collection in the form of TREC', async () => {
  const { read, refused } = await readAll(temporaryFolder({ 'harbour.xml': TREC }));
  expect(read.map(({ page }) => [page.slug, page.title, page.text])).toEqual([
    ['1', 'how tides come in', 'water & moon, a < b\n  twice a day'],
    ['TIDE-2', 'Boats winter', 'in the yard\n\nand on land'],
    ['3', '', undefined],
  ]);
  expect(refused).toEqual([
    { path: 'harbour.xml', reason: 'line 17: expected <docno>, found none' },
    { path: 'harbour.xml', reason: 'line 20: expected </doc>, found another <doc>' },
    { path: 'harbour.xml', reason: 'line 22: expected </doc>, found the end of the file' },
  ]);
});

test('bytes that are no UTF-8 refuse their document alone', async () => {
  const bad = Buffer.concat([Buffer.from('.I 1\n.W\nthe caf'), Buffer.from([0xe9]), Buffer.from('\n.I 2\n.W\nthe quay\n')]);
  const { pages, refused } = await readAll(temporaryFolder({ 'harbour.all': bad }));
  expect([Object.keys(pages), refused.map(({ reason }) => reason)]).toEqual([
    ['2'],
    [expect.stringMatching(/^document 1: expected UTF-8/)],
  ]);
});
