import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashQuery, hashSource, joinHashes } from '../../../domain/gate/index.ts';
import { fc } from '../../support/fast-check.ts';

test('HSH-1: a query is hashed in lower case, white space as single spaces and none at the ends', () => {
  expect(hashQuery('  Hello   World  ')).toBe('b94d27b9934d3e08');
  expect(hashQuery('who is alice')).toBe('8f6b5912990e2e6b');
  expect(hashQuery('acme deal')).toBe('402d5cc73aa8140b');
  expect(hashQuery('\tHELLO\n\u00a0world\u2003')).toBe('b94d27b9934d3e08');
});

test('HSH-2: the queries of a file are hashed whatever their order', () => {
  const expected = 'b09452ec90c13b7372154ce966567dcebdb01d7d5808115da653aec770e2b98e';
  expect(hashSource(['8f6b5912990e2e6b', '402d5cc73aa8140b'])).toBe(expected);
  expect(hashSource(['402d5cc73aa8140b', '8f6b5912990e2e6b'])).toBe(expected);
});

test('the hash of a query is that of its UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zäßø✓]+( [a-zäßø✓]+)*$/), (query) => {
      expect(hashQuery(query)).toBe(createHash('sha256').update(query, 'utf8').digest('hex').slice(0, 16));
    }),
  );
});

test('many hashes that agree are one; those that differ are told by a hash of theirs, whatever their order', () => {
  expect(joinHashes([])).toBeNull();
  expect(joinHashes(['quay', 'quay'])).toBe('quay');
  const expected = createHash('sha256').update('barn\nquay').digest('hex').slice(0, 16);
  expect(joinHashes(['quay', 'barn', 'quay'])).toBe(expected);
});
