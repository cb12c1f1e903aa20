import type { VerdictWord } from '../../schemas/vocabulary.ts';
import type { Decision, DecisionFault } from './read-decisions.ts';

/** A decision about one known record. */
export interface ResolvedDecision {
  readonly line: number;
  readonly evidence_id: string;
  readonly verdict: VerdictWord;
  readonly by: string;
  readonly note?: string;
}

export interface ResolvedDecisions {
  /** In the order of the file; what stands there twice in the same words comes once. */
  readonly decisions: readonly ResolvedDecision[];
  readonly faults: readonly DecisionFault[];
}

const SHOWN_IDS = 3;

/** Finds the record of each decision among the ids that begin with what was written, and whether one person says two things of one record. */
export function resolveDecisions(decisions: readonly Decision[], matches: ReadonlyMap<string, readonly string[]>): ResolvedDecisions {
  const resolved = new Map<string, ResolvedDecision>();
  const faults: DecisionFault[] = [];
  for (const { id, ...decision } of decisions) {
    const [evidence_id, ...others] = matches.get(id) ?? [];
    if (evidence_id === undefined || others.length > 0) {
      faults.push(idFault(decision.line, id, matches.get(id) ?? []));
      continue;
    }
    const key = `${evidence_id} ${decision.by}`;
    const earlier = resolved.get(key);
    if (earlier === undefined) resolved.set(key, { ...decision, evidence_id });
    else if (earlier.verdict !== decision.verdict) faults.push(contradiction(decision, earlier));
    // The same word again: a note that was added counts.
    else resolved.set(key, { ...earlier, ...(decision.note === undefined ? {} : { note: decision.note }) });
  }
  return { decisions: [...resolved.values()], faults };
}

function idFault(line: number, id: string, ids: readonly string[]): DecisionFault {
  if (ids.length === 0) return { line, expected: 'the id of a record of the current version, or its beginning', found: id };
  const shown = ids.slice(0, SHOWN_IDS).join(', ') + (ids.length > SHOWN_IDS ? ', …' : '');
  return { line, expected: 'the beginning of one id', found: `${id}, with which several begin: ${shown}` };
}

function contradiction({ line, by, verdict }: Omit<Decision, 'id'>, earlier: ResolvedDecision): DecisionFault {
  return {
    line,
    expected: `one verdict of ${by} on ${earlier.evidence_id}`,
    found: `${verdict} here and ${earlier.verdict} on line ${earlier.line}`,
  };
}
