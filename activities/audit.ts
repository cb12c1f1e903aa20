import { hasProvenance, SftFirewall } from '../domain/export/index.ts';
import { findBrokenLink } from '../domain/receipts/index.ts';
import { isObject, type JsonObject, type JsonValue } from '../domain/shared/json.ts';
import type { RunReport } from '../schemas/run-report.ts';
import { STAGES, type ExportSet } from '../schemas/vocabulary.ts';
import type { DistillInput, ExportSetInput, StageInput } from './contract.ts';
import { readWritten, SET_FILES, type QUARANTINE_SETS, type WrittenSets } from './written-set.ts';
import { type EvidenceVersion } from './materialize.ts';
import type { Attempt, Ports, RunningDigest } from './ports.ts';
import { receiptsBefore } from './receipts.ts';
import type { ScoredVersion } from './score.ts';
import { readVersion, saveStage } from './stage-document.ts';

/** Outcome of one check: what was expected and what was found. */
export type Check = RunReport['checks'][number];

/** What reading a set back from disk found. */
interface RowsAudit {
  readonly rows: number;
  readonly findings: readonly string[];
  /** Task keys by split, as found; a key in two splits is a finding. */
  readonly straddling: number;
}

const MAX_FINDINGS = 20;

/** Reads what was written back from disk and checks it against what the run says of itself. */
export function createAudit(ports: Ports) {
  return {
    async auditExportSet({ run, set }: ExportSetInput, attempt: Attempt): Promise<void> {
      const findings: string[] = [];
      let rows: RowsAudit = { rows: 0, findings: [], straddling: 0 };
      for (const file of readWritten(ports, run)[set].files) {
        const isOfRows = set !== 'quarantine' && file.name === `${SET_FILES[set]}.jsonl`;
        const found = await unlessAbsent(async () => {
          if (!isOfRows) return ports.output.sha256(ports.output.path(run.run_id, file.name));
          const bytes = ports.digests.startSha256();
          rows = await rereadRows(ports, run, set, bytes, attempt);
          return bytes.digest();
        });
        if (found !== file.sha256) findings.push(`${file.name}: expected sha256 ${file.sha256}, found ${found ?? 'no file'}`);
        attempt.throwIfStopped();
      }
      ports.runs.write(run.run_id, `audited-${set}`, { ...rows, findings: [...findings, ...rows.findings] } satisfies RowsAudit);
    },

    async settleAudit(stage: StageInput): Promise<void> {
      const { run } = stage;
      const checks = runChecks(ports, run);
      ports.runs.write(run.run_id, 'checks', checks);
      const failures = checks
        .filter((check) => !check.passed)
        .map((check) => `${check.check}: expected ${check.expected}, found ${check.found}`);
      saveStage(ports, stage, 'audit', {
        version: {},
        digest: ports.digests.sha256Of('audit', ...checks.map((check) => `${check.check} ${check.passed}`)),
        rowsIn: checks.length,
        rowsOut: checks.length - failures.length,
        quarantined: {},
        inputs: [],
        outputs: [],
        failures,
      });
    },
  };
}

/** Reads the rows of a set once: for what stands in them, and for the digest of their bytes. */
async function rereadRows(ports: Ports, run: DistillInput, set: ExportSet, bytes: RunningDigest, attempt: Attempt): Promise<RowsAudit> {
  const firewall = new SftFirewall(run.settings.include_partial);
  const findings: string[] = [];
  const splitOfTask = new Map<string, string>();
  let straddling = 0;
  let rows = 0;
  const path = ports.output.path(run.run_id, `${SET_FILES[set]}.jsonl`);
  for await (const lines of ports.output.readLines(path, (chunk) => bytes.update(chunk))) {
    for (const line of lines) {
      const row = rowOf(line);
      const fault = set === 'sft' ? firewall.check(row)?.detail : set === 'rag' ? ragFault(row) : pairFault(row);
      if (fault !== undefined && findings.length < MAX_FINDINGS) findings.push(`${SET_FILES[set]}.jsonl line ${rows + 1}: ${fault}`);
      const [task, split] = [String(row.task_key), String(row.split)];
      if ((splitOfTask.get(task) ?? split) !== split) straddling += 1;
      splitOfTask.set(task, split);
      rows += 1;
    }
    attempt.throwIfStopped();
    attempt.report(rows);
  }
  return { rows, findings, straddling };
}

/** What somebody made of a line since it was written need not be a row, nor even JSON: it then lacks every field, and is found by that. */
function rowOf(line: string): JsonObject {
  try {
    const value = JSON.parse(line) as JsonValue;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Undefined where the file is gone: that is something the audit found, not a reason to try again. */
async function unlessAbsent(digest: () => Promise<string>): Promise<string | undefined> {
  try {
    return await digest();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function ragFault(row: JsonObject): string | undefined {
  if (row.category !== 'accepted' && row.category !== 'partially_accepted')
    return `category: expected accepted or partially_accepted, found ${JSON.stringify(row.category)}`;
  if (row.warning !== (row.category === 'partially_accepted')) return 'warning: expected true exactly on partially accepted rows';
  return hasProvenance(row.provenance) ? undefined : 'provenance: expected source_file, line_offset and sig_hash, found something else';
}

function pairFault(row: JsonObject): string | undefined {
  if (row.chosen_id === row.rejected_id) return 'chosen and rejected are the same record';
  if (JSON.stringify(row.chosen) === JSON.stringify(row.rejected)) return 'chosen and rejected are the same text';
  if (typeof row.margin !== 'number' || !(row.margin > 0)) return `margin: expected more than 0, found ${JSON.stringify(row.margin)}`;
  const { chosen, rejected } = (row.provenance ?? {}) as JsonObject;
  return hasProvenance(chosen) && hasProvenance(rejected) ? undefined : 'provenance: expected it of both records, found something else';
}

function runChecks(ports: Ports, run: DistillInput): Check[] {
  const evidence = readVersion<EvidenceVersion>(ports, run, 'materialize');
  const manifest = ports.lake.readManifest('evidence', evidence.manifest);
  const { categories } = readVersion<ScoredVersion>(ports, run, 'score');
  const scored = Object.values(categories).reduce((sum, rows) => sum + rows, 0);
  const written = readWritten(ports, run);
  const audits = { rag: readAudit(ports, run, 'rag'), sft: readAudit(ports, run, 'sft'), preference: readAudit(ports, run, 'preference') };
  const quarantined = readAudit(ports, run, 'quarantine');
  const unequal = evidence.counts.files.filter((file) => file.records !== file.evidence + file.quarantined);
  const receipts = receiptsBefore(ports, run, 'audit');
  const broken = findBrokenLink(receipts, ports.digests.sha256);
  const fileFindings = [...audits.rag.findings, ...audits.preference.findings, ...quarantined.findings];
  const straddling = audits.rag.straddling + audits.sft.straddling + audits.preference.straddling;
  return [
    check(
      'records = evidence + quarantined, file by file',
      unequal.length === 0,
      'equal in every file',
      unequal.length === 0 ? `equal in ${evidence.counts.files.length} files` : `unequal in ${unequal[0]!.file}`,
    ),
    check(
      'evidence rows on disk',
      manifest.rows === evidence.counts.records - total(evidence.counts.refused),
      `${evidence.counts.records - total(evidence.counts.refused)}`,
      `${manifest.rows}`,
    ),
    check('one score for every evidence row', scored === manifest.rows, `${manifest.rows}`, `${scored}`),
    ...setChecks(written, manifest.rows),
    check(
      'SFT firewall on the file as it lies on disk',
      audits.sft.findings.length === 0,
      'no finding',
      audits.sft.findings[0] ?? 'no finding',
    ),
    check('files as they were written, rows as they must be', fileFindings.length === 0, 'no finding', fileFindings[0] ?? 'no finding'),
    ...(['rag', 'sft', 'preference'] as const).map((set) =>
      check(`${set} rows on disk`, audits[set].rows === written[set].rows, `${written[set].rows}`, `${audits[set].rows}`),
    ),
    check('no task on both sides of a split', straddling === 0, '0', `${straddling}`),
    check(
      'the chain of receipts closes',
      broken === undefined && receipts.length === STAGES.length - 1,
      `${STAGES.length - 1} linked receipts`,
      broken === undefined ? `${receipts.length} linked receipts` : `a break at ${broken.stage}`,
    ),
  ];
}

/** Eligible = exported + quarantined, set by set. For preference a record counts once, in however many pairs it stands. */
function setChecks(written: WrittenSets, evidenceRows: number): Check[] {
  const refused = (set: (typeof QUARANTINE_SETS)[number]): number => total(written.quarantine.reasons[set] ?? {});
  return (['rag', 'sft'] as const).map((set) => {
    const found = written[set].rows + refused(set);
    return check(
      `${set}: eligible = exported + quarantined`,
      found === evidenceRows,
      `${evidenceRows}`,
      `${written[set].rows} + ${refused(set)} = ${found}`,
    );
  });
}

function readAudit(ports: Ports, run: DistillInput, set: ExportSet | 'quarantine'): RowsAudit {
  return ports.runs.read<RowsAudit>(run.run_id, `audited-${set}`);
}

function check(name: string, passed: boolean, expected: string, found: string): Check {
  return { check: name, passed, expected, found };
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
