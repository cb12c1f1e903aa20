import { compareRuns, type RunFacts } from '../domain/drift/index.ts';
import { EXPORT_VERSION } from '../domain/export/index.ts';
import { findBrokenLink } from '../domain/receipts/index.ts';
import { SCORER_VERSION } from '../domain/score/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { StageReceipt } from '../schemas/stage-receipt.ts';
import { STAGES, type Stage } from '../schemas/vocabulary.ts';
import { evaluationVersion } from './contamination.ts';
import type { DistillInput, StageInput } from './contract.ts';
import { readWritten } from './written-set.ts';
import { MATERIALIZE_VERSION, readPlan, type EvidenceVersion } from './materialize.ts';
import type { Ports } from './ports.ts';
import type { ScoredVersion } from './score.ts';
import { releasesOf } from './run-releases.ts';
import { runVerdictsDigest } from './run-verdicts.ts';
import { readReceipt, readVersion, saveStage } from './stage-document.ts';

/** Closes the chain of receipts over what was produced, and compares with the run before. */
export function createReceipts(ports: Ports) {
  return {
    async writeReceipts(stage: StageInput): Promise<void> {
      const { run } = stage;
      const receipts = receiptsBefore(ports, run, 'receipts');
      const facts = factsOf(ports, run, receipts);
      const drift = compareRuns(facts, latestFacts(ports, run));
      ports.runs.write(run.run_id, 'facts', facts);
      ports.runs.write(run.run_id, 'drift', drift);
      ports.output.writeReport(run.run_id, 'drift.json', `${JSON.stringify(drift, null, 2)}\n`);
      const broken = findBrokenLink(receipts, ports.digests.sha256);
      saveStage(ports, stage, 'receipts', {
        version: {},
        digest: ports.digests.sha256Of('receipts', ...receipts.map((receipt) => `${receipt.stage} ${receipt.digest}`)),
        rowsIn: receipts.length,
        rowsOut: receipts.length,
        quarantined: {},
        inputs: [],
        outputs: [],
        failures: broken === undefined ? [] : [`the receipt of ${broken.stage} does not name the one before it`],
      });
    },
  };
}

/** Receipts of the stages that are done, in order. */
export function doneReceipts(ports: Ports, run: DistillInput): StageReceipt[] {
  return receiptsOf(ports, run, STAGES);
}

/** Those of the stages before one, also when it is done again because the news that it was done got lost. */
export function receiptsBefore(ports: Ports, run: DistillInput, stage: Stage): StageReceipt[] {
  return receiptsOf(ports, run, STAGES.slice(0, STAGES.indexOf(stage)));
}

function receiptsOf(ports: Ports, run: DistillInput, stages: readonly Stage[]): StageReceipt[] {
  return stages.map((stage) => readReceipt(ports, run, stage)).filter((receipt) => receipt !== undefined);
}

function factsOf(ports: Ports, run: DistillInput, receipts: readonly StageReceipt[]): RunFacts {
  const plan = readPlan(ports, run);
  const evidence = readVersion<EvidenceVersion>(ports, run, 'materialize');
  const { categories } = readVersion<ScoredVersion>(ports, run, 'score');
  const written = readWritten(ports, run);
  const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    run_id: run.run_id,
    identity: {
      input: ports.digests.sha256Of('input', ...plan.shards.map((shard) => shard.key)),
      config: run.config_digest,
      code: run.code_version,
      rules: canonicalJson([MATERIALIZE_VERSION, SCORER_VERSION, EXPORT_VERSION]),
      verdicts: runVerdictsDigest(ports, run),
      evaluation: evaluationVersion(ports, run)?.digest ?? '',
      releases: releasesOf(ports, run),
    },
    counts: {
      records: evidence.counts.records,
      evidence: evidence.counts.records - total(evidence.counts.refused),
      quarantined: total(evidence.counts.refused),
      ...categories,
      rag: written.rag.rows,
      sft: written.sft.rows,
      preference: written.preference.rows,
    },
    digests: Object.fromEntries(receipts.map((receipt) => [receipt.stage, receipt.digest])),
  };
}

/** Facts of the most recent earlier run that came as far as having any. */
function latestFacts(ports: Ports, run: DistillInput): RunFacts | undefined {
  const earlier = ports.runs.list().find((runId) => runId < run.run_id && ports.runs.has(runId, 'facts'));
  return earlier === undefined ? undefined : ports.runs.read<RunFacts>(earlier, 'facts');
}
