import { orderBySeed, sampleForJudge, JUDGE_CANARIES } from '../../domain/bench/index.ts';
import type { AttemptPurpose, EventStratum } from '../../schemas/vocabulary.ts';
import type { BenchRunInput } from '../bench-contract.ts';
import type { OpenCorpus } from './open-corpus.ts';

/** An event that a model is asked about. */
export interface AskedEvent {
  readonly event_id: string;
  readonly source: string;
  readonly redacted_content: string;
  readonly content_sha256: string;
}

/** One call that a run makes of each model. */
export interface PlannedCall {
  readonly event: AskedEvent;
  readonly stratum: EventStratum;
  readonly attempt_idx: number;
}

/** The calls of one purpose in their order; the same for every run over the same corpus with the same seeds. */
export function plannedCalls(
  { settings }: BenchRunInput,
  { rows, overlay }: Pick<OpenCorpus, 'rows' | 'overlay'>,
  purpose: Exclude<AttemptPurpose, 'judge'>,
  sha256: (text: string) => string,
): PlannedCall[] {
  const { seeds, self_consistency: repeats, warmup_calls } = settings;
  const byId = new Map(rows.map((row) => [row.event_id, row]));
  const inOrder = (seed: number): AskedEvent[] => orderBySeed(byId.keys(), seed, sha256).map((id) => byId.get(id)!);
  switch (purpose) {
    case 'main':
      return [
        ...rows.map((event) => once(event, 'base')),
        // An event of the corpus may stand in the overlay, too: its second call is another call.
        ...overlay.map((event) => ({ ...once(event, 'adversarial'), attempt_idx: Number(byId.has(event.event_id)) })),
      ];
    case 'warmup':
      return inOrder(seeds.warmup)
        .slice(0, warmup_calls)
        .map((event) => once(event, 'base'));
    case 'self_consistency':
      return inOrder(seeds.self_consistency)
        .slice(0, repeats.events)
        .flatMap((event) =>
          Array.from({ length: repeats.runs_per_event }, (_, attempt_idx) => ({ event, stratum: 'base' as const, attempt_idx })),
        );
  }
}

/** What the judge reads: a sample of the events, the same in every run of a sweep, and the canaries. */
export function judgedEvents(
  { settings }: BenchRunInput,
  { rows }: Pick<OpenCorpus, 'rows'>,
  sha256: (text: string) => string,
): { readonly event: AskedEvent; readonly canary: string | null }[] {
  if (settings.judge === null) return [];
  const byId = new Map(rows.map((row) => [row.event_id, row]));
  const sample = sampleForJudge(byId.keys(), settings.seeds.judge, sha256, settings.judge.sample_size);
  return [
    ...sample.map((id) => ({ event: byId.get(id)!, canary: null })),
    ...JUDGE_CANARIES.map(({ raw_output, ...event }) => ({
      event: { ...event, content_sha256: sha256(`${event.source}\0${event.redacted_content}`) },
      canary: raw_output,
    })),
  ];
}

function once(event: AskedEvent, stratum: EventStratum): PlannedCall {
  return { event, stratum, attempt_idx: 0 };
}
