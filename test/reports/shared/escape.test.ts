import { describe, expect, test } from 'vitest';
import {
  escapeAttribute,
  escapeCsv,
  escapeHtml,
  escapeMarkdown,
  escapeTerminal,
  markdownCode,
  showText,
} from '../../../reports/shared/escape.ts';
import { fc } from '../../support/fast-check.ts';

describe('HTML', () => {
  test('text keeps its quotes and loses its markup', () => {
    expect(escapeHtml(`<img src=x onerror="brew('mash')"> & more`)).toBe(`&lt;img src=x onerror="brew('mash')"&gt; &amp; more`);
  });

  test('an attribute value cannot end its quotes', () => {
    expect(escapeAttribute(`" onmouseover='brew()'\n`)).toBe('&quot; onmouseover=&#39;brew()&#39;&#10;');
  });

  test('what cannot be seen is made visible', () => {
    expect(escapeHtml('invoice\u202egnp.exe\u0000\u001b[2J\ud800\u{e0041}')).toBe(
      'invoice\\u202egnp.exe\\u0000\\u001b[2J\\ud800\\u{e0041}',
    );
    expect(escapeHtml('two\nlines')).toBe('two\nlines');
  });

  test('nothing that opens a tag or an entity survives, whatever comes in', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>]|&(?!amp;|lt;|gt;|quot;|#39;|#10;|#9;)/.test(escapeHtml(text))));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"'\n]/.test(escapeAttribute(text))));
  });
});

describe('Markdown', () => {
  test.each([
    ['markup', '*mash* _tun_ `grain` ~wort~', '\\*mash\\* \\_tun\\_ \\`grain\\` \\~wort\\~'],
    ['HTML', '<b>mash</b> &lt;', '\\<b\\>mash\\</b\\> \\&lt;'],
    ['a link', '[mash](javascript:brew())', '\\[mash\\](javascript:brew())'],
    ['a bare address', 'see https://brewery.example', 'see https\\://brewery.example'],
    ['an address without scheme', 'see www.brewery.example', 'see www\\.brewery.example'],
    ['a mention', 'ask @brewer', 'ask \\@brewer'],
    ['a cell border', 'mash | tun', 'mash \\| tun'],
    ['a line break', 'mash\n\n# tun', 'mash # tun'],
    ['a heading', '# mash', '\\# mash'],
    ['a list', '- mash', '\\- mash'],
    ['a numbered list', '1. mash', '1\\. mash'],
    ['an underline of a heading', '---', '\\---'],
    ['a block of code by indentation', '    mash', 'mash'],
    ['a backslash', 'mash\\|tun', 'mash\\\\\\|tun'],
  ])('%s is only text', (_name, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test('words of the product, numbers and dates stay readable', () => {
    for (const text of ['needs_human_review', '12,345', '+53.5%', '−1.5%', '2025-03-04 02:10:00 UTC'])
      expect(escapeMarkdown(text)).toBe(text);
  });

  test('a code span outlasts the backticks in it', () => {
    expect(markdownCode('mash-tun')).toBe('`mash-tun`');
    expect(markdownCode('a `` b')).toBe('```a `` b```');
    expect(markdownCode('`mash`')).toBe('`` `mash` ``');
    expect(markdownCode('two\nlines')).toBe('`two lines`');
  });
});

describe('CSV', () => {
  test.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '\u00a0=1'])('%j is not run as a formula', (text) => {
    expect(escapeCsv(text).replace(/^"/, '')).toMatch(/^'/);
  });

  test('separators, quotes and line breaks are quoted', () => {
    expect(escapeCsv('mash, "tun"\nwort')).toBe('"mash, ""tun""\nwort"');
    expect(escapeCsv('mash;=1')).toBe('"mash;=1"');
  });

  test('numbers stay numbers, and nothing stays nothing', () => {
    expect([escapeCsv(-0.25), escapeCsv(12_345), escapeCsv(true), escapeCsv(null)]).toEqual(['-0.25', '12345', 'true', '']);
  });
});

test('a terminal shows an escape sequence and does not obey it', () => {
  expect(escapeTerminal('mash\u001b[2J\r\ntun\u009b31m')).toBe('mash\\u001b[2J\\u000d\\u000atun\\u009b31m');
});

test('a picture gets one line of visible text', () => {
  expect(showText('mash\n<tun>\u202e')).toBe('mash <tun>\\u202e');
});
