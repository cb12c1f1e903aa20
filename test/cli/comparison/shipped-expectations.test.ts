import { expect, test } from 'vitest';
import { readExpectations } from '../../../cli/comparison/read-expectations.ts';
import { recordingIo } from '../../support/recording-io.ts';

test('the expectations that come with the program are the four of the three modes', () => {
  const { file, path, sha256 } = readExpectations(recordingIo(), 'shipped');
  const told = file.expectations.map(({ id, metric, arm, versus, statistic, op, low, high, unit }) =>
    [id, metric, arm, versus, statistic, op, low, high, unit].map((field) => field ?? '-').join(' '),
  );
  expect(told).toEqual([
    'E1 recall@10 tokenmax conservative difference between 5 15 pp',
    'E2 cost_per_query_usd tokenmax conservative ratio between 5 15 x',
    'E3 recall@10 tokenmax balanced absolute_difference <= - 3 pp',
    'E4 ndcg@10 * - value >= 0.65 - value',
  ]);
  expect(path).toBe('data/expectations/search-modes.json');
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});
