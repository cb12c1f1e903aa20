import { refusalsOf, summarizeStage, warningsOf } from '../domain/receipts/index.ts';
import type { DriftReport } from '../schemas/drift-report.ts';
import type { RunRecord } from '../schemas/run-record.ts';
import type { RunReport } from '../schemas/run-report.ts';
import type { RunSummary, SourceSummary } from '../schemas/run-summary.ts';
import type { StageReceipt } from '../schemas/stage-receipt.ts';
import { EXPORT_SETS, SPLITS, type Category, type QuarantineReason } from '../schemas/vocabulary.ts';
import type { Check } from './audit.ts';
import { cardFacts, licensesOf, type CardRun } from './card-facts.ts';
import { contaminationFacts } from './contamination.ts';
import type { DistillInput, DistillResult } from './contract.ts';
import { QUARANTINE_SETS, readWritten, sumReasons, type WrittenSets } from './written-set.ts';
import { readPlan, type EvidenceVersion } from './materialize.ts';
import type { Ports } from './ports.ts';
import { doneReceipts } from './receipts.ts';
import type { ScoredVersion } from './score.ts';
import { readVersion } from './stage-document.ts';

/** Draws the verdict, publishes the summary and the report, and moves what "current" and "latest" mean. */
export function createFinish(ports: Ports) {
  return {
    async finishRun(run: DistillInput): Promise<DistillResult> {
      const receipts = doneReceipts(ports, run);
      const summary_path = `${ports.output.reportsPath(run.run_id)}/summary.json`;
      if (run.until !== 'audit') {
        if (run.until === 'export') await writeCard(ports, run, { verdict: 'unfinished', ...factsOf(ports, run) });
        saveRecord(ports, run, 'accepted', `stopped after ${run.until}, as asked`);
        return { run_id: run.run_id, verdict: 'unfinished', summary_path };
      }
      const summary = summarize(ports, run, receipts);
      const report = await reportOf(ports, run, summary);
      for (const file of await ports.renderRun(report)) ports.output.writeReport(run.run_id, file.name, file.text);
      ports.output.writeReport(run.run_id, 'report.json', `${JSON.stringify(report, null, 2)}\n`);
      await writeCard(ports, run, summary);
      ports.lake.setHead('evidence', readVersion<EvidenceVersion>(ports, run, 'materialize').manifest, run.run_id);
      ports.lake.setHead('scored', readVersion<ScoredVersion>(ports, run, 'score').manifest, run.run_id);
      if (summary.verdict === 'accepted') ports.output.setLatest(run.run_id);
      ports.output.writeReport(run.run_id, 'summary.json', `${JSON.stringify(summary, null, 2)}\n`);
      saveRecord(ports, run, summary.verdict, summary.reasons.map(({ reason, detail }) => `${reason}: ${detail}`).join('; '));
      return { run_id: run.run_id, verdict: summary.verdict, summary_path };
    },

    async abandonRun({ run, state, reason }: { run: DistillInput; state: 'cancelled' | 'failed'; reason: string }): Promise<void> {
      saveRecord(ports, run, state, reason);
    },
  };
}

async function writeCard(ports: Ports, run: DistillInput, known: CardRun): Promise<void> {
  const { verdict, sources, categories, redactions } = known;
  const facts = cardFacts(ports, run, { verdict, sources, categories, redactions });
  ports.output.writeText(run.run_id, 'README.md', await ports.renderCard(facts));
}

/** What is known of a run once it was scored. */
function factsOf(ports: Ports, run: DistillInput): Omit<CardRun, 'verdict'> {
  const evidence = readVersion<EvidenceVersion>(ports, run, 'materialize');
  const { categories } = readVersion<ScoredVersion>(ports, run, 'score');
  const sources = sourceSummaries(ports, run, evidence).map(({ duplicates: _duplicates, ...source }) => source);
  return { sources, categories, redactions: evidence.counts.redactions };
}

function saveRecord(ports: Ports, run: DistillInput, state: RunRecord['state'], detail: string): void {
  const sources = ports.runs.has(run.run_id, 'plan') ? readPlan(ports, run).sources.map((source) => source.name) : [];
  const record: RunRecord = {
    schema: 'run-record/1',
    run_id: run.run_id,
    workflow_id: run.workflow_id,
    state,
    started_at: run.started_at,
    ended_at: ports.clock.now(),
    detail,
    sources,
  };
  ports.runs.write(run.run_id, 'record', record);
}

function summarize(ports: Ports, run: DistillInput, receipts: readonly StageReceipt[]): RunSummary {
  const evidence = readVersion<EvidenceVersion>(ports, run, 'materialize');
  const { categories } = readVersion<ScoredVersion>(ports, run, 'score');
  const written = readWritten(ports, run);
  const checks = ports.runs.read<Check[]>(run.run_id, 'checks');
  const drift = ports.runs.read<DriftReport>(run.run_id, 'drift');
  const sources = sourceSummaries(ports, run, evidence);
  const exports = { rag: written.rag.rows, sft: written.sft.rows, preference: written.preference.rows };
  const failed = checks.filter((check) => !check.passed);
  const license = { isRequired: run.settings.require_license, missing: unlicensed(ports, run, sources) };
  const contamination = contaminationFacts(ports, run);
  const warnings = warningsOf({ license });
  const reasons = refusalsOf({
    firewallFindings: failed.filter((check) => check.check.startsWith('SFT firewall')).map((check) => check.found),
    failedChecks: failed
      .filter((check) => !check.check.startsWith('SFT firewall'))
      .map((check) => `${check.check}: expected ${check.expected}, found ${check.found}`),
    sources,
    exportedRows: exports.rag + exports.sft + exports.preference,
    maxQuarantined: run.settings.max_quarantined,
    license,
    ...(contamination === undefined ? {} : { contamination }),
  });
  const ended_at = ports.clock.now();
  return {
    schema: 'run-summary/1',
    run_id: run.run_id,
    verdict: reasons.length === 0 ? 'accepted' : 'refused',
    reasons,
    ...(warnings.length === 0 ? {} : { warnings }),
    workflow_id: run.workflow_id,
    started_at: run.started_at,
    ended_at,
    duration_ms: Math.max(0, Date.parse(ended_at) - Date.parse(run.started_at)),
    resumed: run.resumed ?? false,
    stages: receipts.map(summarizeStage),
    sources: sources.map(({ duplicates: _duplicates, ...source }) => source),
    categories,
    exports,
    quarantined: sumReasons(written.quarantine, QUARANTINE_SETS),
    redactions: evidence.counts.redactions,
    drift: { severity: drift.severity, against: drift.against },
    paths: {
      exports: ports.output.exportsPath(run.run_id),
      report: `${ports.output.reportsPath(run.run_id)}/report.html`,
      receipts: `${ports.output.reportsPath(run.run_id)}/receipts`,
    },
  };
}

/** Sources of rows that nobody said may be used. */
function unlicensed(ports: Ports, run: DistillInput, sources: readonly SourceSummary[]): string[] {
  const known = licensesOf(ports, run);
  return sources.filter(({ name, evidence }) => evidence > 0 && (known.get(name) ?? null) === null).map(({ name }) => name);
}

function sourceSummaries(ports: Ports, run: DistillInput, evidence: EvidenceVersion): (SourceSummary & { duplicates: number })[] {
  return readPlan(ports, run).sources.map(({ name, adapter, files }) => {
    const own = evidence.counts.files.filter((file) => file.source === name);
    const sum = (pick: (file: (typeof own)[number]) => number): number => own.reduce((total, file) => total + pick(file), 0);
    return {
      name,
      adapter,
      files,
      records: sum((file) => file.records),
      evidence: sum((file) => file.evidence),
      quarantined: sum((file) => file.quarantined),
      duplicates: evidence.duplicates_by_source[name] ?? 0,
    };
  });
}

async function reportOf(ports: Ports, run: DistillInput, summary: RunSummary): Promise<RunReport> {
  const evidence = readVersion<EvidenceVersion>(ports, run, 'materialize');
  const scored = ports.lake.readManifest('scored', readVersion<ScoredVersion>(ports, run, 'score').manifest);
  const byCategory = await ports.lake.countBy(scored, ['source', 'category']);
  const byRule = await ports.lake.countBy(scored, ['rule']);
  const written = readWritten(ports, run);
  return {
    schema: 'run-report/1',
    summary,
    drift: ports.runs.read<DriftReport>(run.run_id, 'drift'),
    categories_by_source: byCategory.map((row) => ({ source: String(row.source), category: row.category as Category, rows: row.rows })),
    quarantine: QUARANTINE_SETS.flatMap((set) =>
      Object.entries(written.quarantine.reasons[set] ?? {}).map(([reason, rows]) => ({ set, reason: reason as QuarantineReason, rows })),
    ),
    rules: byRule.map((row) => ({ rule: String(row.rule), rows: row.rows })),
    health: (evidence.counts.sources ?? []).map((source) => ({
      source: source.source,
      rows: source.rows,
      without_task: share(source.without_task, source.rows),
      without_output: share(source.without_output, source.rows),
      without_truth: share(source.without_truth, source.rows),
      without_time: share(source.without_time, source.rows),
    })),
    checks: ports.runs.read<Check[]>(run.run_id, 'checks'),
    splits: splitRows(written),
    ignored: readPlan(ports, run).ignored,
  };
}

function splitRows(written: WrittenSets): RunReport['splits'] {
  return EXPORT_SETS.flatMap((set) => SPLITS.map((split) => ({ set, split, rows: written[set].splits[split] ?? 0 })));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
