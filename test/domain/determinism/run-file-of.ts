import { sha256 } from '../../../adapters/digest.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { RunFile, RunRecord } from '../../../domain/shared/run-file.ts';
import { makeRun, type RunShape } from '../../support/bench-run-files.ts';

/** The file as the reader would hand it over. */
export function fileOf(number: number, shape: RunShape): RunFile {
  const records = makeRun(number, shape).map((value, at) => ({ value, line: at + 1 }));
  const typed = (type: string): RunRecord[] => records.filter(({ value }) => value.record_type === type);
  const runId = String(records[0]?.value.run_id);
  return {
    path: `r${number}.jsonl`,
    sha256: sha256(`run ${number}`),
    runId,
    runIds: [runId],
    manifest: typed('run_manifest')[0],
    summaries: typed('model_summary').map((record) => ({ ...record, modelId: String((record.value.model as JsonObject).id) })),
    end: typed('run_end')[0],
    sourceOfEvent: new Map(),
    ignored: { records: 0, fields: 0 },
  };
}
