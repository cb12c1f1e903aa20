import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { ProbeKind } from '../../schemas/vocabulary.ts';
import type { ProbeEnd } from './end-probe.ts';

/** What a probe came to beside its outcome; what is left out counts as nothing. */
export interface ProbeAccount {
  /** When it ended, in ISO 8601. */
  readonly ts: string;
  readonly kind: ProbeKind;
  readonly runUid: string;
  /** Null for a run by hand. */
  readonly scheduledAt: string | null;
  readonly counts?: Partial<Pick<ProbeEvent, CountName>>;
  readonly questions?: number;
  readonly estimateUsd?: number;
  readonly actualUsd?: number;
  /** SHA-256 of the file of questions; null where it cannot be read. */
  readonly fixtureSha256?: string | null;
  readonly metrics?: Readonly<Record<string, number | null>>;
  /** 95 %, by the names of the metrics. */
  readonly intervals?: Readonly<Record<string, [number, number]>>;
  /** What `remarksOnAudit` found. */
  readonly remarks?: readonly string[];
}

type CountName = 'pass_count' | 'fail_count' | 'inconclusive_count' | 'error_count' | 'malformed_count' | 'upstream_error_count';

const SHORT_HASH = 8;

/** The row of a probe that ended. Its `detail` tells why, and then the remarks on the audit files. */
export function probeEvent({ outcome, exit_code, detail }: ProbeEnd, account: ProbeAccount): ProbeEvent {
  const { ts, kind, runUid, scheduledAt, counts = {}, fixtureSha256 = null, remarks = [] } = account;
  const told = [...(detail === null ? [] : [detail]), ...remarks].join('; ');
  return {
    ts,
    kind,
    outcome,
    exit_code,
    pass_count: 0,
    fail_count: 0,
    inconclusive_count: 0,
    error_count: 0,
    malformed_count: 0,
    upstream_error_count: 0,
    ...counts,
    questions: account.questions ?? 0,
    est_cost_usd: account.estimateUsd ?? 0,
    actual_cost_usd: account.actualUsd ?? 0,
    ...(fixtureSha256 === null ? {} : { fixture_sha8: fixtureSha256.slice(0, SHORT_HASH) }),
    ...(told === '' ? {} : { detail: told }),
    run_uid: runUid,
    ...(scheduledAt === null ? {} : { scheduled_at: scheduledAt }),
    metrics: { ...account.metrics },
    ...(account.intervals === undefined ? {} : { intervals: { ...account.intervals } }),
  };
}

/** What a probe of a kind is known by: its nominal time where a schedule began it, so that a night has one row however often it is tried; else the id of its run. */
export function probeRunUid(
  kind: ProbeKind,
  { scheduledAt, runId }: { readonly scheduledAt: string | null; readonly runId: string },
): string {
  return scheduledAt === null ? `${runId}-${kind}` : `nightly-${new Date(scheduledAt).toISOString()}-${kind}`;
}
