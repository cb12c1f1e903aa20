import type { ReplayRun } from '../../schemas/replay-run.ts';
import { REPLAY_REASONS, type ReplayReason } from '../../schemas/vocabulary.ts';
import { formatAmount, formatDuration, formatUsd, shortenText } from '../shared/format.ts';
import type { Verdict } from '../shared/verdict.ts';

const NAMES_TOLD = 5;
const NAME_CHARS = 80;

/** What the gate says of the answer, and why. */
export function judgeReplay(run: ReplayRun): Verdict {
  const { gate, bundle, grounding, generation, usage, durations_ms: durations } = run;
  const playbooks = bundle.exemplars.length + bundle.warnings.length;
  return {
    ...wordOf(run),
    sentence: tellGate(run),
    reasons: [...gate.reasons.map((reason) => tellReason(run, reason)), ...warningsOf(run)],
    figures: [
      { label: 'Grounded', value: tellGrounded(run), ...(ungroundedIn(grounding).length === 0 ? {} : { tone: 'rejected' as const }) },
      { label: 'Playbooks', value: String(playbooks), note: `of ${run.retrieved.length} found` },
      { label: 'Generation', value: String(generation) },
      { label: 'Took', value: formatDuration(durations.total), note: `model ${formatDuration(durations.model)}` },
      ...(usage.cost_usd === undefined ? [] : [{ label: 'Cost', value: formatUsd(usage.cost_usd) }]),
    ],
    nextSteps:
      playbooks === 0 ? [] : [{ sentence: 'To see where the playbooks come from, line by line:', command: `lauter trace ${run.run_id}` }],
  };
}

/** True when no model gave an answer. */
export function isUnanswered({ escalation_path: path }: ReplayRun): boolean {
  return path.every(({ failure }) => failure !== undefined);
}

function wordOf(run: ReplayRun): Pick<Verdict, 'tone' | 'word'> {
  if (run.gate.passed) return { tone: 'accepted', word: 'Passed' };
  return isUnanswered(run) ? { tone: 'review', word: 'No answer' } : { tone: 'rejected', word: 'Refused' };
}

function tellGate(run: ReplayRun): string {
  if (isUnanswered(run)) return 'No model gave an answer, so there was nothing to judge.';
  const by = `${run.model}${run.escalated ? ', which was asked after another one,' : ''}`;
  return run.gate.passed ? `The gate let the answer of ${by} pass.` : `The gate refused the answer of ${by}.`;
}

function tellReason({ grounding }: ReplayRun, reason: string): Verdict['reasons'][number] {
  const sentence = `${reason}:`;
  const told = REPLAY_REASONS[reason as ReplayReason] ?? 'a reason that this version does not know';
  return { sentence, detail: reason === 'ungrounded' ? `${told}: ${tellNames(grounding)}` : told };
}

/** What refused nothing because it was not asked to. */
function warningsOf({ grounding, grounding_mode: mode, trimmed, retrieval_notes: notes = [] }: ReplayRun): Verdict['reasons'] {
  const isWarned = mode === 'warn' && ungroundedIn(grounding).length > 0;
  return [
    ...(isWarned ? [{ sentence: 'Not grounded, which only warns here:', detail: tellNames(grounding) }] : []),
    ...(mode === 'off' ? [{ sentence: 'Grounding was not checked.', detail: 'Nothing in the answer is marked.' }] : []),
    ...notes.map((note) => ({ sentence: 'Playbooks were found by', detail: note })),
    ...(trimmed === undefined
      ? []
      : [{ sentence: 'The bundle was trimmed:', detail: `the window of ${trimmed.window_tokens} tokens has no room for all of it` }]),
  ];
}

function tellNames(grounding: ReplayRun['grounding']): string {
  const names = ungroundedIn(grounding);
  const told = names.slice(0, NAMES_TOLD).map(({ text }) => shortenText(text, NAME_CHARS));
  return `${told.join(' · ')}${names.length > NAMES_TOLD ? ` · and ${formatAmount(names.length - NAMES_TOLD, 'more name')}` : ''}`;
}

function tellGrounded({ grounding, grounding_mode: mode }: ReplayRun): string {
  return mode === 'off' ? 'n/a' : `${grounding.length - ungroundedIn(grounding).length} of ${grounding.length}`;
}

function ungroundedIn(grounding: ReplayRun['grounding']): ReplayRun['grounding'] {
  return grounding.filter(({ grounded }) => !grounded);
}
