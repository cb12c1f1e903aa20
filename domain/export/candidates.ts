import { dedupTextOf } from '../dedup/index.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonValue } from '../shared/json.ts';
import { estimateTokens, firstLine, isBlank, normalizeText } from '../shared/text.ts';
import type { Artifact, Evidence, Message } from '../../schemas/evidence.ts';
import { SFT_QUALITY, type Category, type QuarantineReason, type SftQuality } from '../../schemas/vocabulary.ts';
import { checkConversation } from './conversation.ts';
import { PROVENANCE_MARK, SPLIT_MARK } from './template.ts';
import { hasAssistantTurn, textOfTurns } from './turn-text.ts';
import { findValidationSteps } from './validation-steps.ts';

/** A scored record as the export rules see it. */
export interface ScoredRecord {
  readonly id: string;
  readonly source: string;
  readonly adapter: string;
  readonly task_key: string;
  readonly task_text: string;
  readonly model: string | null;
  readonly category: Category;
  readonly messages: readonly Message[];
  readonly tools: readonly JsonValue[] | undefined;
  readonly artifacts: readonly Artifact[];
  readonly signals: Evidence['signals'];
  readonly origin: Evidence['origin'];
  readonly generation: number;
}

export interface CandidateOptions {
  readonly includePartial: boolean;
  readonly maxRowChars: number;
  readonly maxGeneration: number;
}

/** A row without what only the whole set decides (its split), the text by which equal rows are told and that by which near copies are; or why there is none. */
export type Candidate =
  | {
      readonly template: string;
      readonly text: string;
      readonly dedupText: string;
      readonly tokens: number;
      readonly refusal: null;
      readonly detail?: string;
    }
  | {
      readonly template: null;
      readonly text: null;
      readonly dedupText: null;
      readonly tokens: null;
      readonly refusal: QuarantineReason;
      readonly detail?: string;
    };

/** The second firewall: categories that never enter SFT, whatever a schema or an option says. */
export const SFT_NEVER: ReadonlySet<Category> = new Set(['rejected', 'needs_human_review']);

/** The RAG row of a record: accepted, or partially accepted with a warning. */
export function ragCandidate(record: ScoredRecord, options: CandidateOptions): Candidate {
  if (record.category === 'rejected' || record.category === 'needs_human_review') return refuseCandidate(record.category);
  if (isTooFarFed(record, options)) return refuseCandidate('replay_generation', `generation ${record.generation}`);
  const title = firstLine(record.task_text, 120);
  if (title === '') return refuseCandidate('no_prompt', 'the task has no text');
  const answer = answerOf(record);
  if (answer === undefined) return refuseCandidate('no_assistant_turn', 'the record has no final answer and no artifact');
  const content = `${record.task_text.trim()}\n\n${answer.trim()}`;
  if (content.length > options.maxRowChars) return refuseCandidate('oversized_row', `${content.length} characters`);
  const row = {
    id: record.id,
    title,
    content,
    category: record.category,
    warning: record.category === 'partially_accepted',
    tags: [record.adapter, record.source, ...(record.model === null ? [] : [record.model])],
    validation_steps: findValidationSteps(content),
    task_key: record.task_key,
    tokens: estimateTokens(content.length),
    split: SPLIT_MARK,
    provenance: PROVENANCE_MARK,
  };
  const text = normalizeText(content);
  return { template: canonicalJson(row), text, dedupText: text, tokens: row.tokens, refusal: null };
}

/** The SFT row of a record: accepted, and partially accepted when asked for; never anything else. */
export function sftCandidate(record: ScoredRecord, options: CandidateOptions): Candidate {
  const quality = SFT_QUALITY.find((word) => word === record.category);
  if (quality === undefined || SFT_NEVER.has(record.category))
    return refuseCandidate(record.category === 'needs_human_review' ? 'needs_human_review' : 'rejected');
  if (quality === 'partially_accepted' && !options.includePartial) return refuseCandidate('partial_excluded');
  if (isTooFarFed(record, options)) return refuseCandidate('replay_generation', `generation ${record.generation}`);
  const checked = checkConversation(record.messages);
  if (!checked.ok) return refuseCandidate(checked.reason, checked.detail);
  if (record.signals.proxies.equals_reference === true) return refuseCandidate('equals_reference');
  const template = sftTemplate(record, checked.messages, quality);
  if (template.length > options.maxRowChars) return refuseCandidate('oversized_row', `${template.length} characters`);
  return {
    template,
    text: textOfTurns(checked.messages),
    dedupText: dedupTextOf(checked.messages),
    tokens: tokensOf(checked.messages),
    refusal: null,
    ...(checked.cutTurns > 0 ? { detail: `cut ${checked.cutTurns} unanswered user turns` } : {}),
  };
}

function sftTemplate(record: ScoredRecord, messages: readonly Message[], quality: SftQuality): string {
  const row = {
    id: record.id,
    messages,
    ...(record.tools === undefined || record.tools.length === 0 ? {} : { tools: record.tools }),
    quality_score: quality,
    task_key: record.task_key,
    split: SPLIT_MARK,
    tokens: tokensOf(messages),
    provenance: PROVENANCE_MARK,
  };
  return canonicalJson(row as unknown as JsonValue);
}

function tokensOf(messages: readonly Message[]): number {
  return estimateTokens(messages.reduce((sum, message) => sum + message.content.length, 0));
}

/** What decides whether two answers, or two settings, are the same in a preference pair; or why the record takes part in none. */
export type PreferenceCandidate =
  | { readonly refusal: null; readonly system: string; readonly answer: string }
  | { readonly refusal: QuarantineReason; readonly system: null; readonly answer: null };

export function preferenceCandidate(record: ScoredRecord, options: CandidateOptions): PreferenceCandidate {
  const reason = preferenceRefusal(record, options);
  if (reason !== undefined) return { refusal: reason, system: null, answer: null };
  const systems = record.messages.filter((message) => message.role === 'system').map((message) => message.content);
  const answers = record.messages.filter((message) => message.role === 'assistant');
  return { refusal: null, system: systems.join('\n'), answer: textOfTurns(answers) };
}

function preferenceRefusal(record: ScoredRecord, options: CandidateOptions): QuarantineReason | undefined {
  if (record.category === 'needs_human_review') return 'needs_human_review';
  if (isTooFarFed(record, options)) return 'replay_generation';
  if (record.signals.proxies.equals_reference === true) return 'equals_reference';
  if (isBlank(record.task_text) || !record.messages.some((message) => message.role === 'user' && !isBlank(message.content)))
    return 'no_prompt';
  if (!hasAssistantTurn(record.messages)) return 'no_assistant_turn';
  const sizeChars = record.messages.reduce((sum, message) => sum + message.content.length, 0);
  return sizeChars > options.maxRowChars ? 'oversized_row' : undefined;
}

function isTooFarFed(record: ScoredRecord, options: CandidateOptions): boolean {
  return record.generation > options.maxGeneration;
}

function answerOf(record: ScoredRecord): string | undefined {
  const said = record.messages.findLast((message) => message.role === 'assistant' && !isBlank(message.content))?.content;
  return said ?? record.artifacts.find((artifact) => !isBlank(artifact.text))?.text;
}

/** A record that becomes no row of a set. */
export function refuseCandidate(refusal: QuarantineReason, detail?: string): Candidate {
  return { template: null, text: null, dedupText: null, tokens: null, refusal, ...(detail === undefined ? {} : { detail }) };
}
