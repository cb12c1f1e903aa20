import { asArray, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { branchesOf, type Branch } from './claude-code-branches.ts';
import { endingOf, firstTimeOf, modelOf, requestOf, usageOf } from './claude-code-facts.ts';
import { sessionLineOf, sessionOf, subAgentOf, type SessionLine } from './claude-code-lines.ts';
import { sessionMessages } from './claude-code-messages.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, noSignals, refuse } from './drafts.ts';
import type { Detection, Draft, FileSample, RawRecord, SourceAdapter } from './source-adapter.ts';

/**
 * Sessions of the Claude Code agent: JSONL files of linked lines, its sub-agents' files, and exports as one JSON with `loglines`. Every branch of a session
 * is an attempt; nothing in it says whether the work was any good.
 */
export const claudeCode: SourceAdapter = { name: 'claude-code', version: 2, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  if (
    isExport(sample.document) ||
    (sample.firstElement?.container === 'object' && sample.firstElement.key === 'loglines' && isLog(sample.firstElement.value))
  ) {
    return { layout: 'document', confidence: 0.95, reason: 'an exported session with loglines' };
  }
  if (isIndex(sample.document)) return { layout: 'companion', confidence: 0.9, reason: 'an index of sessions' };
  const lines = sample.lines.filter(isObject);
  if (lines.length === 0 || lines.length < sample.lines.length || !lines.every((line) => typeof line.type === 'string')) return undefined;
  if (lines.some(isTurn)) return { layout: 'session', confidence: 0.95, reason: 'lines of a session with user and assistant messages' };
  const notes = lines.filter(isNote).length;
  if (notes * 2 < lines.length) return undefined;
  if (sample.complete && lines.length < SAMPLED_LINES)
    return { layout: 'companion', confidence: 0.8, reason: 'notes of a session without a turn' };
  return { layout: 'session', confidence: 0.8, reason: 'notes that stand at the beginning of a session' };
}

/** A sample holds no more lines than this, so a turn may follow those it shows. */
const SAMPLED_LINES = 20;

function isExport(value: JsonValue | undefined): boolean {
  return isObject(value) && isLog(value.loglines);
}

function isLog(value: JsonValue | undefined): boolean {
  return asArray(value)?.some(isTurn) === true;
}

function isIndex(value: JsonValue | undefined): boolean {
  const entries = isObject(value) ? asArray(value.entries) : undefined;
  return (
    entries !== undefined && entries.length > 0 && entries.every((entry) => isObject(entry) && 'sessionId' in entry && 'fullPath' in entry)
  );
}

function isTurn(value: JsonValue | undefined): boolean {
  if (!isObject(value) || (value.type !== 'user' && value.type !== 'assistant')) return false;
  return (
    isObject(value.message) && 'content' in value.message && ('uuid' in value || 'timestamp' in value || sessionOf(value) !== undefined)
  );
}

function isNote(line: JsonObject): boolean {
  switch (line.type) {
    case 'summary':
      return 'leafUuid' in line;
    case 'file-history-snapshot':
      return 'snapshot' in line;
    default:
      return typeof line.sessionId === 'string';
  }
}

function normalize(record: RawRecord): readonly Draft[] {
  const isJsonl = Array.isArray(record.value);
  const values = isObject(record.value) ? asArray(record.value.loglines) : asArray(record.value);
  if (values === undefined)
    return [refuse(record, 'not_an_object', `session: expected lines or an object with loglines, found ${describeValue(record.value)}`)];
  const placeOf = (index: number): RawRecord => {
    if (!isJsonl) return { ...record, locator: { ...record.locator, pointer: `/loglines/${index}` } };
    const line = record.lines?.[index] ?? record.line + index;
    return { ...record, locator: { ...record.locator, line }, line };
  };
  const strays = values.flatMap((value, index) =>
    isObject(value) ? [] : [refuse(placeOf(index), 'not_an_object', `session line: expected an object, found ${describeValue(value)}`)],
  );
  const lines = values.flatMap((value, index) => (isObject(value) ? (sessionLineOf(value, index) ?? []) : []));
  const { branches, leftOut } = branchesOf(lines);
  if (branches.length === 0 && strays.length === 0)
    return [refuse(record, 'missing_field', 'session: expected a user or assistant line, found none')];
  const tooMuch = leftOut.map(({ index }) =>
    refuse(placeOf(index), 'too_large', 'session: its branches repeat too many lines to keep them all'),
  );
  return [...strays, ...branches.map((branch) => draftOfBranch(branch, placeOf)), ...tooMuch];
}

function draftOfBranch(branch: Branch, placeOf: (index: number) => RawRecord): Draft {
  const { lines } = branch;
  const read = sessionMessages(lines);
  if ('problem' in read) return refuse(placeOf(read.line.index), 'missing_field', read.problem);
  const ending = endingOf(lines);
  return draftOf(placeOf(lines[0]?.index ?? 0), {
    signed: lines.map(({ value }) => value),
    branch: branch.id,
    task: { id: null, text: requestOf(lines) },
    messages: [...read.messages],
    signals: {
      ...noSignals(),
      cancelled: ending.isCancelled,
      ...(ending.error !== undefined && { error: ending.error }),
      proxies: positive({
        thinking_blocks: read.thinkingBlocks,
        synthetic_turns: read.syntheticTurns,
        interruptions: ending.interruptions,
        bridged_links: branch.bridgedLinks,
      }),
    },
    recordedAt: firstTimeOf(lines),
    model: modelOf(lines),
    usage: usageOf(lines),
    parent_id: parentSession(lines),
  });
}

function positive(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/** A sub-agent's lines carry the id of the session that sent it out. */
function parentSession(lines: readonly SessionLine[]): string | null {
  const own = lines.find(({ kind, value }) => kind !== 'link' && subAgentOf(value) !== undefined);
  return (own && sessionOf(own.value)) ?? null;
}
