import { SPLIT_FIELD } from '../domain/export/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import { LakeCorruptError } from '../domain/shared/errors.ts';
import type { ShardEntry } from '../schemas/manifest.ts';
import { QUARANTINE_REASONS, type ExportSet } from '../schemas/vocabulary.ts';
import type { DistillInput, ExportSetInput, StageInput } from './contract.ts';
import { exportVersion } from './export.ts';
import { writeForms } from './export-forms.ts';
import { findOrFail, readPlan, type EvidenceVersion } from './materialize.ts';
import type { Attempt, DecidedSet, LineFile, Ports } from './ports.ts';
import { writePairs } from './preference-file.ts';
import { readVersion, saveStage } from './stage-document.ts';
import type { ScoredVersion } from './score.ts';
import { QUARANTINE_SETS, readWritten, SET_FILES, sumReasons, type WrittenFile, type WrittenSet } from './written-set.ts';

/** Writes the files of an export; each is written under a temporary name and renamed when it is whole. */
export function createExportFiles(ports: Ports) {
  return {
    async writeExportSet({ run, set }: ExportSetInput, attempt: Attempt): Promise<void> {
      if (ports.runs.has(run.run_id, `written-${set}`)) return;
      const written = set === 'quarantine' ? await writeQuarantine(ports, run, attempt) : await writeSet(ports, run, set, attempt);
      ports.runs.write(run.run_id, `written-${set}`, written);
    },

    async settleExport(stage: StageInput): Promise<void> {
      const { run } = stage;
      const written = readWritten(ports, run);
      const scored = readVersion<ScoredVersion>(ports, run, 'score');
      const rowsIn = Object.values(scored.categories).reduce((sum, rows) => sum + rows, 0);
      const digest = ports.digests.sha256Of(
        'export',
        written.rag.content_digest,
        written.sft.content_digest,
        written.preference.content_digest,
      );
      const files = Object.values(written).flatMap((set) => set.files);
      saveStage(ports, stage, 'export', {
        version: {
          // Names what was decided, whatever makes up such names in later versions of the program.
          decisions: exportVersion(ports, run).decisions.key,
          ...Object.fromEntries(Object.entries(written).map(([set, { content_digest, rows }]) => [set, { content_digest, rows }])),
        },
        digest,
        rowsIn,
        rowsOut: written.rag.rows + written.sft.rows + written.preference.rows,
        quarantined: sumReasons(written.quarantine, ['rag', 'sft', 'preference']),
        inputs: [{ path: `lake/manifests/scored/${scored.manifest}.json`, rows: rowsIn, digest: scored.manifest }],
        outputs: files.map((file) => ({ path: `exports/${run.run_id}/${file.name}`, rows: file.rows, digest: file.sha256 })),
        more: { rag: written.rag.rows, sft: written.sft.rows, preference: written.preference.rows },
      });
    },
  };
}

async function writeSet(ports: Ports, run: DistillInput, set: ExportSet, attempt: Attempt): Promise<WrittenSet> {
  const name = `${SET_FILES[set]}.jsonl`;
  const lines = ports.output.openLines(run.run_id, name);
  try {
    const facts =
      set === 'preference' ? await writePairs(ports, run, lines, attempt) : await writeAdmitted(ports, run, set, lines, attempt);
    const file = { name, ...lines.publish() };
    const files = [
      file,
      ...(await convert(ports, run, set, file, lines.longestBytes)),
      ...(await writeForms(ports, run, set, file, attempt)),
    ];
    return { files, rows: file.rows, ...facts, reasons: {} };
  } catch (error) {
    lines.discard();
    throw error;
  }
}

const SPLITS_IN_ROWS = {
  mark: SPLIT_FIELD,
  of: { train: '"split":"train"', validation: '"split":"validation"', test: '"split":"test"' },
} as const;

async function writeAdmitted(
  ports: Ports,
  run: DistillInput,
  set: 'rag' | 'sft',
  file: LineFile,
  attempt: Attempt,
): Promise<Pick<WrittenSet, 'content_digest' | 'splits'>> {
  const version = exportVersion(ports, run);
  const decided = version.decisions.counts[set] as DecidedSet;
  let rows = 0;
  for await (const block of ports.lake.admittedLines(version, set, SPLITS_IN_ROWS)) {
    file.writeBlock(block);
    rows += block.rows;
    attempt.throwIfStopped();
    attempt.report(rows);
  }
  if (rows !== decided.rows) throw damagedDecisions(version.decisions, set, decided.rows, rows);
  return { content_digest: decided.content_digest, splits: decided.splits };
}

function damagedDecisions(decisions: ShardEntry, set: string, expected: number, found: number): LakeCorruptError {
  const path = `lake/${decisions.parts[0]?.path ?? 'decisions'}`;
  return new LakeCorruptError(
    `writing ${set}, from ${path}: expected ${expected} rows, found ${found}.`,
    `The file was changed after it was written. Remove ${path} and run the same command again: it is made anew.`,
  );
}

async function writeQuarantine(ports: Ports, run: DistillInput, attempt: Attempt): Promise<WrittenSet> {
  const version = exportVersion(ports, run);
  const evidence = ports.lake.readManifest('evidence', readVersion<EvidenceVersion>(ports, run, 'materialize').manifest);
  const refused = readPlan(ports, run).shards.map((shard) => findOrFail(ports, 'refused', shard.key));
  const files: WrittenFile[] = [];
  const reasons: Record<string, Readonly<Record<string, number>>> = {};
  for (const set of QUARANTINE_SETS) {
    const name = `quarantine/${set}.jsonl`;
    const file = await ports.output.publishMade(run.run_id, name, async (path) => {
      const counts =
        set === 'materialize'
          ? await ports.lake.writeUnread(refused, evidence, QUARANTINE_REASONS, path)
          : await ports.lake.writeRefused(version, set, QUARANTINE_REASONS, path);
      reasons[set] = counts;
      return Object.values(counts).reduce((sum, rows) => sum + rows, 0);
    });
    attempt.throwIfStopped();
    files.push(
      { name, ...file },
      ...(await convert(ports, run, 'quarantine', { name, ...file }, MAX_QUARANTINE_LINE_BYTES)),
      ...(await writeForms(ports, run, 'quarantine', { name, rows: file.rows }, attempt)),
    );
  }
  return {
    files,
    rows: files.filter((file) => file.name.endsWith('.jsonl')).reduce((sum, file) => sum + file.rows, 0),
    content_digest: ports.digests.sha256(canonicalJson(reasons)),
    splits: {},
    reasons,
  };
}

/** A quarantine row holds a place and a sentence; its longest part is a file name, or what a parser stumbled over. */
const MAX_QUARANTINE_LINE_BYTES = 16 << 20;

async function convert(
  ports: Ports,
  run: DistillInput,
  set: ExportSet | 'quarantine',
  { name, rows }: WrittenFile,
  longestBytes: number,
): Promise<WrittenFile[]> {
  if (!run.settings.formats.includes('parquet')) return [];
  const parquetName = name.replace(/\.jsonl$/, '.parquet');
  const {
    bytes,
    sha256,
    rows: stored,
  } = await ports.output.publishMade(run.run_id, parquetName, (temporary) =>
    ports.lake.convertToParquet(set, ports.output.path(run.run_id, name), longestBytes, temporary),
  );
  if (stored !== rows) throw new Error(`${parquetName} holds ${stored} rows, expected ${rows}`);
  return [{ name: parquetName, rows: stored, bytes, sha256 }];
}
