import { describe, expect, it } from 'vitest';
import { reviewComments } from '../../../adapters/sources/review-comments.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { recordsOf } from './records-of.ts';
import { sampleOf } from './sample-of.ts';

const positive = fixture('review-comments', 'positive_samples.json');
const negative = fixture('review-comments', 'negative_samples.json');

describeAdapter(reviewComments, { samples: [positive, negative], foreign: foreignTo('review-comments') });

const PULL = 'https://github.com/lantern/sundial/pull/12';

describe('review-comments', () => {
  const [division, naming, namingElsewhere] = evidenceIn(reviewComments, positive);
  const [praise, namingRejected] = evidenceIn(reviewComments, negative);

  it('makes one record of each comment, with the human verdict of the file it stands in', () => {
    expect(division?.outcome).toEqual({ state: 'success', value: 1, from: 'human' });
    expect(division?.signals.human).toEqual([{ by: 'file', verdict: 'yes' }]);
    expect(praise?.outcome).toEqual({ state: 'failure', value: 0, from: 'human' });
    expect(praise?.signals.human).toEqual([{ by: 'file', verdict: 'no' }]);
    expect([division, naming, namingElsewhere].map((draft) => draft?.locator.pointer)).toEqual([
      '/0/comments/0',
      '/0/comments/1',
      '/1/comments/0',
    ]);
  });

  it('has the comment as its artifact and no conversation', () => {
    expect(division?.artifacts).toEqual([
      { kind: 'comment', text: 'The shadow length divides by zero at noon on the equator.', path: 'sundial/shadow.py' },
    ]);
    expect(division?.messages).toEqual([]);
  });

  it('names the task by pull request, path and lines, in both files alike', () => {
    expect(division?.task).toEqual({
      id: PULL,
      key: `review/${PULL}#sundial/shadow.py:31-34`,
      text: `Review comment on sundial/shadow.py, lines 31-34 of ${PULL}`,
    });
    expect(praise?.task).toEqual(division?.task);
    expect(naming?.task.text).toBe(`Review comment on sundial/shadow.py, line 12 of ${PULL}`);
  });

  it('names the model of a comment only when a model wrote it', () => {
    expect([division?.model, naming?.model, praise?.model]).toEqual(['model-a', null, 'model-b']);
  });

  it('keeps the same comment apart under two pull requests and under two verdicts', () => {
    expect(naming?.signed).not.toEqual(namingElsewhere?.signed);
    expect(naming?.signed).toEqual(namingRejected?.signed);
    expect([naming?.branch, namingRejected?.branch]).toEqual(['accepted', 'rejected']);
  });

  it.each(['samples.json', 'false_positives.json', 'accepted_and_rejected.json', 'positive/samples.json'])(
    'takes no verdict from the name %s',
    (path) => {
      expect(reviewComments.detect(sampleOf(positive.text, path))).toBeUndefined();
      const [record] = recordsOf(positive.text, 'elements');
      expect(reviewComments.normalize(record!, { path, options: {} })).toMatchObject([{ refused: 'missing_field' }]);
    },
  );

  it('takes the verdict from the options where the name says nothing, and never against the name', () => {
    const [record] = recordsOf(positive.text, 'elements');
    const options = { verdict: 'rejected' };
    expect(reviewComments.normalize(record!, { path: 'samples.json', options })).toMatchObject([
      { branch: 'rejected' },
      { branch: 'rejected' },
    ]);
    expect(reviewComments.normalize(record!, { path: positive.path, options })).toMatchObject([
      { branch: 'accepted' },
      { branch: 'accepted' },
    ]);
  });

  it.each([
    ['a pull request that is no object', 'not_an_object', 'pull request', 'sundial', '/3'],
    ['a pull request without an address', 'missing_field', 'githubPrUrl', { comments: [] }, '/3'],
    ['a pull request without comments', 'missing_field', 'comments', { githubPrUrl: PULL, comments: [] }, '/3'],
    ['a comment that is no object', 'not_an_object', 'comment', { githubPrUrl: PULL, comments: ['nice'] }, '/3/comments/0'],
    ['a comment without words', 'missing_field', 'note', { githubPrUrl: PULL, comments: [{ path: 'shadow.py' }] }, '/3/comments/0'],
  ])('refuses %s', (_name, reason, where, value, pointer) => {
    const drafts = reviewComments.normalize({ value, locator: { pointer: '/3' }, line: 2 }, { path: positive.path, options: {} });
    expect(drafts).toEqual([{ refused: reason, detail: expect.stringContaining(where), locator: { pointer }, line: 2 }]);
  });

  it('refuses a pull request that would have to be repeated with too many comments', () => {
    const comments = Array.from({ length: 100 }, () => ({ note: 'Name the angle.', path: 'sundial/shadow.py' }));
    const value = { githubPrUrl: PULL, comments, description: 'x'.repeat(100_000) };
    const drafts = reviewComments.normalize({ value, locator: { pointer: '/0' }, line: 0 }, { path: 'positive_samples.json', options: {} });
    expect(drafts).toEqual([expect.objectContaining({ refused: 'too_large', locator: { pointer: '/0' } })]);
    const fewer = reviewComments.normalize(
      { value: { ...value, description: 'x' }, locator: { pointer: '/0' }, line: 0 },
      { path: 'positive_samples.json', options: {} },
    );
    expect(fewer).toHaveLength(100);
  });
});
