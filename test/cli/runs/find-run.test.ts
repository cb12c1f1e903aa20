import { describe, expect, test } from 'vitest';
import { findRunId } from '../../../cli/runs/find-run.ts';
import { UsageError } from '../../../domain/shared/errors.ts';

const MORNING = '20260302T081500000Z-a1b2c3';
const NOON = '20260302T120000000Z-0f0f0f';
const NEXT_DAY = '20260303T081500000Z-a1b2c3';
const IDS = [NEXT_DAY, NOON, MORNING];

describe('a run is found', () => {
  test('by its whole id, also when another id begins with it', () => {
    expect(findRunId([`${MORNING}-again`, MORNING], MORNING)).toBe(MORNING);
  });
  test('by a beginning that no other id shares', () => {
    expect(findRunId(IDS, '20260303')).toBe(NEXT_DAY);
    expect(findRunId(IDS, '20260302T1')).toBe(NOON);
  });
});

describe('a refusal', () => {
  test('names the ids that share the beginning', () => {
    expect(() => findRunId(IDS, '20260302T')).toThrow(`found that of 2: ${NOON}, ${MORNING}.`);
  });
  test('names no more than three of them', () => {
    const many = ['1', '2', '3', '4'].map((last) => `20260302-${last}`);
    expect(() => findRunId(many, '2026')).toThrow('found that of 4: 20260302-1, 20260302-2, 20260302-3, ….');
  });
  test('names the nearest id when none begins so', () => {
    expect(() => findRunId(IDS, '20260302T120000001Z-0f0f0f')).toThrow(`none; the nearest is ${NOON}.`);
  });
  test('says that there are no runs at all', () => {
    expect(() => findRunId([], MORNING)).toThrow('found no runs in this workspace');
  });
  test('does not take nothing for the beginning of the only run', () => {
    expect(() => findRunId([MORNING], '')).toThrow(UsageError);
  });
});
