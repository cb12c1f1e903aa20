import type { Grounding, ReplayBundle, ReplayGate } from '../../schemas/replay-run.ts';
import type { GroundingMode, ReplayReason } from '../../schemas/vocabulary.ts';
import { normalizeText } from '../shared/text.ts';
import { groundAnswer } from './grounding/ground-answer.ts';
import { holdsHedge } from './holds-hedge.ts';
import { tokensOf } from './tokens.ts';

/** What the gate looks at. */
export interface JudgedAnswer {
  readonly answer: string;
  readonly task: string;
  readonly bundle: ReplayBundle;
  readonly grounding: GroundingMode;
}

/** Characters that an answer needs, white space around it and characters that nobody sees aside. */
const LEAST_CHARS = 80;

/**
 * The gate of a replay: rules alone, no model. Every reason against the answer in the order of the vocabulary, and what it names with whether that
 * occurs in bundle or task; with `warn` that is listed and refuses nothing, with `off` nobody looks. An empty answer has no other reason.
 */
export function judgeAnswer({ answer, task, bundle, grounding: mode }: JudgedAnswer): { gate: ReplayGate; grounding: Grounding[] } {
  const visible = answer.replace(UNSEEN, '').trim();
  if (visible === '') return { gate: { passed: false, reasons: ['empty' satisfies ReplayReason] }, grounding: [] };
  const grounding = mode === 'off' ? [] : groundAnswer(answer, task, bundle);
  const reasons: ReplayReason[] = [];
  if (Array.from(visible).length < LEAST_CHARS) reasons.push('too_short');
  if (holdsHedge(normalizeText(visible))) reasons.push('hedge');
  if (!sharesToken(visible, bundle.validation_steps)) reasons.push('off_steps');
  if (mode === 'fail' && grounding.some(({ grounded }) => !grounded)) reasons.push('ungrounded');
  return { gate: { passed: reasons.length === 0, reasons }, grounding };
}

const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** Steps that say nothing but function words ask for nothing. */
function sharesToken(answer: string, steps: readonly string[]): boolean {
  const asked = new Set(steps.flatMap((step) => tokensOf(step)));
  return asked.size === 0 || tokensOf(answer).some((token) => asked.has(token));
}
