import { contentOf } from '../domain/materialize/index.ts';
import { scoreEvidence, SCORER_VERSION, type ScoreOptions } from '../domain/score/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import type { ShardEntry } from '../schemas/manifest.ts';
import type { Category } from '../schemas/vocabulary.ts';
import type { DistillInput, ShardInput, ShardResult, StageInput, StagePlan } from './contract.ts';
import { provenanceOf, recordOf } from './evidence-record.ts';
import { evidenceShards, findOrFail, type EvidenceVersion } from './materialize.ts';
import type { Attempt, EvidenceRow, Ports } from './ports.ts';
import { readVersion, saveStage } from './stage-document.ts';

/** What scoring leaves for the stages that follow. */
export interface ScoredVersion {
  readonly manifest: string;
  readonly categories: Readonly<Record<Category, number>>;
}

/** Gives every evidence record its category, shard by shard. */
export function createScore(ports: Ports) {
  return {
    async planScore(run: DistillInput): Promise<StagePlan> {
      const shards = evidenceShards(ports, run);
      const pending = shards.flatMap((shard, index) =>
        ports.lake.find('scored', scoredKey(ports, run, shard)) === undefined ? [index] : [],
      );
      return { shards: shards.length, pending, rows: shards.reduce((sum, shard) => sum + shard.rows, 0) };
    },

    async scoreShard({ run, index }: ShardInput, attempt: Attempt): Promise<ShardResult> {
      const evidence = evidenceShards(ports, run)[index]!;
      const key = scoredKey(ports, run, evidence);
      const known = ports.lake.find('scored', key);
      if (known !== undefined) return { rows: known.rows };
      const draft = ports.lake.draft();
      try {
        let rows = 0;
        for await (const batch of ports.lake.scanEvidence(evidence)) {
          for (const row of batch) draft.write('scored', scoredLine(ports, row, evidence.key, optionsOf(run)), row.day);
          rows += batch.length;
          attempt.throwIfStopped();
          attempt.report(rows);
        }
        await draft.publish('scored', key, {});
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
        versions: { scorer: SCORER_VERSION },
      });
    },
  };
}

/** The finished scored shards of a run, in the order of its plan. */
export function scoredShards(ports: Ports, run: DistillInput): ShardEntry[] {
  return evidenceShards(ports, run).map((evidence) => findOrFail(ports, 'scored', scoredKey(ports, run, evidence)));
}

function scoredKey(ports: Ports, run: DistillInput, evidence: ShardEntry): string {
  return ports.digests.sha256Of('scored', SCORER_VERSION, evidence.key, canonicalJson(optionsOf(run) as unknown as JsonValue));
}

function optionsOf(run: DistillInput): ScoreOptions {
  return { partialMin: run.settings.partial_min };
}

function scoredLine(ports: Ports, row: EvidenceRow, shard: string, options: ScoreOptions): string {
  const { category, rule, reasons } = scoreEvidence(recordOf(row), options);
  const provenance = provenanceOf(row);
  const scored = { evidence_id: row.id, category, rule, reasons, scorer_version: SCORER_VERSION };
  const canonical = canonicalJson({ ...scored, provenance } as unknown as JsonValue);
  const content = canonicalJson({ ...scored, provenance: contentOf(provenance) } as unknown as JsonValue);
  const beside = {
    content_digest: ports.digests.sha256(content),
    row_digest: ports.digests.sha256(canonical),
    source: row.source,
    task_key: row.task_key,
    model: row.model,
    day: row.day,
    place: row.place,
    shard,
  };
  return `${canonical.slice(0, -1)},${JSON.stringify(beside).slice(1)}`;
}
