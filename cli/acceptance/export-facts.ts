import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUARANTINE_SETS, SET_FILES } from '../../activities/written-set.ts';
import type { AcceptanceFacts, PairFact, ProvenanceFact, QuarantineFact, RowFact } from '../../domain/acceptance/index.ts';
import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

type ExportFacts = Pick<AcceptanceFacts, 'rag' | 'sft' | 'preference' | 'quarantine'>;

/** What the files of an export hold: each line parsed, nothing taken on trust. A file that is not there has no lines. */
export function exportFacts(workspace: string, runId: string): ExportFacts {
  const linesOf = (name: string): JsonObject[] => readObjects(join(workspace, 'exports', runId, `${name}.jsonl`));
  return {
    rag: linesOf(SET_FILES.rag).map((row) => rowFact(row, row.category, text(row.content), row.warning === true)),
    sft: linesOf(SET_FILES.sft).map((row) => rowFact(row, row.quality_score, turnTexts(row.messages), null)),
    preference: linesOf(SET_FILES.preference).map(pairFact),
    quarantine: QUARANTINE_SETS.flatMap((set) => linesOf(`quarantine/${set}`).map(quarantineFact)),
  };
}

/** The lines of a file that are JSON objects. A line that is none has no field, and is found by that. */
export function readObjects(path: string): JsonObject[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => objectIn(line));
}

function objectIn(line: string): JsonObject {
  try {
    const value = JSON.parse(line) as JsonValue;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function rowFact(row: JsonObject, quality: JsonValue | undefined, said: string, warning: boolean | null): RowFact {
  const id = text(row.id);
  return {
    id,
    quality: text(quality),
    warning,
    task_key: text(row.task_key),
    split: text(row.split),
    text: said,
    provenance: provenanceFact(id, row.provenance),
  };
}

function pairFact(row: JsonObject): PairFact {
  const [chosen, rejected] = [text(row.chosen_id), text(row.rejected_id)];
  const places = isObject(row.provenance) ? row.provenance : {};
  return {
    id: text(row.id),
    chosen_id: chosen,
    rejected_id: rejected,
    chosen_text: turnTexts(row.chosen),
    rejected_text: turnTexts(row.rejected),
    margin: typeof row.margin === 'number' ? row.margin : 0,
    task_key: text(row.task_key),
    split: text(row.split),
    provenance: [provenanceFact(chosen, places.chosen), provenanceFact(rejected, places.rejected)],
  };
}

function quarantineFact(row: JsonObject): QuarantineFact {
  const place = isObject(row.provenance) ? row.provenance : {};
  return {
    set: text(row.set),
    evidence_id: typeof row.evidence_id === 'string' ? row.evidence_id : null,
    reason: text(row.reason),
    source_file: text(place.source_file),
  };
}

function provenanceFact(id: string, value: JsonValue | undefined): ProvenanceFact {
  const place = isObject(value) ? value : {};
  return {
    evidence_id: id,
    source_file: text(place.source_file),
    locator: isObject(place.locator) ? place.locator : {},
    line_offset: typeof place.line_offset === 'number' ? place.line_offset : -1,
    sig_hash: text(place.sig_hash),
  };
}

/** What the turns say and call, one after the other. */
function turnTexts(turns: JsonValue | undefined): string {
  const said = (Array.isArray(turns) ? turns : []).filter(isObject).flatMap((turn) => {
    const calls = (Array.isArray(turn.tool_calls) ? turn.tool_calls : []).filter(isObject);
    return [text(turn.content), ...calls.map((call) => `${text(call.name)} ${text(call.arguments)}`)];
  });
  return said.join('\n');
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
