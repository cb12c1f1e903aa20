import { ConfigError } from '../../domain/shared/errors.ts';
import { asArray, asNumber, asText, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import { mappedOptionsSchema } from '../../schemas/mapped-options.ts';
import type { Message } from '../../schemas/evidence.ts';
import { chatMessages } from './chat-messages.ts';
import { contentText, draftOf, noSignals, outcomeOf, refuse } from './drafts.ts';
import { parseFieldPath } from './field-path.ts';
import { FieldReader, type FieldPaths } from './field-reader.ts';
import { LABELS, outcomeOfVerdict, verdictOfLabel, type Label } from './human-label.ts';
import type { Draft, EvidenceDraft, RawRecord, RecordContext, SourceAdapter } from './source-adapter.ts';
import { parseTimestamp } from './timestamps.ts';

/** JSON of any form, read by the field paths of its source's options. Never found by content: somebody who knows the data chooses it. */
export const mapped: SourceAdapter = { name: 'mapped', version: 1, detect: () => undefined, normalize };

function normalize(record: RawRecord, context: RecordContext): readonly Draft[] {
  const plan = planOf(context);
  const reader = new FieldReader(record.value, plan.paths);
  const messages = messagesOf(reader);
  const truth = truthOf(reader, plan.labels);
  const draft = draftOf(record, {
    task: { id: reader.read('task_id', 'text or a number', asText) ?? null, text: firstRequest(messages) },
    messages,
    ...truth,
    recordedAt: reader.read('created_at', 'a time', (value) => parseTimestamp(value) ?? undefined) ?? null,
    model: reader.read('model', 'text', asText) ?? null,
  });
  // Evidence has no place for the record's own id, but a promised one that is not there means that the paths do not fit.
  reader.read('id', 'text or a number', asText);
  return [reader.problem === undefined ? draft : refuse(record, 'missing_field', reader.problem)];
}

function messagesOf(reader: FieldReader): Message[] {
  const system = reader.read('system', 'text', contentText);
  const turns = reader.read('messages', 'an array of messages', asArray);
  const opening: Message[] = system === undefined ? [] : [{ role: 'system', content: system }];
  if (turns === undefined) {
    const prompt = reader.read('prompt', 'text', contentText);
    const response = reader.read('response', 'text', contentText);
    return [...opening, { role: 'user', content: prompt ?? '' }, { role: 'assistant', content: response ?? '' }];
  }
  const messages = chatMessages(turns, reader.nameOf('messages'));
  if (typeof messages !== 'string') return [...opening, ...messages];
  reader.problem ??= messages;
  return opening;
}

function firstRequest(messages: readonly Message[]): string {
  return messages.find(({ role, content }) => role === 'user' && !isBlank(content))?.content ?? '';
}

/** Every voice stays as a signal; as outcome a reward outweighs a test result, and both outweigh a label. */
function truthOf(reader: FieldReader, labels: Plan['labels']): Pick<EvidenceDraft, 'outcome' | 'signals'> {
  const signals = noSignals();
  let outcome = outcomeOf(null, 'none');
  const verdict = reader.read('label', `one of ${[...labels.keys()].join(', ')}`, (value) =>
    verdictOfLabel(labels.get(asText(value) ?? '') ?? null),
  );
  if (verdict !== undefined) {
    signals.human.push({ by: 'label', verdict });
    outcome = outcomeOfVerdict(verdict);
  }
  const passed = reader.read('passed', 'true, false, 1 or 0', (value) => PASSED.get(value));
  if (passed !== undefined) {
    signals.tests = { passed };
    outcome = outcomeOf(passed ? 1 : 0, 'tests');
  }
  const reward = reader.read('reward', 'a number', asNumber);
  if (reward !== undefined) {
    signals.reward = reward;
    outcome = outcomeOf(reward, 'reward');
  }
  return { outcome, signals };
}

const PASSED: ReadonlyMap<JsonValue, boolean> = new Map<JsonValue, boolean>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
]);

interface Plan {
  readonly paths: FieldPaths;
  readonly labels: ReadonlyMap<string, Label>;
}

/** Options are the same object for every record of a source, so they are read once. */
const plans = new WeakMap<RecordContext['options'], Plan>();

function planOf({ options, path }: RecordContext): Plan {
  const known = plans.get(options);
  if (known !== undefined) return known;
  const parsed = mappedOptionsSchema.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(
      `reading a mapped source, on ${path}: expected options with field paths, found ${issue?.path.join('.') ?? 'options'}: ${issue?.message}.`,
      'Correct the options of this source in lauter.config.json.',
    );
  }
  const { fields, label_map: labelMap } = parsed.data;
  const paths = Object.entries(fields).flatMap(([field, text]) => (text === undefined ? [] : [[field, parseFieldPath(text)] as const]));
  const plan: Plan = {
    paths: Object.fromEntries(paths),
    labels: new Map(labelMap === undefined ? LABELS.map((label) => [label, label]) : Object.entries(labelMap)),
  };
  plans.set(options, plan);
  return plan;
}
