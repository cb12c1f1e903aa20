import { resolve } from 'node:path';
import { readTextFile } from '../../adapters/gate/read-rows.ts';
import { firstKeys, measureJaccard, measureRankOverlap, readKeys } from '../../domain/measures/index.ts';
import type { OverlapReport } from '../../schemas/statistics-reports.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { Io } from '../io.ts';

export interface StatsRboOptions extends GlossaryChoice {
  readonly p: number;
  readonly json?: boolean;
}

/** `lauter stats rbo LIST_A LIST_B`: how much two rankings agree, the first places most. */
export function statsRbo(io: Io, listA: string, listB: string, options: StatsRboOptions): ExitCode {
  const { p, json } = options;
  const [a, b] = [listA, listB].map((name) => firstKeys(readKeys(readTextFile(resolve(io.cwd, name), name).text, name))) as [
    string[],
    string[],
  ];
  const report: OverlapReport = {
    schema_version: 1,
    rbo: measureRankOverlap(a, b, p),
    jaccard: measureJaccard(a, b),
    p,
    n_a: a.length,
    n_b: b.length,
  };
  io.out(json === true ? JSON.stringify(report) : tell(report) + glossaryBelow(options, ['rbo', 'jaccard']));
  return EXIT.accepted;
}

function tell({ rbo, jaccard, p, n_a, n_b }: OverlapReport): string {
  return `${rbo.toFixed(6)}: rank-biased overlap of ${n_a} and ${n_b} keys at p ${p}; Jaccard ${jaccard.toFixed(6)}`;
}
