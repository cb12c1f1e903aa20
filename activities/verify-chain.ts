import { receiptDigest, summarizeStage } from '../domain/receipts/index.ts';
import { runRecordSchema } from '../schemas/run-record.ts';
import { runSummarySchema } from '../schemas/run-summary.ts';
import { stageReceiptSchema, type StageReceipt } from '../schemas/stage-receipt.ts';
import { STAGES, type Stage } from '../schemas/vocabulary.ts';
import { readDocument, textOf } from './receipt-documents.ts';
import type { ReceiptLinks } from './receipt-links.ts';
import type { ReceiptWorld } from './receipt-world.ts';

/** The receipts of a run as far as it came, each held against its published copy and against the receipt that follows it. */
export interface VerifiedChain {
  /** Receipts that can be relied on, by stage. */
  readonly receipts: ReadonlyMap<Stage, StageReceipt>;
  /** Adds what was found on one stage's receipt to the links of the run. */
  report(stage: Stage, links: ReceiptLinks): void;
}

interface Copies {
  readonly lake: StageReceipt | undefined;
  readonly published: StageReceipt | undefined;
}

const WHAT = { name: 'a stage-receipt/1 document', schema: stageReceiptSchema };

/** Stages whose receipts must be there: all of a run that came to its verdict, else those up to the last that is. Empty when there are none. */
export function dueStages(world: ReceiptWorld, runId: string): readonly Stage[] {
  if (hasEnded(world, runId)) return STAGES;
  const last = STAGES.findLastIndex((stage) => world.readText(lakePath(runId, stage)) !== undefined);
  return STAGES.slice(0, last + 1);
}

export function readChain(world: ReceiptWorld, runId: string, stages: readonly Stage[]): VerifiedChain {
  const copies = new Map(stages.map((stage) => [stage, readCopies(world, runId, stage)]));
  const receipts = new Map<Stage, StageReceipt>();
  const reports = new Map<Stage, (links: ReceiptLinks) => void>();
  for (const [index, stage] of stages.entries()) {
    const { lake, published } = copies.get(stage)!;
    const next = stages[index + 1] === undefined ? undefined : copies.get(stages[index + 1]!);
    const trusted = chooseCopy(world, runId, { lake, published }, next);
    if (trusted !== undefined) receipts.set(stage, trusted);
    const previous = index === 0 ? null : receipts.get(stages[index - 1]!);
    reports.set(stage, (links) => {
      for (const [copy, at, kind] of [
        [lake, lakePath(runId, stage), 'receipt'],
        [published, publishedPath(runId, stage), 'published_receipt'],
      ] as const) {
        const place = { link: kind, stage, path: at };
        const read = readDocument(world, links, place, WHAT);
        if (read === undefined || copy === undefined || trusted === undefined) continue;
        links.hold(place, textOf({ run_id: runId, stage }), textOf({ run_id: copy.run_id, stage: copy.stage }));
        const [expected, found] = [receiptDigest(trusted, world.digests.sha256), receiptDigest(copy, world.digests.sha256)];
        links.hold(place, `sha256 ${expected}`, `sha256 ${found}`);
      }
      if (trusted === undefined || previous === undefined) return;
      const expected = previous === null ? 'no receipt before it' : receiptDigest(previous, world.digests.sha256);
      links.hold(
        { link: 'receipt', stage, path: lakePath(runId, stage) },
        `a receipt that names ${expected}`,
        `a receipt that names ${trusted.previous ?? 'no receipt before it'}`,
      );
    });
  }
  return { receipts, report: (stage, links) => reports.get(stage)?.(links) };
}

export function lakePath(runId: string, stage: Stage): string {
  return `lake/runs/${runId}/${stage}-receipt.json`;
}

function publishedPath(runId: string, stage: Stage): string {
  return `reports/${runId}/receipts/${stage}.json`;
}

function hasEnded(world: ReceiptWorld, runId: string): boolean {
  if (world.readText(`reports/${runId}/summary.json`) !== undefined) return true;
  const record = parsed(world.readText(`lake/runs/${runId}/record.json`), runRecordSchema);
  return (
    record !== undefined && (record.state === 'refused' || (record.state === 'accepted' && !record.detail.startsWith('stopped after')))
  );
}

function readCopies(world: ReceiptWorld, runId: string, stage: Stage): Copies {
  const read = (path: string): StageReceipt | undefined => parsed(world.readText(path), stageReceiptSchema);
  return { lake: read(lakePath(runId, stage)), published: read(publishedPath(runId, stage)) };
}

/** Of two copies that differ, the one that the next receipt, or the summary, bears out; the lake's where nothing decides. */
function chooseCopy(world: ReceiptWorld, runId: string, { lake, published }: Copies, next: Copies | undefined): StageReceipt | undefined {
  if (lake === undefined || published === undefined) return lake ?? published;
  const digest = (receipt: StageReceipt): string => receiptDigest(receipt, world.digests.sha256);
  if (digest(lake) === digest(published)) return lake;
  const named = [next?.lake?.previous, next?.published?.previous];
  if (named.includes(digest(lake))) return lake;
  if (named.includes(digest(published))) return published;
  const summary = parsed(world.readText(`reports/${runId}/summary.json`), runSummarySchema);
  const row = textOf(summary?.stages.find(({ stage }) => stage === lake.stage));
  return textOf(summarizeStage(lake)) !== row && textOf(summarizeStage(published)) === row ? published : lake;
}

function parsed<Value>(
  text: string | null | undefined,
  schema: { safeParse(value: unknown): { success: true; data: Value } | { success: false } },
): Value | undefined {
  try {
    const result = schema.safeParse(JSON.parse(text ?? ''));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
