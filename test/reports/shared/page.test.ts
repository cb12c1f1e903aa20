import { expect, test } from 'vitest';
import { markup } from '../../../reports/shared/markup.ts';
import { writePage } from '../../../reports/shared/page.ts';
import { findMarkupFaults } from './markup-check.ts';

const hostile = `"><script>brew()</script><img src=x onerror='brew()'>&\u001b[2J\u202e`;

const page = writePage({
  kind: `Kind ${hostile}`,
  subject: `Subject ${hostile}`,
  facts: [`Fact ${hostile}`],
  verdict: {
    tone: 'rejected',
    word: `Word ${hostile}`,
    sentence: `Sentence ${hostile}`,
    reasons: [{ sentence: `Reason ${hostile}`, detail: `Detail ${hostile}` }],
    figures: [{ label: `Label ${hostile}`, value: `Value ${hostile}`, note: `Note ${hostile}`, tone: 'review' }],
    nextSteps: [{ sentence: `Step ${hostile}`, command: `Command ${hostile}` }],
  },
  sections: [{ id: 'mash', title: `Title ${hostile}`, lead: `Lead ${hostile}`, body: markup`<p>${hostile}</p>` }],
  colophon: `Colophon ${hostile}`,
});

test('hostile text in every position of the frame stays text', () => {
  expect(findMarkupFaults(page)).toEqual([]);
  const positions = 'Kind Subject Fact Word Sentence Reason Detail Label Value Note Step Command Title Lead Colophon'.split(' ');
  for (const position of positions) expect(page, position).toContain(`${position} "&gt;&lt;script&gt;brew()&lt;/script&gt;`);
});

test('nothing is loaded, run or sent', () => {
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  expect(page).not.toMatch(/<script|https?:\/\/|@import|url\(/);
});

test('the verdict comes before the sections, and a keyboard reaches it first', () => {
  const order = ['href="#main"', '<h1>', 'id="main"', 'id="verdict"', 'aria-label="Sections"', 'id="mash"', '<footer>'];
  const places = order.map((mark) => page.indexOf(mark));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
});

test('the page adapts to darkness, paper and a phone', () => {
  for (const feature of ['prefers-color-scheme: dark', '@media print', 'max-width: 700px', 'name="viewport"'])
    expect(page).toContain(feature);
});
