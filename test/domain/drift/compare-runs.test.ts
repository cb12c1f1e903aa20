import { describe, expect, test } from 'vitest';
import { compareRuns, type RunFacts } from '../../../domain/drift/index.ts';
import { driftReportSchema } from '../../../schemas/drift-report.ts';

const facts = (changes: Partial<RunFacts> = {}): RunFacts => ({
  run_id: 'monday',
  identity: { input: 'i1', config: 'c1', code: 'v1', rules: 'r1', verdicts: '', evaluation: '', releases: '' },
  counts: { records: 1000, accepted: 400 },
  digests: { materialize: 'm1', score: 's1', export: 'e1' },
  ...changes,
});

const counted = (old: number, fresh: number) => {
  const identity = { input: 'i2', config: 'c1', code: 'v1', rules: 'r1', verdicts: '', evaluation: '', releases: '' };
  const report = compareRuns(facts({ run_id: 'tuesday', identity, counts: { rows: fresh } }), facts({ counts: { rows: old } }));
  return report.metrics.find(({ metric }) => metric === 'rows');
};

describe('compareRuns', () => {
  test('the first run has nothing to be compared with', () => {
    expect(compareRuns(facts(), undefined)).toEqual({
      schema: 'drift-report/1',
      run_id: 'monday',
      against: null,
      severity: 'ok',
      reason: 'this is the first run',
      metrics: [],
    });
  });

  test('the same again is ok, number by number', () => {
    const report = driftReportSchema.parse(compareRuns(facts({ run_id: 'tuesday' }), facts()));
    expect(report).toMatchObject({
      run_id: 'tuesday',
      against: 'monday',
      severity: 'ok',
      reason: 'same input, config, code and rules; same result',
    });
    expect(report.metrics.map(({ metric, severity }) => `${metric} ${severity}`)).toEqual([
      'materialize_digest ok',
      'score_digest ok',
      'export_digest ok',
      'records ok',
      'accepted ok',
    ]);
  });
});

describe('a count', () => {
  test.each([
    // A change of up to 20 % needs no word, however many rows it is.
    [1000, 1200, 'ok', 0.2, 'within 20 %'],
    [100_000, 81_000, 'ok', -0.19, 'within 20 %'],
    // 1.96 × sqrt(1000 + 1300) = 94.0, and 300 is more.
    [1000, 1300, 'warn', 0.3, 'moved by 300, chance explains 94.0'],
    // 1.96 × sqrt(100 + 50) = 24.0, and 50 is more.
    [100, 50, 'warn', -0.5, 'moved by -50, chance explains 24.0'],
    // 1.96 × sqrt(10 + 15) = 9.8: half as many again, and yet no more than chance.
    [10, 15, 'ok', 0.5, 'within what chance explains'],
    // 1.96 × sqrt(10 + 20) = 10.7 explains 10; 1.96 × sqrt(10 + 21) = 10.9 does not explain 11.
    [10, 20, 'ok', 1, 'within what chance explains'],
    [10, 21, 'warn', 1.1, 'moved by 11, chance explains 10.9'],
    // From nothing: 1.96 × sqrt(3) = 3.4 explains 3; 1.96 × sqrt(4) = 3.9 does not explain 4.
    [0, 3, 'ok', null, 'within what chance explains'],
    [0, 4, 'warn', null, 'moved by 4, chance explains 3.9'],
    [4, 0, 'warn', -1, 'moved by -4, chance explains 3.9'],
    [0, 0, 'ok', 0, 'within 20 %'],
  ])('from %d to %d: %s', (old, fresh, severity, change, reason) => {
    const metric = counted(old, fresh);
    expect(metric).toMatchObject({ old, new: fresh, severity, reason });
    if (change === null) expect(metric?.change).toBeNull();
    else expect(metric?.change).toBeCloseTo(change, 12);
  });

  test('that was not kept before is compared with none', () => {
    const report = compareRuns(facts({ run_id: 'tuesday', counts: { pairs: 9 } }), facts());
    expect(report.metrics.at(-1)).toMatchObject({ metric: 'pairs', old: 0, new: 9, change: null, severity: 'warn' });
  });

  test('that warns makes the whole report warn', () => {
    const report = compareRuns(facts({ run_id: 'tuesday', counts: { records: 2000, accepted: 400 } }), facts());
    expect(report.severity).toBe('warn');
  });
});

describe('a digest', () => {
  const scoredAnew = { digests: { materialize: 'm1', score: 's2', export: 'e2' } };

  test('that changed although nothing else did is an alert that names the first stage', () => {
    const report = compareRuns(facts({ run_id: 'tuesday', ...scoredAnew }), facts());
    expect(report).toMatchObject({
      severity: 'alert',
      reason: 'score gave another result from the same input, config, code and rules',
    });
    expect(report.metrics.slice(0, 3).map(({ metric, severity, old, new: fresh }) => [metric, severity, old, fresh])).toEqual([
      ['materialize_digest', 'ok', 'm1', 'm1'],
      ['score_digest', 'alert', 's1', 's2'],
      ['export_digest', 'alert', 'e1', 'e2'],
    ]);
  });

  test('an alert outweighs a warning', () => {
    const report = compareRuns(facts({ run_id: 'tuesday', ...scoredAnew, counts: { records: 2000, accepted: 400 } }), facts());
    expect(report.severity).toBe('alert');
  });

  test.each([
    ['input', 'the input changed'],
    ['config', 'the config changed'],
    ['code', 'the code version changed'],
    ['rules', 'a rule or adapter version changed'],
  ] as const)('may change when the %s did, and that is the reason given', (part, reason) => {
    const identity = { ...facts().identity, [part]: 'another' };
    const report = compareRuns(facts({ run_id: 'tuesday', identity, ...scoredAnew }), facts());
    expect(report).toMatchObject({ severity: 'ok', reason });
    expect(report.metrics[1]).toMatchObject({ metric: 'score_digest', severity: 'ok', reason: 'another result' });
  });

  test('verdicts of people explain another result', () => {
    const identity = { input: 'i1', config: 'c1', code: 'v1', rules: 'r1', verdicts: 'd1', evaluation: '', releases: '' };
    const report = compareRuns(facts({ run_id: 'tuesday', identity, digests: { materialize: 'm1', score: 's2', export: 'e2' } }), facts());
    expect([report.severity, report.reason]).toEqual(['ok', 'people decided about records']);
  });

  test('every change is named', () => {
    const report = compareRuns(
      facts({
        run_id: 'tuesday',
        identity: { input: 'i2', config: 'c2', code: 'v1', rules: 'r1', verdicts: '', evaluation: '', releases: '' },
      }),
      facts(),
    );
    expect(report.reason).toBe('the input changed; the config changed');
  });

  test('of a stage that the run before did not reach says nothing', () => {
    const report = compareRuns(facts({ run_id: 'tuesday' }), facts({ digests: { materialize: 'm1' } }));
    expect(report.severity).toBe('ok');
    expect(report.metrics[1]).toMatchObject({ metric: 'score_digest', old: null, new: 's1', severity: 'ok' });
  });
});
