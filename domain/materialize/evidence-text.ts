import { canonicalJson, quoteJson } from '../shared/canonical-json.ts';
import type { JsonValue } from '../shared/json.ts';
import type { Evidence, Judgement, Message, Provenance, Signals } from '../../schemas/evidence.ts';

/** Two canonical texts: `row` says where the record was read, `content` does not. */
export interface PlacedText {
  readonly row: string;
  readonly content: string;
}

/**
 * The canonical text of a record, and of the record without its place; they share all but the value of `provenance`. The fields are spelled out in the
 * order of their keys, which takes half of the time of {@link canonicalJson} on a chat record; a test holds one against the other.
 */
export function evidenceText(evidence: Evidence, provenance: PlacedText): PlacedText {
  const { task, tools } = evidence;
  const before =
    `{"adapter":"${evidence.adapter}","artifacts":${listText(evidence.artifacts)},"attempt":${evidence.attempt},"day":"${evidence.day}",` +
    `"generation":${evidence.generation},"id":"${evidence.id}","messages":${messagesText(evidence.messages)},"model":${nameText(evidence.model)},` +
    `"origin":"${evidence.origin}","outcome":${outcomeText(evidence.outcome)},"parent_id":${nameText(evidence.parent_id)},"provenance":`;
  const after =
    `,"provider":${nameText(evidence.provider)},"redactions":${json(evidence.redactions)},"signals":${signalsText(evidence.signals)},` +
    `"source":${quoteJson(evidence.source)},"task":{"hash":"${task.hash}","id":${nameText(task.id)},"key":${quoteJson(task.key)},` +
    `"text":${quoteJson(task.text)}},${tools === undefined ? '' : `"tools":${json(tools)},`}"trial":${evidence.trial},"usage":${json(evidence.usage)}}`;
  const row = before + provenance.row + after;
  // Slices of the row, which is one piece once it was cut: concatenated again, the same pieces would have to be gathered twice.
  return { row, content: row.slice(0, before.length) + provenance.content + row.slice(row.length - after.length) };
}

/** The canonical text of a provenance, and of what stays the same for one file or many, plain or compressed: the signature, and the record's own time. */
export function provenanceText(provenance: Provenance): PlacedText {
  const { recorded_at_from: from, sig_hash: signature } = provenance;
  const time = `"recorded_at":${quoteJson(provenance.recorded_at)},`;
  const own = `"recorded_at_from":"${from}","sig_hash":"${signature}"`;
  const row =
    `{"line_offset":${provenance.line_offset},"locator":${locatorText(provenance.locator)},${time}${own},` +
    `"source_file":${quoteJson(provenance.source_file)}}`;
  return { row, content: from === 'record' ? `{${time}${own}}` : `{${own}}` };
}

function locatorText(locator: Provenance['locator']): string {
  const isLine = locator.line !== undefined && locator.pointer === undefined && locator.member === undefined;
  return isLine ? `{"line":${locator.line}}` : json(locator);
}

function messagesText(messages: readonly Message[]): string {
  let text = '[';
  for (const message of messages) {
    if (text.length > 1) text += ',';
    text += `{"content":${quoteJson(message.content)}`;
    if (message.name !== undefined) text += `,"name":${quoteJson(message.name)}`;
    text += `,"role":"${message.role}"`;
    if (message.tool_call_id !== undefined) text += `,"tool_call_id":${quoteJson(message.tool_call_id)}`;
    if (message.tool_calls !== undefined) text += `,"tool_calls":${json(message.tool_calls)}`;
    text += '}';
  }
  return `${text}]`;
}

function outcomeText({ from, state, value }: Evidence['outcome']): string {
  return `{"from":"${from}","state":"${state}","value":${json(value)}}`;
}

function signalsText(signals: Signals): string {
  let text = `{"cancelled":${signals.cancelled}`;
  if (signals.error !== undefined) text += `,"error":${quoteJson(signals.error)}`;
  if (signals.exit_status !== undefined) text += `,"exit_status":${quoteJson(signals.exit_status)}`;
  text += `,"human":${judgementsText(signals.human)},"judges":${judgementsText(signals.judges)},"proxies":${json(signals.proxies)}`;
  if (signals.reward !== undefined) text += `,"reward":${json(signals.reward)}`;
  if (signals.tests !== undefined) text += `,"tests":${json(signals.tests)}`;
  return `${text},"truncated":${signals.truncated}}`;
}

function judgementsText(judgements: readonly Judgement[]): string {
  const [only] = judgements;
  if (only === undefined) return '[]';
  if (judgements.length > 1 || only.value !== undefined) return json(judgements);
  return `[{"by":${quoteJson(only.by)},"verdict":"${only.verdict}"}]`;
}

function listText(list: readonly unknown[]): string {
  return list.length === 0 ? '[]' : json(list);
}

function nameText(name: string | null): string {
  return name === null ? 'null' : quoteJson(name);
}

function json(value: unknown): string {
  return canonicalJson(value as JsonValue);
}
