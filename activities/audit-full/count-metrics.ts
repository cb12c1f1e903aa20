import type { AuditMetrics } from '../../schemas/audit-baseline.ts';
import { CATEGORIES, EXPORT_SETS, type Category, type ExportSet } from '../../schemas/vocabulary.ts';
import { dataOf, manifestOf, refusedShards } from './audited-data.ts';
import { AuditStopped } from './audit-stopped.ts';
import type { AuditedRun, AuditWorld } from './audit-world.ts';

/** The ten tracked numbers, counted on disk and not taken from what the run says of itself; null for what cannot be counted. */
export async function countMetrics(world: AuditWorld, { run_id }: AuditedRun): Promise<AuditMetrics> {
  const read = await unlessUnreadable(() => countRead(world, run_id));
  const scored = await unlessUnreadable(() => countScored(world, run_id));
  const exported = await unlessUnreadable(() => world.lake.countExported(dataOf(world.ports, run_id)));
  return {
    p2_evidence_rows: read?.evidence ?? null,
    p2_quarantined: read?.quarantined ?? null,
    p3_accepted: scored?.accepted ?? null,
    p3_partially_accepted: scored?.partially_accepted ?? null,
    p3_rejected: scored?.rejected ?? null,
    p3_needs_human_review: scored?.needs_human_review ?? null,
    p4_rag_rows: exported?.rag ?? null,
    p4_sft_rows: exported?.sft ?? null,
    p4_preference_pairs: exported?.preference ?? null,
    p4_total_quarantined: exported === undefined ? null : EXPORT_SETS.reduce((sum, set) => sum + exported[quarantineOf(set)], 0),
  };
}

function quarantineOf<Set extends ExportSet>(set: Set): `not_in_${Set}` {
  return `not_in_${set}`;
}

async function countRead({ ports, lake }: AuditWorld, runId: string): Promise<{ evidence: number; quarantined: number }> {
  const files = await lake.countFiles(manifestOf(ports, runId, 'materialize'), refusedShards(ports, runId));
  const sum = (pick: (file: (typeof files)[number]) => number): number => files.reduce((total, file) => total + pick(file), 0);
  return { evidence: sum((file) => file.evidence), quarantined: sum((file) => file.duplicates + file.refused) };
}

async function countScored({ ports }: AuditWorld, runId: string): Promise<Record<Category, number>> {
  const counts = { accepted: 0, partially_accepted: 0, rejected: 0, needs_human_review: 0 };
  for (const { category, rows } of await ports.lake.countBy(manifestOf(ports, runId, 'score'), ['category'])) {
    const known = CATEGORIES.find((word) => word === category);
    if (known !== undefined) counts[known] += rows;
  }
  return counts;
}

/** A check has told already what is wrong with it. */
async function unlessUnreadable<Value>(count: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await count();
  } catch (error) {
    if (error instanceof AuditStopped) throw error;
    return undefined;
  }
}
