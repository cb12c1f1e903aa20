import { SourceError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { parseStrictJson, StrictJsonError } from '../../domain/shared/strict-json.ts';
import { panelCalibrationRowSchema } from '../../schemas/panel-calibration.ts';
import type { PanelItem } from './item.ts';
import type { ReadLines } from './world.ts';

/** Outputs whose worth is known. SourceError for a file without any, and with the line of what is none. */
export function readCalibration(lines: ReadLines['lines'], path: string): PanelItem[] {
  if (lines.length === 0) throw refuse(path, 'rows with id, task, output and score or scores', 'none');
  return lines.map(({ line, text }) => {
    const { data: row, error } = panelCalibrationRowSchema.safeParse(parse(text));
    if (row === undefined) {
      const [issue] = error.issues;
      const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.')}`;
      throw refuse(path, 'an output whose worth is known', `something else on line ${line}${place}`, line);
    }
    const { id, task, output, score, scores, injected } = row;
    const label = { ...(score === undefined ? {} : { score }), ...(scores === undefined ? {} : { scores }), injected };
    return { id, task, output, reference: null, names: [], label };
  });
}

function parse(text: string): JsonValue | undefined {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}

function refuse(file: string, expected: string, found: string, line?: number): SourceError {
  return new SourceError(
    `reading a calibration, on ${file}: expected ${expected}, found ${found}.`,
    'Write JSON lines such as {"id":"ebb-1","task":"…","output":"…","score":8}.',
    { file, ...(line === undefined ? {} : { line }) },
  );
}
