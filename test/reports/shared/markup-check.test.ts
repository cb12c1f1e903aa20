import { describe, expect, test } from 'vitest';
import { findMarkupFaults } from './markup-check.ts';

describe('the reader that judges all pages', () => {
  test('finds nothing in a sound page', () => {
    expect(findMarkupFaults('<!doctype html>\n<html lang="en"><body><p class="lead">grain &amp; wort<wbr></p></body></html>')).toEqual([]);
  });

  test.each([
    ['a script', '<script></script>', 'element script'],
    ['an image', '<p><img></p>', 'element img'],
    ['a handler', '<p onclick="brew()">mash</p>', 'attribute onclick'],
    ['an unquoted value', '<p class=lead>mash</p>', 'not a tag'],
    ['a bare less-than sign', '<p>5 < 7</p>', 'not a tag'],
    ['a bare ampersand', '<p>grain & wort</p>', 'bare &'],
    ['a raw escape sequence', '<p>\u001b[2J</p>', 'control character'],
    ['a reordering mark', '<p title="\u202egnp.exe"></p>', 'control character'],
    ['misnested elements', '<p><code></p></code>', 'misnested'],
    ['an unclosed element', '<section><p>mash</p>', 'unclosed section'],
    ['an id used twice', '<p id="mash"></p><p id="mash"></p>', 'id twice'],
    ['a link that runs', '<a href="javascript:brew()">mash</a>', 'link to javascript:'],
    ['a link to a host', '<a href="//brewery.example/">mash</a>', 'link to //'],
  ])('finds %s', (_name, html, fault) => {
    expect(findMarkupFaults(html).join('\n')).toContain(fault);
  });
});
