import { expect, test } from 'vitest';
import { withoutPrivate } from '../../../adapters/pages/without-private.ts';

test('fields that begin with _ go at any depth, in objects and arrays', () => {
  const page = {
    title: 'Pier',
    _facts: { a: 1 },
    links: [{ type: 'near', _why: 'x' }, [{ _deep: 1, kept: { _deeper: 2, last_: 3 } }]],
    n: null,
  };
  expect(withoutPrivate(page)).toEqual({ title: 'Pier', links: [{ type: 'near' }, [{ kept: { last_: 3 } }]], n: null });
});
