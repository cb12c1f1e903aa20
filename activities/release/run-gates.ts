import { LauterError } from '../../domain/shared/errors.ts';
import type { GateResult } from '../../schemas/release-manifest.ts';
import { RELEASE_GATES, type ReleaseGate } from '../../schemas/vocabulary.ts';
import type { Clock } from '../ports.ts';
import type { GateOutcome } from './world.ts';

/** Called when a gate begins and when it has ended. */
export interface GateWatch {
  begins(gate: ReleaseGate): void;
  ended(result: GateResult): void;
}

export const MOST_FINDINGS = 20;

/** Runs every gate in its order, also after one that said no. One that throws is `errored`; after `stop` the reason of the stop is thrown. */
export async function runGates(
  gates: Readonly<Record<ReleaseGate, () => Promise<GateOutcome>>>,
  clock: Clock,
  stop: AbortSignal,
  watch: GateWatch,
): Promise<GateResult[]> {
  const results: GateResult[] = [];
  for (const gate of Object.keys(RELEASE_GATES) as ReleaseGate[]) {
    stop.throwIfAborted();
    watch.begins(gate);
    const startedMs = clock.nowMs();
    const outcome = await judge(gates[gate]);
    stop.throwIfAborted();
    const result: GateResult = {
      gate,
      state: outcome.state,
      detail: outcome.detail,
      findings: shortened(outcome.findings ?? []),
      duration_ms: Math.max(0, Math.round(clock.nowMs() - startedMs)),
    };
    watch.ended(result);
    results.push(result);
  }
  return results;
}

async function judge(gate: () => Promise<GateOutcome>): Promise<Omit<GateOutcome, 'state'> & { state: GateResult['state'] }> {
  try {
    return await gate();
  } catch (error) {
    const remedy = error instanceof LauterError ? ` ${error.remedy}` : '';
    return { state: 'errored', detail: `${error instanceof Error ? error.message : String(error)}${remedy}` };
  }
}

function shortened(findings: readonly string[]): string[] {
  const more = findings.length - MOST_FINDINGS;
  return more > 0 ? [...findings.slice(0, MOST_FINDINGS), `and ${more} more`] : [...findings];
}
