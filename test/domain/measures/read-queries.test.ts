import { expect, test } from 'vitest';
import { readQueryTexts } from '../../../domain/measures/index.ts';

const EXPECTED = [
  ['1', 'who runs the harbour'],
  ['2', 'when are apples picked'],
];

test.each([
  ['BEIR', '{"_id":"1","text":"who runs the harbour"}\n{"_id":"2","text":"when are apples picked","metadata":{}}\n'],
  ['JSON lines', '{"id":1,"query":"who runs the harbour"}\r\n\r\n{"query_id":"2","query":"when are apples picked"}'],
  ['two columns', '1\twho runs the harbour\n2\twhen are apples picked\n'],
  ['two columns below a header', 'query-id\ttext\n1\twho runs the harbour\r\n2\twhen are apples picked\r\n'],
])('%s', (_, text) => {
  expect([...readQueryTexts(text, 'queries')]).toEqual(EXPECTED);
});

test.each([
  ['half a line of JSON', '{"_id":"1","text":"a"}\n{"_id":', /queries:2: expected a JSON object/],
  ['no id', '{"text":"a"}', /queries:1: expected an id/],
  ['a blank text', '{"_id":"1","text":" "}', /queries:1: expected a text/],
  ['an id twice', '1\ta\n1\tb', /queries:2: expected an id of its own/],
  ['one column', '1\ta\n2', /queries:2: expected two columns/],
  ['nothing', '\n', /at least one query/],
])('refuses %s', (_, text, message) => {
  expect(() => readQueryTexts(text, 'queries')).toThrow(message);
});
