import { openRepository } from '../../adapters/git/repository.ts';
import { joinHashes, judgeGates, NOT_ASKED } from '../../domain/gate/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { GateReport } from '../../schemas/gate-report.ts';
import type { Io } from '../io.ts';
import { VERSION } from '../version.ts';
import type { CorrectnessOutcome } from './run-correctness.ts';
import type { RegressionOutcome } from './run-regression.ts';
import { gateMeta } from './report-meta.ts';
import type { SearchScene } from './search-scene.ts';

/** What both gates came to, and under which circumstances. */
export async function assembleGateReport(
  io: Io,
  scene: SearchScene,
  regression: RegressionOutcome | null,
  correctness: CorrectnessOutcome | null,
  startedAt: string,
): Promise<GateReport> {
  const { embedder, collection, retriever } = scene;
  const metas = [...(regression?.rows.flatMap(({ meta }) => meta ?? []) ?? []), ...(correctness?.metas ?? [])];
  const corpora = [...new Set(metas.map(({ corpus_hash }) => corpus_hash))];
  const corpusHash = corpora.length === 1 ? (corpora[0] ?? null) : null;
  const before = regression?.baseline?.header.corpus_hash ?? null;
  const gates = { regression_gate: regression?.gate ?? NOT_ASKED, correctness_gate: correctness?.gate ?? NOT_ASKED };
  const report: Omit<GateReport, '_meta'> = {
    schema_version: 1,
    verdict: judgeGates(gates.regression_gate, gates.correctness_gate),
    ...gates,
    meta: {
      knob_hash: joinHashes(metas.map(({ knob_hash }) => knob_hash)),
      corpus_hash: corpusHash,
      embedder,
      degraded: [...new Set(metas.flatMap(({ degraded }) => degraded))],
      commit: await commitHere(io),
      collection,
      retriever,
      lauter_version: VERSION,
      baseline_corpus_hash: before,
      corpus_changed: before === null || corpora.length === 0 ? null : corpora.some((hash) => hash !== before),
    },
  };
  const queries = [
    ...(regression?.rows.map(({ result }) => result.query) ?? []),
    ...(correctness?.gate.summary?.per_query?.map(({ query, query_id }) => query ?? query_id) ?? []),
  ];
  const degraded = metas.map((meta) => meta.degraded);
  return { ...report, _meta: await gateMeta(io, scene, report, { startedAt, queries, degraded }) };
}

/** The commit that is checked out where the gate runs; null outside a repository. */
async function commitHere(io: Io): Promise<string | null> {
  try {
    return await (await openRepository(io.cwd, io.env)).head();
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
