import { Bool, Field, Float64, Int64, List, Schema, Struct, Utf8, type DataType } from 'apache-arrow';
import type { ExportSet } from '../../schemas/vocabulary.ts';

const text = new Utf8();
const count = new Int64();

const call = struct({ id: text, name: text, arguments: text });
const turns = list(struct({ role: text, content: text, tool_calls: list(call), tool_call_id: text, name: text }));
/** The locator has no fixed shape and stays JSON text, as in Parquet. */
const provenance = struct({
  source_file: text,
  locator: text,
  line_offset: count,
  sig_hash: text,
  recorded_at: text,
  recorded_at_from: text,
});

/** Columns of the exported sets: names, order and types are those of the Parquet files. Tool schemas are JSON text, too. */
export const ARROW_SCHEMAS: Readonly<Record<ExportSet | 'quarantine', Schema>> = {
  rag: schema({
    id: text,
    title: text,
    content: text,
    category: text,
    warning: new Bool(),
    tags: list(text),
    validation_steps: list(text),
    task_key: text,
    tokens: count,
    split: text,
    provenance,
  }),
  sft: schema({ id: text, messages: turns, tools: text, quality_score: text, task_key: text, split: text, tokens: count, provenance }),
  preference: schema({
    id: text,
    prompt: turns,
    prompt_from: text,
    chosen: turns,
    rejected: turns,
    reason: text,
    margin: new Float64(),
    task_key: text,
    split: text,
    chosen_id: text,
    rejected_id: text,
    chosen_category: text,
    rejected_category: text,
    provenance: struct({ chosen: provenance, rejected: provenance }),
  }),
  quarantine: schema({
    evidence_id: text,
    set: text,
    reason: text,
    detail: text,
    provenance: struct({ source_file: text, locator: text, line_offset: count, sig_hash: text }),
  }),
};

function schema(columns: Readonly<Record<string, DataType>>): Schema {
  return new Schema(fieldsOf(columns));
}

function struct(columns: Readonly<Record<string, DataType>>): Struct {
  return new Struct(fieldsOf(columns));
}

function list(of: DataType): List {
  return new List(new Field('item', of, true));
}

function fieldsOf(columns: Readonly<Record<string, DataType>>): Field[] {
  return Object.entries(columns).map(([name, type]) => new Field(name, type, true));
}
