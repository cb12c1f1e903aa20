import type { Judgement } from '../../schemas/evidence.ts';
import type { ScoreReason } from '../../schemas/scored-run.ts';
import type { Category } from '../../schemas/vocabulary.ts';
import { isOnlyRefusal } from './refusal.ts';
import { equalsPrompt, hasOutput } from './output.ts';
import type { ScoredEvidence } from './scored-evidence.ts';

export interface ScoreOptions {
  /** Truth values from here on, below 1, are partly accepted. */
  readonly partialMin: number;
}

/** What a rule decided, with the values that led to it. */
export interface Decision {
  readonly category: Category;
  readonly reasons: readonly ScoreReason[];
}

export interface Rule {
  readonly name: string;
  /** The rule in words, for `--explain` and the docs. */
  readonly when: string;
  /** The decision, or undefined when the rule does not apply. */
  decide(evidence: ScoredEvidence, options: ScoreOptions): Decision | undefined;
}

/** Bumped with every change of a rule; part of the shard key and of every scored run. */
export const SCORER_VERSION = 'score/2';

/** The ordered table: the first rule that applies decides. The last one always applies. */
export const RULES: readonly Rule[] = [
  {
    name: 'no_output',
    when: 'there is no assistant output, or it equals the prompt, or it only refuses',
    decide(evidence) {
      if (!hasOutput(evidence)) return decision('rejected', ['output', 'none']);
      if (equalsPrompt(evidence)) return decision('rejected', ['output', 'equals the prompt']);
      if (isOnlyRefusal(evidence)) return decision('rejected', ['output', 'only a refusal']);
      return undefined;
    },
  },
  {
    name: 'contradiction',
    when: 'sources of truth contradict each other, or a scored attempt stands in a log that was cancelled or errored',
    decide(evidence, options) {
      const voices = truthVoices(evidence, options);
      if (voices.some((voice) => voice.says === 'good') && voices.some((voice) => voice.says === 'bad')) {
        return decision('needs_human_review', ...voices.map((voice): [string, string] => [voice.who, voice.value]));
      }
      if (voices.length === 0) return undefined;
      if (evidence.signals.cancelled) return decision('needs_human_review', ['log', 'cancelled']);
      if (evidence.signals.error !== undefined)
        return decision('needs_human_review', ['log', 'errored'], ['error', evidence.signals.error]);
      return undefined;
    },
  },
  {
    name: 'human',
    when: 'a human said no, partly or yes',
    decide({ signals }) {
      if (signals.human.length === 0) return undefined;
      const reasons = signals.human.map(asReason);
      if (signals.human.some((word) => word.verdict === 'no')) return decision('rejected', ...reasons);
      if (signals.human.some((word) => word.verdict === 'partial')) return decision('partially_accepted', ...reasons);
      return decision('accepted', ...reasons);
    },
  },
  {
    name: 'ground_truth',
    when: 'reward, tests or a solved flag say 1 or 0',
    decide(evidence) {
      const truth = groundTruth(evidence);
      if (truth === undefined || (truth.value > 0 && truth.value < 1)) return undefined;
      return decision(truth.value >= 1 ? 'accepted' : 'rejected', [truth.from, String(truth.value)]);
    },
  },
  {
    name: 'partial_truth',
    when: 'the ground truth lies between 0 and 1',
    decide(evidence, { partialMin }) {
      const truth = groundTruth(evidence);
      if (truth === undefined) return undefined;
      const category = truth.value >= partialMin ? 'partially_accepted' : 'rejected';
      return decision(category, [truth.from, String(truth.value)], ['partial_min', String(partialMin)]);
    },
  },
  {
    name: 'replay_gate',
    when: 'replay output passed its gate and is grounded, or not',
    decide({ origin, signals }) {
      const passed = signals.proxies.gate_passed;
      if (origin !== 'replay' || passed === undefined) return undefined;
      const isGood = passed === true && signals.proxies.grounded !== false;
      return decision(
        isGood ? 'partially_accepted' : 'rejected',
        ['gate_passed', String(passed)],
        ['grounded', String(signals.proxies.grounded ?? 'unknown')],
      );
    },
  },
  {
    name: 'judge_panel',
    when: 'two or more judges agree, or differ',
    decide({ signals }) {
      if (signals.judges.length < 2) return undefined;
      const verdicts = new Set(signals.judges.map((judge) => judge.verdict));
      return decision(verdicts.size > 1 ? 'needs_human_review' : PANEL[signals.judges[0]!.verdict], ...signals.judges.map(asReason));
    },
  },
  {
    name: 'single_judge',
    when: 'one judge said yes or no',
    decide({ signals }) {
      const [judge] = signals.judges;
      return judge === undefined ? undefined : decision(SINGLE_JUDGE[judge.verdict], asReason(judge));
    },
  },
  {
    name: 'unverified',
    when: 'the attempt was cancelled, cut or errored, or only proxies speak for it',
    decide({ signals }) {
      const marks: [string, string][] = [];
      if (signals.cancelled) marks.push(['cancelled', 'true']);
      if (signals.truncated) marks.push(['truncated', 'true']);
      if (signals.error !== undefined) marks.push(['error', signals.error]);
      if (signals.exit_status !== undefined) marks.push(['exit_status', signals.exit_status]);
      // Sorted, because a record that comes back from the lake has its fields in another order than one that was just read.
      for (const name of Object.keys(signals.proxies).sort()) marks.push([name, String(signals.proxies[name])]);
      return marks.length === 0 ? undefined : decision('needs_human_review', ...marks);
    },
  },
  {
    name: 'nothing_known',
    when: 'nothing is known about the outcome',
    decide: () => decision('needs_human_review', ['truth', 'none']),
  },
];

const PANEL = { yes: 'accepted', no: 'rejected', partial: 'partially_accepted' } as const;
/** One judge alone never makes a row accepted, and its "partly" says too little to decide. */
const SINGLE_JUDGE = { yes: 'partially_accepted', no: 'rejected', partial: 'needs_human_review' } as const;

function decision(category: Category, ...reasons: readonly (readonly [string, string])[]): Decision {
  return { category, reasons: reasons.map(([reason, value]) => ({ reason, value })) };
}

function asReason(word: Judgement): [string, string] {
  return [word.by, word.verdict];
}

interface Voice {
  readonly who: string;
  readonly value: string;
  readonly says: 'good' | 'bad' | 'partly';
}

const SAYS = { yes: 'good', no: 'bad', partial: 'partly' } as const;

/** Everybody who knows the truth and what they say. Judges are opinions, not truth. */
function truthVoices(evidence: ScoredEvidence, { partialMin }: ScoreOptions): Voice[] {
  const humans = evidence.signals.human.map((word): Voice => ({ who: word.by, value: word.verdict, says: SAYS[word.verdict] }));
  const measured = measuredTruths(evidence).map(({ from, value }): Voice => {
    return { who: from, value: String(value), says: value >= 1 ? 'good' : value < partialMin ? 'bad' : 'partly' };
  });
  return [...humans, ...measured];
}

interface MeasuredTruth {
  readonly from: 'reward' | 'tests';
  readonly value: number;
}

/**
 * What was measured, 1 for good and 0 for bad: what the outcome says first, then tests and reward where the signals say more. A failure among the
 * signals thus counts although the outcome does not repeat it.
 */
function measuredTruths({ signals, outcome }: ScoredEvidence): MeasuredTruth[] {
  const said: MeasuredTruth[] = [];
  if ((outcome.from === 'reward' || outcome.from === 'tests') && outcome.value !== null)
    said.push({ from: outcome.from, value: outcome.value });
  if (signals.tests !== undefined) said.push({ from: 'tests', value: Number(signals.tests.passed) });
  if (signals.reward !== undefined) said.push({ from: 'reward', value: signals.reward });
  return said.filter((truth, index) => said.findIndex(({ from, value }) => from === truth.from && value === truth.value) === index);
}

function groundTruth(evidence: ScoredEvidence): MeasuredTruth | undefined {
  return measuredTruths(evidence)[0];
}
