import { describe, expect, test } from 'vitest';
import { besideHref, markup, nothing, trustMarkup } from '../../../reports/shared/markup.ts';

const hostile = `"><img src=x onerror=brew()>`;

describe('markup', () => {
  test('escapes text between tags and inside quotes, each for its place', () => {
    expect(markup`<p title="${hostile}">${hostile}</p>`.html).toBe(
      '<p title="&quot;&gt;&lt;img src=x onerror=brew()&gt;">"&gt;&lt;img src=x onerror=brew()&gt;</p>',
    );
  });

  test('keeps markup and joins lists of it', () => {
    const items = ['mash', '<tun>'].map((item) => markup`<li>${item}</li>`);
    expect(markup`<ul>${items}</ul>${nothing}${3}`.html).toBe('<ul><li>mash</li><li>&lt;tun&gt;</li></ul>3');
  });

  test('lets raw HTML through only where someone asked for it', () => {
    expect(markup`${trustMarkup('<hr>')}`.html).toBe('<hr>');
  });

  test('refuses an insert that no escaping makes safe', () => {
    expect(() => markup`<p class=${hostile}>mash</p>`).toThrow(/expected quotes around an insert/);
    expect(() => markup`<p ${hostile}>mash</p>`).toThrow(TypeError);
    expect(() => markup`<p title="${markup`<b></b>`}">mash</p>`).toThrow(/expected text inside an attribute value/);
  });

  test('knows its place again after several attributes and tags', () => {
    expect(markup`<a href="${'x'}" title="one ${'"'} two">${'<'}</a><b class="${'"'}">${'"'}</b>`.html).toBe(
      '<a href="x" title="one &quot; two">&lt;</a><b class="&quot;">"</b>',
    );
  });
});

test('a link beside the page cannot leave it', () => {
  expect(besideHref('stages.csv')).toBe('stages.csv');
  expect(besideHref('javascript:brew()')).toBe('javascript%3Abrew()');
  expect(besideHref('https://brewery.example')).not.toContain('://');
});
