import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  evaluateRankings,
  isMeasure,
  openRunReader,
  parseMeasure,
  readQrels,
  type EvaluationRules,
  type Measure,
  type Qrels,
} from '../../domain/measures/index.ts';
import { DATA, isPresent } from './real-data.ts';

const readLines = <Value>(name: string): Value[] =>
  readFileSync(join(DATA, 'metric-fixtures', name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Value);

const RULES: EvaluationRules = { relevanceLevel: 1, isJudgedOnly: false, mostDocs: null, isComplete: false, countsHopeless: true };

/** A measure of ours by the name it goes by elsewhere. */
function take(name: string): Measure {
  const measure = parseMeasure(name);
  if (!isMeasure(measure)) throw new Error(`${name} ${measure.reason}`);
  return measure;
}

describe.skipIf(!isPresent)('the expected values of ir_measures', () => {
  interface Case {
    readonly measure: string;
    readonly qrels: string;
    readonly run: string;
    readonly per_query: readonly { readonly query_id: string; readonly value: number }[];
    readonly aggregate: number | null;
  }

  /** Gains of one's own are not computed here. */
  const UNSUPPORTED = ['nDCG(gains={0: 1, 1: 4})'];
  /** `NumRet(rel=…)` counts relevant documents, with the level for them. */
  const NAMES: Readonly<Record<string, string>> = { NumQ: 'num_q', NumRel: 'num_rel', NumRet: 'num_ret', Success: 'success' };

  function understand(text: string): { measure: Measure; rules: EvaluationRules } {
    const [, stem = '', given = '', cut] = /^(\w+)(?:\((.*)\))?(?: @ ([\d.]+))?$/.exec(text) ?? [];
    const options = Object.fromEntries(given.split(/, ?/).map((pair) => pair.split('=') as [string, string]));
    const name = stem === 'NumRet' && options.rel !== undefined ? 'num_rel_ret' : (NAMES[stem] ?? stem);
    const parameter = cut ?? options.beta;
    return {
      measure: take(parameter === undefined ? name : `${name}@${parameter}`),
      rules: { ...RULES, relevanceLevel: Number(options.rel ?? 1), isJudgedOnly: options.judged_only === 'True' },
    };
  }

  test('every supported case, and no other is left out', () => {
    const cases = isPresent ? readLines<Case>('ir_measures/expected_values.jsonl') : [];
    const left: string[] = [];
    for (const { measure: text, qrels, run, per_query, aggregate } of cases) {
      if (UNSUPPORTED.includes(text)) {
        left.push(text);
        continue;
      }
      const { measure, rules } = understand(text);
      const reader = openRunReader('run', { isTwinAllowed: false });
      reader.feed(new TextEncoder().encode(run));
      const { perQuery, values } = evaluateRankings(readQrels(qrels, 'qrels'), reader.finish(), [measure], rules);
      for (const { query_id, value } of per_query) {
        const found = perQuery.find(({ id }) => id === query_id)?.values[0];
        expect(found, `${text}, query ${query_id}`).toBeCloseTo(value, digitsOf(text, value));
      }
      if (aggregate !== null) expect(values[0], text).toBeCloseTo(aggregate, digitsOf(text, aggregate));
    }
    console.log(`ir_measures: ${cases.length - left.length} of ${cases.length} cases, unsupported: ${left.join(', ')}`);
    expect(cases).toHaveLength(40);
    expect(left).toEqual(UNSUPPORTED);
  });
});

/** To 1e-9 where the printed value has no more digits than it needs, else as far as it was printed, where the last digit may be cut or rounded. */
function digitsOf(text: string, value: number): number {
  const decimals = String(value).split('.')[1]?.length ?? 0;
  // Inferred precision adds an epsilon of its own.
  if (text.startsWith('infAP')) return 4;
  return decimals <= 3 || decimals >= 10 ? 9 : decimals - 1;
}

describe.skipIf(!isPresent)('the expected values of ranx', () => {
  interface Case {
    readonly metric: string;
    readonly qrels: readonly (readonly (readonly [doc: number, grade: number])[])[];
    readonly run_in_rank_order: readonly (readonly (readonly [doc: number, score: number])[])[];
    readonly expected_mean: number;
  }

  test('every case, to 1e-9', () => {
    const cases = readLines<Case>('ranx/expected_values.jsonl');
    for (const { metric, qrels, run_in_rank_order, expected_mean } of cases) {
      const judged: Qrels = {
        form: 'trec',
        queries: qrels.map((grades, index) => ({
          id: String(index),
          query: null,
          label: null,
          embeddingDim: null,
          grades: new Map(grades.map(([doc, grade]) => [String(doc), grade])),
          expectedTop1: null,
        })),
      };
      const rankings = new Map(run_in_rank_order.map((docs, index) => [String(index), docs.map(([doc]) => String(doc))]));
      const { values } = evaluateRankings(judged, rankings, [take(metric)], RULES);
      expect(values[0], metric).toBeCloseTo(expected_mean, 9);
    }
    expect(cases).toHaveLength(23);
  });
});
