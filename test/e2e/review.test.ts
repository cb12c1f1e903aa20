import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reviewDecisionSchema } from '../../schemas/review-decision.ts';
import { reviewListingSchema, type ReviewListing } from '../../schemas/review-listing.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import type { VerdictWord } from '../../schemas/vocabulary.ts';
import { PROJECT_ROOT } from '../support/run-lauter.ts';
import { startLauter } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';

let space: TestSpace;
let workspace: string;
beforeAll(() => {
  space = makeTestSpace();
  workspace = space.workspace();
});
afterAll(() => space.clear());

async function lauter(...args: readonly string[]): Promise<unknown> {
  const { code, out, err } = await startLauter(['distill', ...args, '--workspace', workspace, '--json']).ended;
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

async function refineSamples(): Promise<RunSummary> {
  return (await lauter('run-all', '--config', join(PROJECT_ROOT, 'data/samples/lauter.config.json'))) as RunSummary;
}

async function waiting(): Promise<ReviewListing> {
  return reviewListingSchema.parse(await lauter('review', '--limit', '100000'));
}

async function categories(): Promise<Map<string, string>> {
  const rows = (await lauter('query', 'SELECT evidence_id, category, rule FROM scored')) as Record<
    'evidence_id' | 'category' | 'rule',
    string
  >[];
  return new Map(rows.map(({ evidence_id, category, rule }) => [evidence_id, `${category} by ${rule}`]));
}

test('what people decide about the samples counts in the next run, and moves nothing else', async () => {
  const first = await refineSamples();
  const listing = await waiting();
  expect(listing.total).toBe(first.categories.needs_human_review);
  const before = await categories();
  // Nobody said anything of these, so that people alone decide.
  const [good, bad, disputed] = listing.rows.filter(({ rule }) => rule === 'nothing_known').map(({ evidence_id }) => evidence_id);
  const said: readonly (readonly [string | undefined, VerdictWord, string])[] = [
    [good, 'yes', 'harbor master'],
    [bad, 'no', 'harbor master'],
    [disputed, 'yes', 'harbor master'],
    [disputed, 'no', 'pilot'],
  ];
  const file = join(space.root, 'verdicts.csv');
  writeFileSync(file, ['evidence_id,verdict,by', ...said.map((row) => row.join(','))].join('\n'));
  expect(reviewDecisionSchema.parse(await lauter('review', '--decide', file))).toMatchObject({ appended: 4, records: 3 });

  const second = await refineSamples();
  const expected = new Map(before)
    .set(good!, 'accepted by human')
    .set(bad!, 'rejected by human')
    .set(disputed!, 'needs_human_review by contradiction');
  expect(await categories()).toEqual(expected);
  expect(second.categories).toEqual({
    ...first.categories,
    accepted: first.categories.accepted + 1,
    rejected: first.categories.rejected + 1,
    needs_human_review: first.categories.needs_human_review - 2,
  });
  // Other verdicts are other input, not the same input with another outcome.
  expect(second.drift.severity).not.toBe('alert');
  const left = await waiting();
  expect(left).toMatchObject({ total: listing.total - 2, with_verdict: 1 });
});
