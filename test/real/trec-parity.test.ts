import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  evaluateRankings,
  isMeasure,
  NOT_COMPUTED,
  openRunReader,
  parseMeasure,
  readQrels,
  type EvaluationRules,
  type Measure,
} from '../../domain/measures/index.ts';
import { DATA, isPresent } from './real-data.ts';

const FIXTURES = join(DATA, 'metric-fixtures/trec_eval/test');
const read = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

/** Measures that are computed here, with gains, weights or recalls of one's own, which are not. */
const PARAMETRISED = ['ndcg_1=3,2=9,4=4.5', 'utility_2,-1,0,0', '11pt_avg_.25,.5,.75'];
/** What trec_eval prints and nothing here computes, so that a name that gets lost elsewhere shows. */
const UNSUPPORTED: readonly string[] = [...NOT_COMPUTED, ...PARAMETRISED];

interface Case {
  readonly expected: string;
  readonly qrels: string;
  readonly run: string;
  readonly rules?: Partial<EvaluationRules>;
}

const CASES: readonly Case[] = [
  { expected: 'out.test', qrels: 'qrels.test', run: 'results.test' },
  { expected: 'out.test', qrels: 'qrels.test.with-comments', run: 'results.test' },
  { expected: 'out.comment.test', qrels: 'qrels.comment.test', run: 'results.comment.test' },
  { expected: 'out.test.a', qrels: 'qrels.test', run: 'results.test' },
  { expected: 'out.test.aq', qrels: 'qrels.test', run: 'results.test' },
  { expected: 'out.test.aqc', qrels: 'qrels.test', run: 'results.trunc', rules: { isComplete: true } },
  { expected: 'out.test.aqcM', qrels: 'qrels.test', run: 'results.trunc', rules: { isComplete: true, mostDocs: 100 } },
  { expected: 'out.test.aql', qrels: 'qrels.rel_level', run: 'results.test', rules: { relevanceLevel: 2 } },
  { expected: 'out.test.meas_params', qrels: 'qrels.test', run: 'results.test' },
];

const RULES: EvaluationRules = { relevanceLevel: 1, isJudgedOnly: false, mostDocs: null, isComplete: false, countsHopeless: true };

interface Printed {
  readonly name: string;
  readonly query: string;
  readonly value: string;
}

function printedIn(name: string): Printed[] {
  return read(name)
    .trim()
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()) as [string, string, string])
    .map(([measure, query, value]) => ({ name: measure, query, value }));
}

function evaluate({ qrels, run, rules }: Case, measures: readonly Measure[]) {
  const reader = openRunReader(run, { isTwinAllowed: false });
  reader.feed(new TextEncoder().encode(read(run)));
  return evaluateRankings(readQrels(read(qrels), qrels), reader.finish(), measures, { ...RULES, ...rules });
}

describe.skipIf(!isPresent)('what trec_eval prints, to its four decimals', () => {
  test.each(CASES)('$expected from $qrels and $run', (given) => {
    const printed = printedIn(given.expected);
    const names = [...new Set(printed.map(({ name }) => name))];
    const parsed = names.map((name) => ({ name, measure: parseMeasure(name) }));
    const left = parsed.filter(({ measure }) => !isMeasure(measure)).map(({ name }) => name.replace(/^relstring_\d+$/, 'relstring'));
    expect(left.filter((name) => !UNSUPPORTED.includes(name))).toEqual([]);
    const measures = parsed.flatMap(({ name, measure }) => (isMeasure(measure) ? [{ name, measure }] : []));
    console.log(`${given.expected}: ${measures.length} measures, unsupported: ${left.join(', ') || 'none'}`);
    const evaluation = evaluate(
      given,
      measures.map(({ measure }) => measure),
    );
    const byQuery = new Map(evaluation.perQuery.map(({ id, values }) => [id, values]));
    let compared = 0;
    for (const { name, query, value } of printed) {
      const at = measures.findIndex((candidate) => candidate.name === name);
      if (at < 0) continue;
      const values = query === 'all' ? evaluation.values : byQuery.get(query);
      const digits = value.includes('.') ? 4 : 0;
      expect(values?.[at]?.toFixed(digits), `${name}, ${query}`).toBe(value);
      expect(measures[at]!.measure.trecName, name).toBe(name);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
  });

  test('another order of ties is noticed', () => {
    const given = CASES[3]!;
    const map = parseMeasure('P_20');
    if (!isMeasure(map)) throw new Error('P_20 is a measure');
    const reader = openRunReader('results.test', { isTwinAllowed: false });
    reader.feed(new TextEncoder().encode(read(given.run)));
    const rankings = new Map([...reader.finish()].map(([id, docs]) => [id, docs.keys().toReversed()]));
    const { values } = evaluateRankings(readQrels(read(given.qrels), given.qrels), rankings, [map], RULES);
    expect(values[0]!.toFixed(4)).not.toBe('0.3667');
  });
});
