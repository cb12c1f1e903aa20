import { SCORER_VERSION } from '../domain/score/index.ts';
import type { ShardEntry } from '../schemas/manifest.ts';
import type { Category } from '../schemas/vocabulary.ts';
import { CandidateWriter } from './candidate-writer.ts';
import { loadContamination } from './contamination.ts';
import type { DistillInput, ShardInput, ShardResult, StageInput, StagePlan } from './contract.ts';
import { evidenceShard, evidenceShards, findOrFail, planShards, type EvidenceVersion } from './materialize.ts';
import type { Attempt, Ports } from './ports.ts';
import { recordOfRow } from './record.ts';
import { placeVerdicts, runVerdictsDigest, shardVerdicts } from './run-verdicts.ts';
import { ScoreWriter, scoredKey } from './score-writer.ts';
import { readVersion, saveStage } from './stage-document.ts';

/** What scoring leaves for the stages that follow. */
export interface ScoredVersion {
  readonly manifest: string;
  readonly categories: Readonly<Record<Category, number>>;
}

/** Gives every evidence record its category, shard by shard. A shard that was read in this run has been scored on the way. */
export function createScore(ports: Ports) {
  return {
    async planScore(run: DistillInput): Promise<StagePlan> {
      const shards = evidenceShards(ports, run);
      await placeVerdicts(ports, run, shards);
      return planShards(
        run,
        shards.map((evidence) => ports.lake.find('scored', keyOf(ports, run, evidence))),
      );
    },

    async scoreShard({ run, index }: ShardInput, attempt: Attempt): Promise<ShardResult> {
      const evidence = evidenceShard(ports, run, index);
      const key = keyOf(ports, run, evidence);
      const known = ports.lake.find('scored', key);
      if (known !== undefined) return { rows: known.rows };
      const draft = ports.lake.draft();
      try {
        const scores = new ScoreWriter(ports, draft, run, evidence.key);
        const candidates = new CandidateWriter(ports, { draft, run, findCopied: await loadContamination(ports, run) }, evidence.key);
        let rows = 0;
        for await (const batch of ports.lake.scanEvidence(evidence)) {
          for (const row of batch) {
            const record = recordOfRow(row);
            candidates.add(record, scores.add(record));
          }
          rows += batch.length;
          attempt.throwIfStopped();
          attempt.report(rows);
        }
        await draft.publish([...candidates.shards(key), scores.shard()]);
        return { rows };
      } finally {
        draft.close();
      }
    },

    async settleScore(stage: StageInput): Promise<void> {
      const { run } = stage;
      const evidence = ports.lake.readManifest('evidence', readVersion<EvidenceVersion>(ports, run, 'materialize').manifest);
      const settled = await ports.lake.settleScored(scoredShards(ports, run), evidence.excluded);
      const counted = await ports.lake.countBy(settled.manifest, ['category']);
      const categories = { accepted: 0, partially_accepted: 0, rejected: 0, needs_human_review: 0 };
      for (const { category, rows } of counted) categories[category as Category] = rows;
      const version: ScoredVersion = { manifest: settled.digest, categories };
      saveStage(ports, stage, 'score', {
        version,
        digest: settled.manifest.content_digest,
        rowsIn: evidence.rows,
        rowsOut: settled.manifest.rows,
        quarantined: {},
        categories,
        inputs: [
          {
            path: `lake/manifests/evidence/${readVersion<EvidenceVersion>(ports, run, 'materialize').manifest}.json`,
            rows: evidence.rows,
            digest: evidence.row_digest,
          },
        ],
        outputs: [
          { path: `lake/manifests/scored/${settled.digest}.json`, rows: settled.manifest.rows, digest: settled.manifest.row_digest },
        ],
        versions: { scorer: SCORER_VERSION, verdicts: runVerdictsDigest(ports, run) },
      });
    },
  };
}

/** The finished scored shards of a run, in the order of its plan. */
export function scoredShards(ports: Ports, run: DistillInput): ShardEntry[] {
  return evidenceShards(ports, run).map((evidence) => scoredShard(ports, run, evidence));
}

/** The scores of one evidence shard. */
export function scoredShard(ports: Ports, run: DistillInput, evidence: ShardEntry): ShardEntry {
  return findOrFail(ports, 'scored', keyOf(ports, run, evidence));
}

function keyOf(ports: Ports, run: DistillInput, evidence: ShardEntry): string {
  return scoredKey(ports, run, evidence.key, shardVerdicts(ports, run, evidence.key));
}
