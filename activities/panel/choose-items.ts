import { readBatchLine, type BatchLine } from '../../domain/panel/index.ts';
import { SourceChangedError, SourceError } from '../../domain/shared/errors.ts';
import type { PanelBatchRun } from '../panel-contract.ts';
import { readCalibration } from './read-calibration.ts';
import type { PanelItem } from './item.ts';
import type { PanelFiles, ReadLines } from './world.ts';

/** What decides what is judged. */
export type ChosenBatch = Pick<PanelBatchRun, 'batch' | 'limit' | 'calibration'>;

/** A row that was taken: what is judged of it, or why nothing is. */
export type ChosenRow =
  | { readonly question_id: string; readonly item: number }
  | { readonly question_id: string; readonly fault: 'upstream_error' | 'malformed'; readonly error: string };

/** What a batch comes to before anybody is asked. */
export interface ChosenItems {
  readonly batch_sha256: string;
  readonly calibration_sha256: string | null;
  /** What judges are calibrated by comes first, so that money that runs out never leaves a verdict without its other half. */
  readonly items: readonly PanelItem[];
  readonly rows: readonly ChosenRow[];
  /** Rows beyond the limit. */
  readonly not_scored: number;
}

/** Reads batch and calibration. SourceError for a batch without a row, and for a calibration with a line that is none; SourceChangedError for other files than stated. */
export async function chooseItems(files: Pick<PanelFiles, 'readLines'>, { batch, limit, calibration }: ChosenBatch): Promise<ChosenItems> {
  const labelled = calibration === null ? null : await readStated(files, calibration, 'a calibration');
  const known = labelled === null ? [] : readCalibration(labelled.lines, calibration!.path);
  const { sha256, lines } = await readStated(files, batch, 'a batch');
  const found = lines.map(({ line, text }) => readBatchLine(text, line)).filter((row) => row.kind !== 'metadata');
  if (found.length === 0) {
    throw new SourceError(
      `reading a batch, on ${batch.path}: expected rows with question and hypothesis, found none.`,
      'Name the file that --output of `lauter eval longmemeval` wrote.',
      { file: batch.path },
    );
  }
  const taken = found.slice(0, limit ?? found.length);
  const items = [...known];
  const rows = taken.map((row): ChosenRow => {
    if (row.kind !== 'question') return { question_id: row.question_id, fault: row.kind, error: row.error };
    return { question_id: row.question_id, item: items.push(itemOf(row)) - 1 };
  });
  return {
    batch_sha256: sha256,
    calibration_sha256: labelled?.sha256 ?? null,
    items,
    rows,
    not_scored: found.length - taken.length,
  };
}

async function readStated(
  files: Pick<PanelFiles, 'readLines'>,
  { path, sha256 }: PanelBatchRun['batch'],
  what: string,
): Promise<ReadLines> {
  const read = await files.readLines(path);
  if (sha256 === null || sha256 === read.sha256) return read;
  throw new SourceChangedError(
    `reading ${what}, on ${path}: expected sha256 ${sha256}, found ${read.sha256}.`,
    'Leave the file as it is while it is judged, and run the command again.',
    { file: path },
  );
}

function itemOf({ question_id, question, hypothesis, reference, models }: Extract<BatchLine, { kind: 'question' }>): PanelItem {
  return { id: question_id, task: question, output: hypothesis, reference, names: models, label: null };
}
