import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { buildHaystack, effectiveDate, questionCollection, sessionSlug, sessionsOf } from '../../../domain/longmemeval/index.ts';
import type { LongMemEvalQuestion } from '../../../schemas/longmemeval-question.ts';
import { taleQuestions } from '../../support/longmemeval-tales.ts';

const [TALE] = taleQuestions(1) as [LongMemEvalQuestion];
const turns = (content: string) => [{ role: 'user', content }];
const withSessions = (more: Partial<LongMemEvalQuestion>): LongMemEvalQuestion => ({
  ...TALE,
  haystack_session_ids: null,
  haystack_dates: null,
  ...more,
});

describe('LME-1: pages of a haystack', () => {
  test('three sessions with dates are three pages with stable opaque slugs and dates', () => {
    const question = withSessions({
      haystack_sessions: [turns('The pier is closed.'), turns('The buoy is green.'), turns('Low tide is at noon.')],
      haystack_session_ids: ['moor_1', 'moor_2', 'moor_3'],
      haystack_dates: ['2023/05/21 (Sun) 19:50', '2023/05/22 (Mon) 08:00', '2023/05/23'],
    });
    const { pages, rawIds } = buildHaystack(question, sha256);
    expect(pages.map(({ slug }) => slug)).toEqual(
      ['moor_1', 'moor_2', 'moor_3'].map((id) => `chat/${sha256(`${TALE.question_id}\n${id}`).slice(0, 12)}`),
    );
    expect(pages.map((page) => page.effective_date)).toEqual(['2023-05-21T19:50:00Z', '2023-05-22T08:00:00Z', '2023-05-23']);
    expect([...rawIds.values()]).toEqual(['moor_1', 'moor_2', 'moor_3']);
    expect(buildHaystack(question, sha256)).toEqual(buildHaystack(question, sha256));
  });

  test('without dates no page has one, and neither has the side map', () => {
    const { pages, dates } = buildHaystack(withSessions({ haystack_sessions: [turns('Fog.'), turns('Ice.'), turns('Thaw.')] }), sha256);
    expect(pages).toHaveLength(3);
    expect(pages.some((page) => 'effective_date' in page || 'effective_date_source' in page)).toBe(false);
    expect(dates.size).toBe(0);
  });

  test('nothing of a page tells what the dataset knows', () => {
    const text = JSON.stringify(buildHaystack(taleQuestions(3)[2]!, sha256).pages);
    expect(text).not.toMatch(/answer_|has_answer|4fd7631|tale_/);
  });
});

describe('LME-2: both forms of sessions', () => {
  test('turn arrays take ids and dates from the lists beside them, objects their own', () => {
    const listed = withSessions({ haystack_sessions: [turns('A')], haystack_session_ids: ['s1'], haystack_dates: ['2023/01/02'] });
    const objects = withSessions({ haystack_sessions: [{ session_id: 's1', date: '2023/01/02', turns: turns('A') }] });
    const expected = [{ rawId: 's1', date: '2023/01/02', turns: turns('A') }];
    expect(sessionsOf(listed)).toEqual(expected);
    expect(sessionsOf(objects)).toEqual(expected);
    expect(buildHaystack(objects, sha256).pages).toEqual(buildHaystack(listed, sha256).pages);
  });

  test('missing ids become lme_<question id>_<place>, counted from 0, each by itself', () => {
    const question = withSessions({ haystack_sessions: [turns('A'), turns('B'), turns('C')], haystack_session_ids: [null, 'kept'] });
    expect(sessionsOf(question).map(({ rawId }) => rawId)).toEqual(['lme_tale_001_0', 'kept', 'lme_tale_001_2']);
  });
});

describe('sessions that come twice', () => {
  const ids = ['twin', 'twin', 'other'];

  test('equal ones are stored once, and told', () => {
    const { pages, duplicates } = buildHaystack(
      withSessions({ haystack_sessions: [turns('A'), turns('A'), turns('B')], haystack_session_ids: ids }),
      sha256,
    );
    expect(pages).toHaveLength(2);
    expect(duplicates).toEqual(['twin']);
  });

  test('different ones are both stored, and both are the same session', () => {
    const { pages, rawIds, duplicates } = buildHaystack(
      withSessions({ haystack_sessions: [turns('A'), turns('C'), turns('B')], haystack_session_ids: ids }),
      sha256,
    );
    expect(new Set(pages.map(({ slug }) => slug)).size).toBe(3);
    expect(pages.map(({ slug }) => rawIds.get(slug))).toEqual(ids);
    expect(duplicates).toEqual(['twin']);
  });
});

test('a slug is of its question, and the name of a collection hides whether its question can be answered', () => {
  expect(sessionSlug('q1', 's', 1, sha256)).not.toBe(sessionSlug('q2', 's', 1, sha256));
  expect(questionCollection('ferry_abs', sha256)).toMatch(/^longmemeval-[0-9a-f]{12}$/);
});

test.each([
  ['2023/05/21 (Sun) 19:50', '2023-05-21T19:50:00Z'],
  ['2023-05-21', '2023-05-21'],
  ['2023-05-21T19:50:00Z', '2023-05-21T19:50:00Z'],
  ['2023/02/30 (Thu) 10:00', undefined],
  ['2023/05/21 (Sun) 25:00', undefined],
  ['last Sunday', undefined],
  ['', undefined],
  [null, undefined],
])('the date %j is %j', (written, moment) => {
  expect(effectiveDate(written)).toBe(moment);
});
