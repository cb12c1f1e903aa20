import type { Breach } from '../../schemas/gate-report.ts';
import type { Baseline } from './baseline.ts';
import { hashContent, hashQuery, hashSource } from './hashes.ts';

/** `content`: what the rows hold is what was published. `queries_only`: nobody can tell; only what was asked is. */
export type Attestation = 'content' | 'queries_only';

/** What a baseline attests of itself, and in what it is not what was published. */
export interface BaselineVerification {
  readonly attestation: Attestation;
  readonly breaches: readonly Breach[];
}

/** Holds the rows of a baseline against its header: their number, each query hash, the hash of the queries, and that of the content where there is one. */
export function verifyBaseline({ header, rows }: Baseline): BaselineVerification {
  const content = header.content_hash ?? null;
  const strays = rows.flatMap(({ query, query_hash }, at) => (hashQuery(query) === query_hash ? [] : [at + 1]));
  const faults = [
    ...strays.slice(0, MOST_ROWS_NAMED).map((row) => `row ${row}: expected the query_hash of its query, found another one`),
    ...differenceOf('source_hash', header.source_hash, hashSource(rows.map(({ query_hash }) => query_hash))),
    ...(content === null
      ? []
      : differenceOf('content_hash', content, hashContent(rows, header.corpus_hash ?? null, header.knob_hash ?? null))),
  ];
  return {
    attestation: content === null ? 'queries_only' : 'content',
    breaches: [
      ...(rows.length === header.row_count ? [] : [rowCountBreach(header.row_count, rows.length)]),
      ...(faults.length === 0 ? [] : [contentBreach(faults.join('; '))]),
    ],
  };
}

const MOST_ROWS_NAMED = 5;

function differenceOf(field: string, expected: string, found: string): string[] {
  return expected === found ? [] : [`${field}: expected ${expected}, found ${found}`];
}

function rowCountBreach(expected: number, found: number): Breach {
  return { metric: 'baseline_row_count', observed: found, threshold: expected, reason: 'baseline_tampered', failure_origin: 'input' };
}

function contentBreach(error_tail: string): Breach {
  return { metric: 'baseline_content_hash', reason: 'baseline_tampered', error_tail, failure_origin: 'input' };
}
