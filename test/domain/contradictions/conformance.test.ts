import { describe, expect, test } from 'vitest';
import {
  filterByDates,
  hotPages,
  outcomeOfCall,
  proposeResolution,
  readDates,
  readSeverity,
  readVerdict,
  truncateForJudge,
  type CandidatePair,
  type DateInterval,
} from '../../../domain/contradictions/index.ts';
import { readSourceBoosts, tierOf } from '../../../domain/search/index.ts';
import type { ContradictionEnd } from '../../../schemas/contradiction-report.ts';
import type { ContradictionVerdict } from '../../../schemas/vocabulary.ts';

const DAY_MS = 86_400_000;

function end(text: string, more: Partial<ContradictionEnd> = {}): ContradictionEnd {
  return {
    slug: 'harbour/log',
    source_id: 'default',
    chunk_id: 0,
    take_id: null,
    take_row_num: null,
    source_tier: 'other',
    holder: null,
    text,
    effective_date: null,
    effective_date_source: null,
    ...more,
  };
}

function days(text: string): string[][] {
  const told = ({ firstDay, lastDay }: DateInterval): string => {
    const [first, last] = [firstDay, lastDay].map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));
    return first === last ? first! : `${first}..${last}`;
  };
  return readDates(text).map(({ readings }) => readings.map(told));
}

describe('dates', () => {
  test.each<[string, string[][]]>([
    ['2024-08-12', [['2024-08-12']]],
    ['2024/08/12', [['2024-08-12']]],
    ['Q2 2024', [['2024-04-01..2024-06-30']]],
    ['2024', [['2024-01-01..2024-12-31']]],
    ['from 2024-08-12 to 2024-09-01', [['2024-08-12'], ['2024-09-01']]],
    ['2024-08-12 and again 2024/08/12', [['2024-08-12']]],
  ])('DAT-1: %j', (text, expected) => expect(days(text)).toEqual(expected));

  test.each(['1066', '3050', 'the tide was high', ''])('DAT-2: %j holds none', (text) => expect(days(text)).toEqual([]));

  test('DAT-3: both explicit and more than 30 days apart are skipped', () => {
    expect(filterByDates(end('opened 2024-01-10'), end('opened 2024-02-10'))).toEqual({
      decision: 'skip',
      reason: 'both_explicit_separated',
    });
    expect(filterByDates(end('opened 2024-01-10'), end('opened 2024-02-09'))).toEqual({ decision: 'keep', reason: 'overlapping_or_close' });
    // 12/05/2024 is the 5th of December or the 12th of May: it is close to the latter.
    expect(filterByDates(end('on 12/05/2024'), end('on 2024-05-20')).decision).toBe('keep');
  });

  test('DAT-5: one or none dated is kept', () => {
    expect(filterByDates(end('opened 2024-01-10'), end('opened early')).reason).toBe('one_or_both_missing_dates');
    expect(filterByDates(end('opened'), end('opened early')).reason).toBe('one_or_both_missing_dates');
  });

  test('DAT-6: a paragraph of two dates wins over all; a blank line ends a paragraph', () => {
    const dual = end('built 2020-01-01, rebuilt 2023-05-05');
    expect(filterByDates(dual, end('2010-01-01', { effective_date: '2010-01-01' })).reason).toBe('same_paragraph_dual_date');
    expect(filterByDates(end('built 2020-01-01\n\nrebuilt 2023-05-05'), end('opened')).reason).toBe('one_or_both_missing_dates');
  });

  test('DAT-7: dates of both pages win over dates of both texts; an empty one is missing, and that of an import is none', () => {
    const dated = { effective_date: '2024-01-01', effective_date_source: 'front_matter' };
    const [one, other] = ['opened 2020-01-10', 'opened 2024-02-10'];
    expect(filterByDates(end(one, dated), end(other, dated)).reason).toBe('both_have_effective_date');
    expect(filterByDates(end(one, { ...dated, effective_date: '' }), end(other, dated)).reason).toBe('both_explicit_separated');
    const imported = { ...dated, effective_date_source: 'import' };
    expect(filterByDates(end(one, imported), end(other, dated)).reason).toBe('both_explicit_separated');
  });

  test.each<[string, string[][]]>([
    ['$2000', []],
    ['Q3 2024', [['2024-07-01..2024-09-30']]],
    ['2024-13-45', []],
    ['Mayor 2024', [['2024-01-01..2024-12-31']]],
    ['Decade 2020', [['2020-01-01..2020-12-31']]],
    ['January 5th, 2024', [['2024-01-05']]],
    ['5 January 2024', [['2024-01-05']]],
    ['February 2024', [['2024-02-01..2024-02-29']]],
    ['2023-02-29', []],
    ['12/05/2024', [['2024-12-05', '2024-05-12']]],
    ['25/12/2024', [['2024-12-25']]],
    ['12/12/2024', [['2024-12-12']]],
    ['31/02/2024', []],
    ['the 5th of January 2024', [['2024-01-05']]],
    ['Sept. 5, 2024', [['2024-09-05']]],
    ['€ 1999 and 2000 € and £2,024.50', []],
    ['Marchand 2024', [['2024-01-01..2024-12-31']]],
    ['August 12, 2024, which is 2024-08-12', [['2024-08-12']]],
    ['Q5 2024', []],
  ])('DAT-9: %j', (text, expected) =>
    expect(days(text).map((readings) => readings.sort())).toEqual(expected.map((readings) => readings.sort())),
  );
});

describe('verdicts', () => {
  const said = (more: object): string =>
    JSON.stringify({
      verdict: 'contradiction',
      severity: 'high',
      axis: 'tide',
      confidence: 0.9,
      resolution_kind: 'manual_review',
      ...more,
    });

  test('JDG-1: a contradiction below .70 is none', () => {
    expect(readVerdict(said({ confidence: 0.69 }))).toMatchObject({ verdict: 'no_contradiction', axis: '', resolution_kind: null });
    expect(readVerdict(said({ confidence: 0.7 }))).toMatchObject({ verdict: 'contradiction', axis: 'tide' });
  });

  test('JDG-2: other verdicts have no floor', () => {
    expect(readVerdict(said({ verdict: 'temporal_supersession', confidence: 0.3 }))?.verdict).toBe('temporal_supersession');
  });

  test.each<[ContradictionVerdict, string]>([
    ['contradiction', 'medium'],
    ['temporal_regression', 'high'],
    ['temporal_supersession', 'info'],
    ['temporal_evolution', 'info'],
    ['negation_artifact', 'low'],
    ['no_contradiction', 'info'],
  ])('JDG-4: an unknown severity of %s is %s', (verdict, severity) => {
    expect(readVerdict(said({ verdict, severity: 'terrible' }))?.severity).toBe(severity);
    expect(readSeverity('terrible')).toBe('low');
  });

  test.each([
    `\`\`\`json\n${said({})}\n\`\`\``,
    `Let me think {about tides. ${said({})}`,
    `[${said({})}]`,
    '{"contradicts": true, "confidence": "0.88"}',
  ])('JDG-5: %j is read', (answer) => expect(readVerdict(answer)?.verdict).toBe('contradiction'));

  test.each([
    '',
    'yes, they contradict',
    said({ verdict: 'maybe' }),
    said({ confidence: 'high' }),
    said({ confidence: null }),
    said({ confidence: '0x1' }),
  ])('an answer without a verdict is an error: %j', (text) =>
    expect(outcomeOfCall({ state: 'answered', text })).toEqual({ state: 'error', error: 'parse_fail' }),
  );

  test('JDG-6: no code point is split', () => expect(truncateForJudge('tide 🌊', 6)).toBe('tide '));

  test('errors of a judge go by their kind, whatever the words', () => {
    expect(outcomeOfCall({ state: 'failed', kind: 'timeout' })).toEqual({ state: 'error', error: 'timeout' });
    expect(outcomeOfCall({ state: 'failed', kind: 'http_5xx' })).toEqual({ state: 'error', error: 'http_5xx' });
    expect(outcomeOfCall({ state: 'failed', kind: 'http_4xx' })).toEqual({ state: 'error', error: 'unknown' });
  });
});

test('HOT-1: a page on both ends counts once; appearances, then severity', () => {
  const [log, chart, buoy] = ['log', 'chart', 'buoy'].map((slug) => end('', { slug }));
  const pages = hotPages([
    { a: log!, b: log!, severity: 'low' },
    { a: log!, b: chart!, severity: 'medium' },
    { a: buoy!, b: chart!, severity: 'high' },
  ]);
  expect(pages.map(({ slug, appearances, max_severity }) => [slug, appearances, max_severity])).toEqual([
    ['chart', 2, 'high'],
    ['log', 2, 'medium'],
    ['buoy', 1, 'high'],
  ]);
});

test('TIR-1: tiers by the folder of a page, in whatever case', () => {
  const boosts = readSourceBoosts('brain', undefined);
  const tiers = (slugs: string[]): string[] => slugs.map((slug) => tierOf(slug, boosts));
  expect(new Set(tiers(['originals/a', 'Concepts/a', 'writing/a', 'people/a', 'companies/a', 'media/articles/a']))).toEqual(
    new Set(['curated']),
  );
  expect(new Set(tiers(['daily/a', 'media/x/a', 'openclaw/chat/a']))).toEqual(new Set(['bulk']));
  expect(new Set(tiers(['yc/a', 'civic/a', 'somewhere/a', '']))).toEqual(new Set(['other']));
});

describe('resolutions', () => {
  const verdict = { verdict: 'contradiction', severity: 'medium', axis: '', confidence: 0.9, resolution_kind: null } as const;
  const pair = (a: ContradictionEnd, b: ContradictionEnd, kind: CandidatePair['kind'] = 'cross_slug_chunks'): CandidatePair => ({
    kind,
    a,
    b,
    combined_score: 1,
  });

  test('RES-1: a take gives way on its page, in its row', () => {
    const take = end('I say nine', { take_row_num: 4, chunk_id: null });
    expect(proposeResolution('0123456789abcdef', pair(end('six'), take, 'intra_page_chunk_take'), verdict)).toEqual({
      resolution_kind: 'takes_supersede',
      resolution_command:
        'lauter eval contradictions review --resolve 0123456789abcdef --as takes_supersede --page default::harbour/log --row 4',
    });
  });

  test('a take gives way whatever became of the facts with time', () => {
    const take = end('I say nine', { take_row_num: 4, chunk_id: null });
    const later = { ...verdict, verdict: 'temporal_supersession' } as const;
    expect(proposeResolution('00', pair(end('six'), take, 'intra_page_chunk_take'), later).resolution_command).toContain('--row 4');
  });

  test('a curated end is written anew, two others are reviewed, and what time did is noted', () => {
    const curated = end('six', { slug: "people/o'neil" });
    expect(proposeResolution('00', pair(end('nine'), curated), verdict)).toEqual({
      resolution_kind: 'dream_synthesize',
      resolution_command: `lauter eval contradictions review --resolve 00 --as dream_synthesize --page 'default::people/o'\\''neil'`,
    });
    expect(proposeResolution('00', pair(end('nine'), end('six')), verdict).resolution_kind).toBe('manual_review');
    expect(proposeResolution('00', pair(end('nine'), curated), { ...verdict, resolution_kind: 'takes_mark_debate' }).resolution_kind).toBe(
      'manual_review',
    );
    const timely = (said: ContradictionVerdict): string =>
      proposeResolution('00', pair(end('nine'), curated), { ...verdict, verdict: said }).resolution_kind;
    expect(
      ['temporal_supersession', 'temporal_regression', 'temporal_evolution'].map((said) => timely(said as ContradictionVerdict)),
    ).toEqual(['temporal_supersede', 'flag_for_review', 'log_timeline_change']);
  });
});
