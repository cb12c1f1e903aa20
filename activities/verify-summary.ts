import { summarizeStage } from '../domain/receipts/index.ts';
import { runReportSchema } from '../schemas/run-report.ts';
import { runSummarySchema, type RunSummary } from '../schemas/run-summary.ts';
import type { StageReceipt } from '../schemas/stage-receipt.ts';
import { STAGES, type Stage } from '../schemas/vocabulary.ts';
import { readDocument, textOf } from './receipt-documents.ts';
import type { ReceiptLinks } from './receipt-links.ts';
import type { ReceiptWorld } from './receipt-world.ts';

/** The summary of a run says what its receipts say, and its report says the same. */
export function verifySummary(world: ReceiptWorld, links: ReceiptLinks, runId: string, receipts: ReadonlyMap<Stage, StageReceipt>): void {
  const place = { link: 'summary', stage: null, path: `reports/${runId}/summary.json` } as const;
  const summary = readDocument(world, links, place, { name: 'a run-summary/1 document', schema: runSummarySchema });
  if (summary === undefined) return;
  links.hold(place, `run ${runId}`, `run ${summary.run_id}`);
  for (const stage of STAGES) {
    const receipt = receipts.get(stage);
    if (receipt === undefined) continue;
    const found = summary.stages.find((row) => row.stage === stage);
    links.hold(place, textOf(summarizeStage(receipt)), textOf(found));
  }
  const score = receipts.get('score');
  if (score !== undefined) links.hold(place, textOf(score.counts.categories), textOf(summary.categories));
  const exported = receipts.get('export');
  if (exported !== undefined) links.hold(place, textOf(setRows(exported)), textOf(summary.exports));
  verifyReport(world, links, runId, summary);
}

/** The report holds the summary a second time: whatever no receipt knows of (times, paths, reasons) stands in both. */
function verifyReport(world: ReceiptWorld, links: ReceiptLinks, runId: string, summary: RunSummary): void {
  const place = { link: 'summary', stage: null, path: `reports/${runId}/report.json` } as const;
  const report = readDocument(world, links, place, { name: 'a run-report/1 document', schema: runReportSchema });
  if (report === undefined) return;
  for (const field of Object.keys(summary) as (keyof RunSummary)[]) {
    const [expected, found] = [textOf(report.summary[field]), textOf(summary[field])];
    const beside = `${field} as report.json beside it has it: ${expected}`;
    links.hold({ ...place, path: `reports/${runId}/summary.json` }, beside, expected === found ? beside : `${field} ${found}`);
  }
  const checks = world.readText(`lake/runs/${runId}/checks.json`);
  if (typeof checks !== 'string') return;
  const shown = `${JSON.stringify(report.checks, null, 2)}\n`;
  const same = 'the checks that report.json shows';
  links.hold(
    { link: 'run_document', stage: 'audit', path: `lake/runs/${runId}/checks.json` },
    same,
    checks === shown ? same : 'other checks',
  );
}

function setRows({ counts }: StageReceipt): Record<string, number> {
  return { rag: counts.more.rag ?? 0, sft: counts.more.sft ?? 0, preference: counts.more.preference ?? 0 };
}
