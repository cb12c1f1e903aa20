import type { Judgement } from '../../schemas/evidence.ts';
import type { VerdictWord } from '../../schemas/vocabulary.ts';
import { noSignals, outcomeOf } from './drafts.ts';
import { outcomeOfVerdict } from './human-label.ts';
import type { EvidenceDraft } from './source-adapter.ts';

export type Side = 'a' | 'b';

/** What a rater chose. `neither`: both answers are bad. */
export type Choice = Side | 'tie' | 'neither';

export interface Vote {
  readonly by: string;
  readonly choice: Choice;
  /** True when the rater is a model: its vote is an opinion, not truth. */
  readonly isModel: boolean;
}

/**
 * What the votes on a pair say of one side. The winner was told yes and the loser no; who finds both bad says no to both. A tie alone says nothing about
 * quality. Beside a decisive vote of another rater it takes away from it: that vote then stands against one that saw no difference.
 */
export function weighVotes(votes: readonly Vote[], side: Side): Pick<EvidenceDraft, 'outcome' | 'signals'> {
  const human = judgementsOf(
    votes.filter(({ isModel }) => !isModel),
    side,
  );
  const judges = judgementsOf(
    votes.filter(({ isModel }) => isModel),
    side,
  );
  const ties = votes.filter(({ choice }) => choice === 'tie').length;
  return {
    outcome: human.length > 0 ? outcomeOfHumans(human) : outcomeOfJudges(judges),
    signals: { ...noSignals(), human, judges, proxies: ties === 0 ? {} : { ties } },
  };
}

function judgementsOf(votes: readonly Vote[], side: Side): Judgement[] {
  const isDecided = votes.some(({ choice }) => choice === 'a' || choice === 'b');
  return votes.flatMap(({ by, choice }) => {
    const verdict = choice === 'tie' ? (isDecided ? 'partial' : undefined) : choice === side ? 'yes' : 'no';
    return verdict === undefined ? [] : [{ by, verdict }];
  });
}

/** Raters who contradict each other leave the outcome unknown; else the lowest word counts. */
function outcomeOfHumans(words: readonly Judgement[]): EvidenceDraft['outcome'] {
  const verdicts = new Set(words.map(({ verdict }) => verdict));
  if (verdicts.has('yes') && verdicts.has('no')) return outcomeOf(null, 'none');
  const lowest = LOWEST_FIRST.find((verdict) => verdicts.has(verdict));
  return lowest === undefined ? outcomeOf(null, 'none') : outcomeOfVerdict(lowest);
}

const LOWEST_FIRST: readonly VerdictWord[] = ['no', 'partial', 'yes'];

function outcomeOfJudges(words: readonly Judgement[]): EvidenceDraft['outcome'] {
  if (words.length === 0) return outcomeOf(null, 'none');
  return outcomeOf(words.filter(({ verdict }) => verdict === 'yes').length / words.length, 'judge');
}
