import {
  clusterTasks,
  EXPORT_VERSION,
  pairTask,
  preferenceCandidate,
  ragCandidate,
  sftCandidate,
  type CandidateOptions,
} from '../domain/export/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import type { ShardEntry } from '../schemas/manifest.ts';
import type { DistillInput, ShardInput, ShardResult, StagePlan } from './contract.ts';
import { provenanceOf, recordOf } from './evidence-record.ts';
import { evidenceShards, findOrFail, type EvidenceVersion } from './materialize.ts';
import type { Attempt, CategorizedRow, ExportVersion, Ports } from './ports.ts';
import { scoredShards } from './score.ts';
import { readVersion } from './stage-document.ts';

/** Decides what each record becomes in each set: first record by record, shard by shard, then across all of them. */
export function createExport(ports: Ports) {
  return {
    async planExport(run: DistillInput): Promise<StagePlan> {
      const scored = scoredShards(ports, run);
      const pending = scored.flatMap((shard, index) =>
        ports.lake.find('candidates', candidatesKey(ports, run, shard)) === undefined ? [index] : [],
      );
      return { shards: scored.length, pending, rows: scored.reduce((sum, shard) => sum + shard.rows, 0) };
    },

    async exportShard({ run, index }: ShardInput, attempt: Attempt): Promise<ShardResult> {
      const scored = scoredShards(ports, run)[index]!;
      const evidence = evidenceShards(ports, run)[index]!;
      const key = candidatesKey(ports, run, scored);
      const known = ports.lake.find('candidates', key);
      if (known !== undefined) return { rows: known.rows };
      const draft = ports.lake.draft();
      try {
        let rows = 0;
        for await (const batch of ports.lake.scanCategorized(evidence, scored)) {
          for (const row of batch) draft.write('candidates', candidateLine(ports, row, evidence.key, optionsOf(run)));
          rows += batch.length;
          attempt.throwIfStopped();
          attempt.report(rows);
        }
        await draft.publish('candidates', key, {});
        return { rows };
      } finally {
        draft.close();
      }
    },

    async decideExport(run: DistillInput, attempt: Attempt): Promise<void> {
      const key = decisionsKey(ports, run);
      if (ports.lake.find('decisions', key) !== undefined && ports.lake.find('pairs', key) !== undefined) return;
      await ports.lake.decideExport({
        key,
        candidates: candidateShards(ports, run),
        excluded: excludedOf(ports, run),
        clusterTasks,
        pairTask: (contenders) => pairTask(contenders, run.settings.max_pairs_per_task),
        throwIfStopped: attempt.throwIfStopped,
      });
    },
  };
}

/** The shards that the rows of an export come from. */
export function exportVersion(ports: Ports, run: DistillInput): ExportVersion {
  const key = decisionsKey(ports, run);
  return {
    candidates: candidateShards(ports, run),
    excluded: excludedOf(ports, run),
    decisions: findOrFail(ports, 'decisions', key),
    pairs: findOrFail(ports, 'pairs', key),
  };
}

function candidateShards(ports: Ports, run: DistillInput): ShardEntry[] {
  return scoredShards(ports, run).map((scored) => findOrFail(ports, 'candidates', candidatesKey(ports, run, scored)));
}

function candidatesKey(ports: Ports, run: DistillInput, scored: ShardEntry): string {
  return ports.digests.sha256Of('candidates', EXPORT_VERSION, scored.key, canonicalJson(optionsOf(run) as unknown as JsonValue));
}

function decisionsKey(ports: Ports, run: DistillInput): string {
  const { manifest } = readVersion<EvidenceVersion>(ports, run, 'materialize');
  const keys = candidateShards(ports, run).map((shard) => shard.key);
  return ports.digests.sha256Of('decisions', EXPORT_VERSION, manifest, String(run.settings.max_pairs_per_task), ...keys);
}

function excludedOf(ports: Ports, run: DistillInput): ExportVersion['excluded'] {
  return ports.lake.readManifest('evidence', readVersion<EvidenceVersion>(ports, run, 'materialize').manifest).excluded;
}

function optionsOf({ settings }: DistillInput): CandidateOptions {
  return { includePartial: settings.include_partial, maxRowChars: settings.max_row_chars, maxGeneration: settings.max_generation };
}

function candidateLine(ports: Ports, row: CategorizedRow, shard: string, options: CandidateOptions): string {
  const record = { ...recordOf(row), category: row.category };
  const rag = ragCandidate(record, options);
  const sft = sftCandidate(record, options);
  const preference = preferenceCandidate(record, options);
  const digest = (text: string | null): string | null => (text === null ? null : ports.digests.sha256(text));
  return JSON.stringify({
    evidence_id: row.id,
    source: row.source,
    provenance: provenanceOf(row),
    task_key: row.task_key,
    category: row.category,
    value: row.outcome_value,
    rag: rag.template,
    rag_refusal: rag.refusal,
    rag_text_digest: digest(rag.text),
    sft: sft.template,
    sft_refusal: sft.refusal,
    sft_detail: sft.detail ?? null,
    sft_text_digest: digest(sft.text),
    preference_refusal: preference.refusal,
    system_digest: digest(preference.system),
    answer_digest: digest(preference.answer),
    shard,
    place: row.place,
  });
}
