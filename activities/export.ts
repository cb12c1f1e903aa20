import { clusterTasks, drawOf, EXPORT_VERSION, pairTask, splitBounds, TOKEN_BOUNDS, type SplitBounds } from '../domain/export/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import { candidatesKey, CandidateWriter, findCandidates } from './candidate-writer.ts';
import { loadContamination } from './contamination.ts';
import type { DistillInput, ShardInput, ShardResult, StagePlan } from './contract.ts';
import { findCopies } from './find-copies.ts';
import { evidenceShard, evidenceShards, findOrFail, planShards, type EvidenceVersion } from './materialize.ts';
import type { Attempt, ExportShard, ExportVersion, Ports } from './ports.ts';
import { recordOfRow } from './record.ts';
import { releasesOf } from './run-releases.ts';
import { scoredShard, scoredShards } from './score.ts';
import { readVersion } from './stage-document.ts';

/** Decides what each record becomes in each set: first record by record, shard by shard, then across all of them. */
export function createExport(ports: Ports) {
  return {
    async planExport(run: DistillInput): Promise<StagePlan> {
      return planShards(
        run,
        scoredShards(ports, run).map((scored) => findCandidates(ports, candidatesKey(ports, run, scored.key))?.candidates),
      );
    },

    async exportShard({ run, index }: ShardInput, attempt: Attempt): Promise<ShardResult> {
      const evidence = evidenceShard(ports, run, index);
      const scored = scoredShard(ports, run, evidence);
      const known = findCandidates(ports, candidatesKey(ports, run, scored.key));
      if (known !== undefined) return { rows: known.candidates.rows };
      const draft = ports.lake.draft();
      try {
        const candidates = new CandidateWriter(ports, { draft, run, findCopied: await loadContamination(ports, run) }, evidence.key);
        let rows = 0;
        for await (const batch of ports.lake.scanCategorized(evidence, scored)) {
          for (const row of batch) candidates.add(recordOfRow(row), row.category);
          rows += batch.length;
          attempt.throwIfStopped();
          attempt.report(rows);
        }
        await draft.publish(candidates.shards(scored.key));
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
        shards: exportShards(ports, run),
        excluded: excludedOf(ports, run),
        clusterTasks,
        pairTask: (contenders) => pairTask(contenders, run.settings.max_pairs_per_task),
        findCopies: (documents) => findCopies(documents, run.settings),
        tokenBounds: TOKEN_BOUNDS,
        releases: releasesOf(ports, run),
        drawOf: (cluster) => drawOf(cluster, ports.digests.sha256),
        bounds: boundsOf(run),
        throwIfStopped: attempt.throwIfStopped,
      });
    },
  };
}

/** The shards that the rows of an export come from. */
export function exportVersion(ports: Ports, run: DistillInput): ExportVersion {
  const key = decisionsKey(ports, run);
  return {
    shards: exportShards(ports, run),
    decisions: findOrFail(ports, 'decisions', key),
    pairs: findOrFail(ports, 'pairs', key),
  };
}

/** Where the shares of a run's splits end. */
export function boundsOf({ settings }: DistillInput): SplitBounds {
  return splitBounds({ validation: settings.validation_share, test: settings.test_share });
}

function exportShards(ports: Ports, run: DistillInput): ExportShard[] {
  const scored = scoredShards(ports, run);
  return evidenceShards(ports, run).map((evidence, index) => {
    const candidates = findCandidates(ports, candidatesKey(ports, run, scored[index]!.key));
    if (candidates === undefined) throw new Error(`candidates of shard ${evidence.key} vanished while the run was going on`);
    return { shard: evidence.key, ...candidates };
  });
}

function decisionsKey(ports: Ports, run: DistillInput): string {
  const { manifest } = readVersion<EvidenceVersion>(ports, run, 'materialize');
  const { max_pairs_per_task, near_duplicate_threshold, near_duplicate_min_words, near_duplicate_bands, near_duplicate_rows } =
    run.settings;
  const copies = [near_duplicate_threshold, near_duplicate_min_words, near_duplicate_bands, near_duplicate_rows];
  const options = { max_pairs_per_task, bounds: boundsOf(run), copies, releases: releasesOf(ports, run) };
  const keys = exportShards(ports, run).map(({ candidates }) => candidates.key);
  return ports.digests.sha256Of('decisions', EXPORT_VERSION, manifest, canonicalJson(options as unknown as JsonValue), ...keys);
}

function excludedOf(ports: Ports, run: DistillInput) {
  return ports.lake.readManifest('evidence', readVersion<EvidenceVersion>(ports, run, 'materialize').manifest).excluded;
}
