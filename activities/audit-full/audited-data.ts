import type { Manifest, ShardEntry } from '../../schemas/manifest.ts';
import { planSchema, type Plan } from '../../schemas/plan.ts';
import { exportVersionSchema, stageVersionSchema } from '../../schemas/run-documents.ts';
import { runSettingsSchema } from '../../schemas/run-settings.ts';
import type { DistillSettings } from '../../schemas/distill-settings.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { findOrFail, type EvidenceVersion } from '../materialize.ts';
import type { Ports } from '../ports.ts';
import { SET_FILES } from '../written-set.ts';
import type { AuditedData } from './audit-world.ts';

/** The settings that a run was made under; `present` for a run of a version that did not keep them. LakeCorruptError when they cannot be read. */
export function settingsOf({ runs }: Pick<Ports, 'runs'>, runId: string, present: DistillSettings): DistillSettings {
  return runs.has(runId, 'settings') ? document(runs, runId, 'settings', runSettingsSchema).settings : present;
}

export function planOf({ runs }: Pick<Ports, 'runs'>, runId: string): Plan {
  return document(runs, runId, 'plan', planSchema);
}

/** What the materialize stage counted. */
export function evidenceVersionOf({ runs }: Pick<Ports, 'runs'>, runId: string): EvidenceVersion {
  document(runs, runId, 'materialize-version', stageVersionSchema);
  return runs.read<EvidenceVersion>(runId, 'materialize-version');
}

export function manifestOf(ports: Pick<Ports, 'runs' | 'lake'>, runId: string, stage: 'materialize' | 'score'): Manifest {
  const { manifest } = document(ports.runs, runId, `${stage}-version`, stageVersionSchema);
  return ports.lake.readManifest(stage === 'score' ? 'scored' : 'evidence', manifest);
}

/** Shards of the records that never became evidence. */
export function refusedShards(ports: Ports, runId: string): ShardEntry[] {
  return planOf(ports, runId).shards.map(({ key }) => findOrFail(ports, 'refused', key));
}

/** What was decided across the records of a run. */
export function decisionsOf(ports: Ports, runId: string): ShardEntry {
  return findOrFail(ports, 'decisions', document(ports.runs, runId, 'export-version', exportVersionSchema).decisions);
}

/** The dataset versions and files of a run. */
export function dataOf(ports: Ports, runId: string): AuditedData {
  const path = (name: string): string => ports.output.path(runId, `${name}.jsonl`);
  return {
    evidence: manifestOf(ports, runId, 'materialize'),
    scored: manifestOf(ports, runId, 'score'),
    files: { rag: path(SET_FILES.rag), sft: path(SET_FILES.sft), preference: path(SET_FILES.preference) },
    quarantine: {
      materialize: path('quarantine/materialize'),
      rag: path('quarantine/rag'),
      sft: path('quarantine/sft'),
      preference: path('quarantine/preference'),
    },
  };
}

function document<Value>(
  runs: Ports['runs'],
  runId: string,
  name: string,
  schema: { safeParse(value: unknown): { success: true; data: Value } | { success: false } },
): Value {
  const found = runs.has(runId, name) ? 'another document' : 'no file';
  const parsed = found === 'no file' ? undefined : schema.safeParse(runs.read<unknown>(runId, name));
  if (parsed?.success === true) return parsed.data;
  throw new LakeCorruptError(
    `reading lake/runs/${runId}/${name}.json: expected what the run left there, found ${found}.`,
    'Put it back from a copy, or run `lauter distill run-all` for a run of its own.',
  );
}
