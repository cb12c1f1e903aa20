import type { Judgement, Signals } from '../../schemas/evidence.ts';
import type { ScoreReadings, ScoreRole } from '../../schemas/trace-options.ts';
import type { VerdictWord } from '../../schemas/vocabulary.ts';
import { noSignals, outcomeOf } from './drafts.ts';
import type { EvidenceDraft } from './source-adapter.ts';

/** A score as a tracing tool recorded it. */
export interface TraceScore {
  readonly name: string;
  /** Whose word it is where the options do not say otherwise. */
  readonly from: ScoreRole;
  readonly value: number | undefined;
  readonly label: string | undefined;
}

/**
 * What the scores of a trace come to. A judge's score counts as an opinion unless its name says that much of it is bad; a human's counts when its name
 * means that the answer was right, because a person who rates the tone does not say that. Whatever does not count, or says neither yes nor no, stays as
 * a proxy. The options' word on a name goes before all of this.
 */
export function truthOfScores(scores: readonly TraceScore[], readings: ScoreReadings = {}): Pick<EvidenceDraft, 'outcome' | 'signals'> {
  const signals = noSignals();
  for (const score of scores) take(signals, score, readings);
  return { outcome: outcomeOfSignals(signals), signals };
}

function take(signals: Signals, score: TraceScore, readings: ScoreReadings): void {
  const { name, value, label } = score;
  const given = Object.hasOwn(readings, name) ? readings[name] : undefined;
  const reading = typeof given === 'string' ? { as: given } : given;
  const role = reading?.as ?? (given !== undefined || countsByName(score) ? score.from : 'ignore');
  const verdict = verdictOf(score, reading ?? {});
  const judgement: Judgement | undefined = verdict && { by: name, verdict, ...(value !== undefined && { value }) };
  if (role === 'reward' && value !== undefined) signals.reward = Math.min(signals.reward ?? value, value);
  else if (role === 'tests' && verdict !== undefined)
    signals.tests = { passed: verdict === 'yes' && signals.tests?.passed !== false, detail: name };
  else if (role === 'human' && judgement !== undefined) signals.human.push(judgement);
  else if (role === 'judge' && judgement !== undefined) signals.judges.push(judgement);
  else if (value !== undefined || label !== undefined) signals.proxies[`score.${name}`] = value ?? label ?? '';
}

/** Parts of names that mean: the answer was right, or was taken as right. */
const MEANS_RIGHT =
  /correct|accura|succe|solved|pass|accept|approv|quality|overall|verdict|feedback|thumb|rating|helpful|useful|satisf|complet|goal|valid|outcome|resol|^(?:human|label|grade|score|like|vote)s?$/i;
/** Parts of names of which much is bad, or neither good nor bad. */
const MEANS_BAD =
  /toxi|hallucin|bias|harm|hate|violen|sexual|jailbreak|inject|leak|\bpii\b|unsafe|risk|incorrect|inaccura|wrong|fail|error|problem|refus|cost|price|latency|duration|time|length|tokens?\b|count/i;

function countsByName({ name, from }: TraceScore): boolean {
  if (MEANS_BAD.test(name)) return false;
  return from === 'human' ? MEANS_RIGHT.test(name) : true;
}

const WORDS: ReadonlyMap<string, VerdictWord> = new Map<string, VerdictWord>([
  ...[
    'yes',
    'true',
    'pass',
    'passed',
    'correct',
    'good',
    'right',
    'success',
    'successful',
    'accepted',
    'approved',
    'resolved',
    'relevant',
  ].map((word) => [word, 'yes'] as const),
  ...['thumbs_up', 'positive', 'helpful', 'excellent', 'like'].map((word) => [word, 'yes'] as const),
  ...['no', 'false', 'fail', 'failed', 'incorrect', 'bad', 'wrong', 'failure', 'rejected', 'not_resolved', 'unresolved', 'irrelevant'].map(
    (word) => [word, 'no'] as const,
  ),
  ...['thumbs_down', 'negative', 'unhelpful', 'not_relevant', 'not_helpful', 'not_correct', 'poor', 'dislike'].map(
    (word) => [word, 'no'] as const,
  ),
  ...['partial', 'partially', 'partially_correct', 'partly', 'mixed'].map((word) => [word, 'partial'] as const),
]);

interface Thresholds {
  readonly pass?: number | undefined;
  readonly fail?: number | undefined;
  readonly labels?: Readonly<Record<string, VerdictWord>> | undefined;
}

/** A label says more than a number, whose scale nobody stated: without thresholds only 0 to 1 is understood. */
function verdictOf({ value, label }: TraceScore, { pass, fail, labels }: Thresholds): VerdictWord | undefined {
  if (label !== undefined) {
    const word = labels !== undefined && Object.hasOwn(labels, label) ? labels[label] : WORDS.get(labelWord(label));
    if (word !== undefined) return word;
  }
  if (value === undefined) return undefined;
  if (pass === undefined && fail === undefined) {
    // A label that nobody explained stands for the number, and may turn it round.
    if (label !== undefined || value < 0 || value > 1) return undefined;
    return value === 1 ? 'yes' : value === 0 ? 'no' : 'partial';
  }
  if (pass !== undefined && value >= pass) return 'yes';
  return fail === undefined || value <= fail ? 'no' : 'partial';
}

function labelWord(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

const VALUES: Readonly<Record<VerdictWord, number>> = { yes: 1, no: 0, partial: 0.5 };

/** What was measured goes before what a human said, and that before a judge; voices of one kind that differ leave the outcome unknown. */
function outcomeOfSignals({ reward, tests, human, judges }: Signals): EvidenceDraft['outcome'] {
  if (reward !== undefined) return outcomeOf(reward, 'reward');
  if (tests !== undefined) return outcomeOf(tests.passed ? 1 : 0, 'tests');
  const [voices, from] = human.length > 0 ? ([human, 'human'] as const) : ([judges, 'judge'] as const);
  const [first] = voices;
  const isAgreed = first !== undefined && voices.every(({ verdict }) => verdict === first.verdict);
  return isAgreed ? outcomeOf(VALUES[first.verdict], from) : outcomeOf(null, 'none');
}
