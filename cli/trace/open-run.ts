import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportedFile, ReadSource, ReversedRun } from '../../activities/trace-world.ts';
import { findLines } from '../../adapters/files/find-lines.ts';
import { openRunFolder } from '../../adapters/files/run-folder.ts';
import { openTraceLake } from '../../adapters/lake/trace-lake.ts';
import { findSigned } from '../../adapters/sources/find-signed.ts';
import { branchesHolding } from '../../adapters/sources/branches-holding.ts';
import type { StoredEvidence } from '../../domain/receipts/index.ts';
import type { Locator } from '../../schemas/evidence.ts';
import { planSchema, type Plan, type SourcePart, type SourceShard } from '../../schemas/plan.ts';
import { writtenFilesSchema } from '../../schemas/trace.ts';
import { EXPORT_SETS } from '../../schemas/vocabulary.ts';

/** A run that is traced in; close it when the answer is there. */
export interface OpenRun extends ReversedRun {
  /** Source files of the run: as they are recorded, and where they were read. */
  readonly sourceFiles: readonly { readonly sourceFile: string; readonly path: string }[];
  close(): void;
}

/** Opens what a run left: its dataset versions, its exported files, and the plan that says how its sources were read. */
export async function openRun(
  workspace: string,
  runId: string,
  maxRecordBytes: number,
  options: { readonly hasManyQuestions?: boolean } = {},
): Promise<OpenRun> {
  const lake = await openTraceLake(workspace, runId, options);
  const folder = openRunFolder(join(workspace, 'lake'));
  const plan = readOrNothing(folder, runId, 'plan', planSchema);
  const partsOf = partsByFile(plan);
  const files = exportedFiles(folder, runId);
  return {
    runId,
    idsLike: (beginning) => lake.idsLike(beginning),
    evidence: (id) => lake.evidence(id),
    scored: (id) => lake.scored(id),
    evidenceUpTo: (file, line, most) => lake.evidenceUpTo(file, line, most),
    evidenceAt: (file, pointer) => lake.evidenceAt(file, pointer),
    damage: () => lake.damage(),
    exportedFiles: () => files,
    findLines: (path, texts) => findLines(join(workspace, path), texts),
    readSource: (row) => readSource(partsOf.get(row.source_file) ?? [], row, maxRecordBytes),
    layoutOf: (file) => partsOf.get(file)?.[0]?.part.layout,
    branchesOver: (file, line) => {
      const [found] = partsOf.get(file) ?? [];
      return found === undefined
        ? Promise.resolve(undefined)
        : branchesHolding({ part: found.part, adapter: found.shard.adapter, options: found.shard.options, maxRecordBytes }, line);
    },
    sourceFiles: [...partsOf].map(([sourceFile, parts]) => ({ sourceFile, path: parts[0]!.part.path })),
    close: () => lake.close(),
  };
}

interface PlannedPart {
  readonly shard: SourceShard;
  readonly part: SourcePart;
}

function partsByFile(plan: Plan | undefined): Map<string, PlannedPart[]> {
  const parts = new Map<string, PlannedPart[]>();
  for (const shard of plan?.shards ?? []) {
    for (const part of shard.parts) parts.set(part.source_file, [...(parts.get(part.source_file) ?? []), { shard, part }]);
  }
  return parts;
}

async function readSource(
  parts: readonly PlannedPart[],
  row: StoredEvidence & { readonly shard: string },
  maxRecordBytes: number,
): Promise<ReadSource> {
  const own = parts.filter(({ shard }) => shard.key === row.shard);
  const planned = own.findLast(({ part }) => part.line <= row.line_offset) ?? own[0];
  if (planned === undefined) return { path: row.source_file, plannedBytes: null, now: { state: 'unplanned' } };
  const { shard, part } = planned;
  const plannedBytes = Math.max(...parts.filter(({ part: other }) => other.path === part.path).map(({ part: other }) => other.end));
  const now = await findSigned({
    part,
    adapter: shard.adapter,
    options: shard.options,
    maxRecordBytes,
    evidenceId: row.id,
    sigHash: row.sig_hash,
    locator: JSON.parse(row.locator) as Locator,
    plannedBytes,
  });
  return { path: part.path, plannedBytes, now };
}

/** The JSON-lines file of each set, and those of the quarantine; other forms of a set hold the same rows. */
function exportedFiles(folder: ReturnType<typeof openRunFolder>, runId: string): ExportedFile[] {
  return [...EXPORT_SETS, 'quarantine' as const].flatMap((set) => {
    const files = readOrNothing(folder, runId, `written-${set}`, writtenFilesSchema)?.files ?? [];
    const lines = files.filter(({ name }) => name.endsWith('.jsonl') && !name.split(/[/\\]/).includes('..'));
    const own = set === 'quarantine' ? lines : lines.slice(0, 1);
    return own.map(({ name, sha256 }) => ({ set, path: `exports/${runId}/${name}`, sha256 }));
  });
}

function readOrNothing<Value>(
  folder: ReturnType<typeof openRunFolder>,
  runId: string,
  name: string,
  schema: { safeParse(value: unknown): { success: true; data: Value } | { success: false } },
): Value | undefined {
  try {
    if (!folder.has(runId, name)) return undefined;
    const parsed = schema.safeParse(folder.read(runId, name));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** True when the run came as far as having evidence. */
export function hasEvidence(workspace: string, runId: string): boolean {
  return existsSync(join(workspace, 'lake', 'runs', runId, 'materialize-version.json'));
}
