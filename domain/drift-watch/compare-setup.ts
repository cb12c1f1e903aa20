import type { EvalRecord } from '../../schemas/eval-record.ts';

/** What an evaluation was made with, as its record says. */
export type RecordedSetup = Partial<Pick<EvalRecord, 'models' | 'model_snapshots' | 'prompt_hashes' | 'knob_hash' | 'corpus_hash'>>;

/** What another evaluation would be made with now. */
export interface PresentSetup {
  /** By lane, every name that the model may be recorded by; none where there is no model. */
  readonly models: Readonly<Record<string, readonly string[]>>;
  /** By lane, as far as it is known before a call. */
  readonly snapshots: Readonly<Record<string, readonly string[]>>;
  /** By lane, the hash of every prompt that there is. */
  readonly prompts: Readonly<Record<string, readonly string[]>>;
  /** Of every search that the record may speak of; empty where it cannot be told. */
  readonly knobHashes: readonly string[];
  /** Of every collection; null where nobody can tell. */
  readonly corpusHashes: readonly string[] | null;
}

/** What differs between a record and the present, a sentence each. What one of both does not know is not compared. */
export function compareSetup(record: RecordedSetup, present: PresentSetup): string[] {
  return [
    ...changedLanes('', record.models, present.models),
    ...changedLanes(' snapshot', record.model_snapshots, present.snapshots),
    ...changedLanes(' prompt', record.prompt_hashes, present.prompts),
    ...changedHash('knob hash', record.knob_hash, present.knobHashes.length === 0 ? null : present.knobHashes),
    ...changedHash('corpus hash', record.corpus_hash, present.corpusHashes),
  ];
}

/** The lane without which every search goes by words alone. Of the others, null says that the evaluation had no need of them. */
const ALWAYS_COMPARED = 'embedder';

function changedLanes(
  what: string,
  recorded: Readonly<Record<string, string | null>> = {},
  present: Readonly<Record<string, readonly string[]>>,
): string[] {
  return Object.entries(recorded).flatMap(([lane, before]) => {
    const now = present[lane];
    const isCompared = now !== undefined && (before !== null || (lane === ALWAYS_COMPARED && what === ''));
    if (!isCompared || isAmong(before, now)) return [];
    return [`${lane}${what}: ${before ?? 'none'} then, ${now[0] ?? 'none'} now`];
  });
}

function changedHash(what: string, before: string | null | undefined, now: readonly string[] | null): string[] {
  if (before === null || before === undefined || now === null || now.includes(before)) return [];
  return [`${what}: ${before} then, ${now[0] ?? 'none'} now`];
}

/** No model is the same as none. */
function isAmong(before: string | null, now: readonly string[]): boolean {
  return before === null || before === 'none' ? now.length === 0 : now.includes(before);
}
