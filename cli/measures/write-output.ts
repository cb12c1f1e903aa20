import { basename, dirname, resolve } from 'node:path';
import { writeRunLines } from '../../domain/measures/index.ts';
import { keepReport } from '../bench/keep-report.ts';
import { plain, type Io } from '../io.ts';
import type { MeasuredQrels } from './measure-qrels.ts';

/** Names of the two files of --output: one JSON line for each query, and the rankings as a TREC run. */
export interface OutputNames {
  readonly rows: string;
  readonly run: string;
}

/** A name that ends in .run or .trec is that of the run, any other that of the rows; the second file lies beside the first. */
export function outputNames(given: string): OutputNames {
  const stem = given.replace(/(?:\.rows)?\.(?:run|trec|ndjson|jsonl|json)$/, '');
  return /\.(?:run|trec)$/.test(given) ? { rows: `${stem}.rows.ndjson`, run: given } : { rows: given, run: `${stem}.run` };
}

/**
 * Writes the queries of each side as lines and as a run, whose scores fall strictly and whose documents are named as the judgments name them, so that
 * --run measures it to the same values. A comparison writes those of B beside those of A.
 */
export function writeOutput(io: Io, given: string, { sides, nameDoc }: MeasuredQrels): void {
  const names = outputNames(given);
  const files = sides.flatMap(({ arm: { name }, queries }, at) => {
    const mark = at === 0 ? '' : '.b';
    const rows = queries.map((query) => `${JSON.stringify({ schema_version: 1, arm: name, ...query })}\n`).join('');
    const ranked = queries.map(({ query_id, retrieved }) => ({ id: query_id, docs: retrieved.map(({ key }) => nameDoc(key)) }));
    const run = ranked.map(({ id, docs }) => writeRunLines(id, docs, `lauter-${name}`)).join('');
    return [
      { name: resolve(io.cwd, beside(names.rows, mark)), text: rows },
      { name: resolve(io.cwd, beside(names.run, mark)), text: run },
    ];
  });
  for (const { name, text } of files) keepReport(dirname(name), [{ name: basename(name), text }]);
  io.err(`written: ${files.map(({ name }) => plain(name)).join(', ')}`);
}

function beside(name: string, mark: string): string {
  return mark === '' ? name : name.replace(/(\.[^./\\]+)?$/, (ending) => `${mark}${ending}`);
}
