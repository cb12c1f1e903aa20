import type { ChangeNotice } from '../../schemas/notice.ts';
import type { ProbeEvent } from '../../schemas/probe-event.ts';

/** What is known of the probes of a kind: well, or not and why. */
export type ProbeState = ChangeNotice['after'];

/** What an event says of the state of its kind. */
export function stateOf({ outcome }: Pick<ProbeEvent, 'outcome'>): ProbeState {
  return { is_ok: outcome === 'pass', reason: outcome };
}

/**
 * What is told of an event by the state before it; null when the state is what it was. Before the first event all is held to be well, so that only a bad one is
 * told. The hash of texts makes the id.
 */
export function describeChange(
  before: ProbeState | null,
  event: ProbeEvent,
  workspace: string,
  sha256: (text: string) => string,
): ChangeNotice | null {
  const from = before ?? { is_ok: true, reason: 'pass' as const };
  const after = stateOf(event);
  if (from.reason === after.reason) return null;
  const { ts, kind, run_uid: uid = null, detail = null } = event;
  const change = { schema_version: 1 as const, workspace, kind, before: from, after, at: ts, run_uid: uid };
  const { pass_count, fail_count, inconclusive_count, error_count, actual_cost_usd } = event;
  return {
    ...change,
    id: sha256(JSON.stringify(change)),
    ...{ pass_count, fail_count, inconclusive_count, error_count, actual_cost_usd, detail },
    text: tell(from, after, event),
  };
}

function tell(before: ProbeState, after: ProbeState, { kind, ts, detail, ...event }: ProbeEvent): string {
  const counts = `${event.pass_count} passed, ${event.fail_count} failed, ${event.inconclusive_count} inconclusive, ${event.error_count} in error`;
  const state = after.is_ok ? 'is well again' : before.is_ok ? 'is not well any more' : 'is still not well, for another reason';
  return `The nightly probe ${kind} ${state}: ${after.reason} at ${ts}, ${before.reason} before; ${counts}.${detail === undefined ? '' : ` ${detail}`}`;
}
