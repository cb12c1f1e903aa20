import { fillTemplate, splitOf, turnsOfPair, type SplitShares } from '../domain/export/index.ts';
import { contentOf } from '../domain/materialize/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import { FirewallBreach } from '../domain/shared/errors.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import { KeyedDigest } from '../domain/shared/keyed-digest.ts';
import { preferenceRowSchema, sftRowSchema } from '../schemas/export-rows.ts';
import type { Message } from '../schemas/evidence.ts';
import { QUARANTINE_REASONS, type ExportSet, type Split } from '../schemas/vocabulary.ts';
import type { DistillInput, ExportSetInput, StageInput } from './contract.ts';
import { provenanceOf } from './evidence-record.ts';
import { exportVersion } from './export.ts';
import { findOrFail, readPlan, type EvidenceVersion } from './materialize.ts';
import type { Attempt, CategorizedRow, LineFile, PairedRows, Ports, RefusedRow } from './ports.ts';
import { readVersion, saveStage } from './stage-document.ts';
import type { ScoredVersion } from './score.ts';

/** A written file, as receipts and checks know it. */
export interface WrittenFile {
  /** Relative to exports/<run>. */
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** What writing one set left. */
export interface WrittenSet {
  readonly files: readonly WrittenFile[];
  readonly rows: number;
  /** Over the rows in key order, without the places they were read from. */
  readonly content_digest: string;
  readonly splits: Readonly<Partial<Record<Split, number>>>;
  /** Rows of the quarantine files by set and reason. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** File of each set below exports/<run>. */
export const SET_FILES = { rag: 'rag/playbooks', sft: 'sft/instruction_response', preference: 'preference/chosen_rejected' } as const;
export const QUARANTINE_SETS = ['materialize', 'rag', 'sft', 'preference'] as const;

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
        version: Object.fromEntries(Object.entries(written).map(([set, { content_digest, rows }]) => [set, { content_digest, rows }])),
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

export type WrittenSets = Readonly<Record<ExportSet | 'quarantine', WrittenSet>>;

export function readWritten(ports: Ports, run: DistillInput): WrittenSets {
  const read = (set: ExportSet | 'quarantine'): WrittenSet => ports.runs.read<WrittenSet>(run.run_id, `written-${set}`);
  return { rag: read('rag'), sft: read('sft'), preference: read('preference'), quarantine: read('quarantine') };
}

/** Quarantined rows of some sets by reason. */
export function sumReasons(quarantine: WrittenSet, sets: readonly string[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const set of sets)
    for (const [reason, rows] of Object.entries(quarantine.reasons[set] ?? {})) sums[reason] = (sums[reason] ?? 0) + rows;
  return sums;
}

async function writeSet(ports: Ports, run: DistillInput, set: ExportSet, attempt: Attempt): Promise<WrittenSet> {
  const name = `${SET_FILES[set]}.jsonl`;
  const writer = new SetWriter(ports, ports.output.openLines(run.run_id, name), attempt);
  try {
    if (set === 'preference') await writePairs(ports, run, writer);
    else await writeAdmitted(ports, run, set, writer);
    const file = { name, ...writer.publish() };
    const files = [file, ...(await convert(ports, run, set, file, writer.longestBytes))];
    return { files, rows: file.rows, content_digest: writer.contentDigest(), splits: writer.splits, reasons: {} };
  } catch (error) {
    writer.discard();
    throw error;
  }
}

/** Writes lines and keeps their digest and splits. */
class SetWriter {
  readonly splits: Partial<Record<Split, number>> = {};
  readonly #ports: Ports;
  readonly #file: LineFile;
  readonly #attempt: Attempt;
  readonly #digest = new KeyedDigest();

  constructor(ports: Ports, file: LineFile, attempt: Attempt) {
    this.#ports = ports;
    this.#file = file;
    this.#attempt = attempt;
  }

  write(key: string, row: string, content: string, split: Split): void {
    this.#file.write(row);
    this.#digest.add(key, this.#ports.digests.sha256(content));
    this.splits[split] = (this.splits[split] ?? 0) + 1;
  }

  /** Called once a batch: lets the attempt be stopped and shows how far it is. */
  pause(): void {
    this.#attempt.throwIfStopped();
    this.#attempt.report(this.#digest.rows);
  }

  get longestBytes(): number {
    return this.#file.longestBytes;
  }

  publish(): { sha256: string; bytes: number; rows: number } {
    return this.#file.publish();
  }

  discard(): void {
    this.#file.discard();
  }

  contentDigest(): string {
    return this.#digest.finish(this.#ports.digests.startSha256());
  }
}

async function writeAdmitted(ports: Ports, run: DistillInput, set: 'rag' | 'sft', writer: SetWriter): Promise<void> {
  const shares = sharesOf(run);
  for await (const batch of ports.lake.scanAdmitted(exportVersion(ports, run), set)) {
    for (const admitted of batch) {
      const split = splitOf(admitted.cluster, shares);
      const { row, content } = fillTemplate(admitted.template, provenanceOf(admitted), split);
      if (set === 'sft') passSchema(row);
      writer.write(admitted.evidence_id, row, content, split);
    }
    writer.pause();
  }
}

/** The first firewall: no row leaves for the SFT file that its schema does not allow. */
function passSchema(row: string): void {
  const parsed = sftRowSchema.safeParse(JSON.parse(row));
  if (parsed.success) return;
  const issue = parsed.error.issues[0];
  throw new FirewallBreach(
    `writing sft: expected a row of the schema, found at ${issue?.path.join('.') ?? 'the row'}: ${issue?.message ?? 'something else'}.`,
    'This is a fault of the program, not of the data: nothing was published. Report it with the run id.',
  );
}

async function writePairs(ports: Ports, run: DistillInput, writer: SetWriter): Promise<void> {
  const version = exportVersion(ports, run);
  const evidence = ports.lake.readManifest('evidence', readVersion<EvidenceVersion>(ports, run, 'materialize').manifest);
  const scored = ports.lake.readManifest('scored', readVersion<ScoredVersion>(ports, run, 'score').manifest);
  const shares = sharesOf(run);
  for await (const batch of ports.lake.scanPairs(version, evidence, scored)) {
    for (const pair of batch) {
      const split = splitOf(pair.cluster, shares);
      const { id, row, content } = preferenceLine(ports, pair, split);
      writer.write(id, row, content, split);
    }
    writer.pause();
  }
}

function preferenceLine(ports: Ports, pair: PairedRows, split: Split): { id: string; row: string; content: string } {
  const turns = turnsOfPair(messagesOf(pair.chosen), messagesOf(pair.rejected), pair.chosen.task_text);
  if (turns === undefined) throw new Error(`pair ${pair.chosen_id} / ${pair.rejected_id} has no prompt, though both records have one`);
  const id = ports.digests.sha256Of('pair', pair.chosen_id, pair.rejected_id);
  const [chosen, rejected] = [provenanceOf(pair.chosen), provenanceOf(pair.rejected)];
  const rest = {
    id,
    ...turns,
    reason: pair.reason,
    margin: pair.margin,
    task_key: pair.task_key,
    split,
    chosen_id: pair.chosen_id,
    rejected_id: pair.rejected_id,
    chosen_category: pair.chosen.category,
    rejected_category: pair.rejected.category,
  };
  const row = canonicalJson({ ...rest, provenance: { chosen, rejected } } as unknown as JsonValue);
  preferenceRowSchema.parse(JSON.parse(row));
  return {
    id,
    row,
    content: canonicalJson({ ...rest, provenance: { chosen: contentOf(chosen), rejected: contentOf(rejected) } } as unknown as JsonValue),
  };
}

function messagesOf(row: CategorizedRow): Message[] {
  return JSON.parse(row.messages) as Message[];
}

async function writeQuarantine(ports: Ports, run: DistillInput, attempt: Attempt): Promise<WrittenSet> {
  const version = exportVersion(ports, run);
  const evidence = ports.lake.readManifest('evidence', readVersion<EvidenceVersion>(ports, run, 'materialize').manifest);
  const refused = readPlan(ports, run).shards.map((shard) => findOrFail(ports, 'refused', shard.key));
  const files: WrittenFile[] = [];
  const reasons: Record<string, Record<string, number>> = {};
  for (const set of QUARANTINE_SETS) {
    const name = `quarantine/${set}.jsonl`;
    const rows = set === 'materialize' ? ports.lake.scanUnread(refused, evidence) : ports.lake.scanRefused(version, set);
    const { longestBytes, ...file } = await writeRefused(ports, run, name, rows, (reasons[set] = {}), attempt);
    files.push(file, ...(await convert(ports, run, 'quarantine', file, longestBytes)));
  }
  const digest = ports.digests.sha256(canonicalJson(reasons));
  return {
    files,
    rows: files.filter((file) => file.name.endsWith('.jsonl')).reduce((sum, file) => sum + file.rows, 0),
    content_digest: digest,
    splits: {},
    reasons,
  };
}

async function writeRefused(
  ports: Ports,
  run: DistillInput,
  name: string,
  rows: AsyncIterable<readonly RefusedRow[]>,
  reasons: Record<string, number>,
  attempt: Attempt,
): Promise<WrittenFile & { longestBytes: number }> {
  const file = ports.output.openLines(run.run_id, name);
  try {
    for await (const batch of rows) {
      for (const row of batch) {
        reasons[row.reason] = (reasons[row.reason] ?? 0) + 1;
        file.write(quarantineLine(row));
      }
      attempt.throwIfStopped();
    }
    return { name, ...file.publish(), longestBytes: file.longestBytes };
  } catch (error) {
    file.discard();
    throw error;
  }
}

function quarantineLine(row: RefusedRow): string {
  const provenance = `{"line_offset":${row.line_offset},"locator":${row.locator},"sig_hash":${JSON.stringify(row.sig_hash)},"source_file":${JSON.stringify(row.source_file)}}`;
  return `{"detail":${JSON.stringify(row.detail ?? QUARANTINE_REASONS[row.reason])},"evidence_id":${JSON.stringify(row.evidence_id)},"provenance":${provenance},"reason":"${row.reason}","set":"${row.set}"}`;
}

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

function sharesOf({ settings }: DistillInput): SplitShares {
  return { validation: settings.validation_share, test: settings.test_share };
}
