import { wilsonInterval } from '../../domain/stats/wilson.ts';
import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { ProbeKind, ProbeOutcome } from '../../schemas/vocabulary.ts';
import { groupRows } from '../shared/group-rows.ts';
import { worstOf } from './outcomes.ts';

/** What came of one kind of probe on one day. */
export interface ProbeDay {
  readonly day: string;
  readonly kind: ProbeKind;
  readonly outcome: ProbeOutcome;
  readonly runs: number;
}

/** What all probes of one day cost. */
export interface ProbeNight {
  readonly day: string;
  readonly outcome: ProbeOutcome;
  readonly estimatedUsd: number;
  readonly actualUsd: number;
}

/** One metric of one kind, night by night. */
export interface MetricLine {
  readonly kind: ProbeKind;
  readonly metric: string;
  readonly points: readonly MetricPoint[];
}

export interface MetricPoint {
  readonly event: ProbeEvent;
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  /** The metric was measured on other questions than the night before, so that no line leads to it. */
  readonly startsAnew: boolean;
}

/** Days with a run, oldest first; those of one day by their kinds. */
export function daysOf(events: readonly ProbeEvent[]): ProbeDay[] {
  return [...groupRows(events, (event) => `${dayOf(event)} ${event.kind}`).values()]
    .map((runs) => ({
      day: dayOf(runs[0]!),
      kind: runs[0]!.kind,
      outcome: worstOf(runs.map(({ outcome }) => outcome)),
      runs: runs.length,
    }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** Nights, oldest first, over all kinds. */
export function nightsOf(events: readonly ProbeEvent[]): ProbeNight[] {
  return [...groupRows(events, dayOf)]
    .map(([day, runs]) => ({
      day,
      outcome: worstOf(runs.map(({ outcome }) => outcome)),
      estimatedUsd: runs.reduce((sum, run) => sum + run.est_cost_usd, 0),
      actualUsd: runs.reduce((sum, run) => sum + run.actual_cost_usd, 0),
    }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** Every metric of every kind, and for those that judge answers the share that passed, with its Wilson interval. */
export function metricLines(events: readonly ProbeEvent[]): MetricLine[] {
  return [...groupRows(events, ({ kind }) => kind)].flatMap(([kind, runs]) =>
    [
      { kind, metric: PASS_RATE, points: points(runs, passRate) },
      ...[...new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)))].map((metric) => ({
        kind,
        metric,
        points: points(runs, (event) => measuredBy(event, metric)),
      })),
    ].filter(({ points: all }) => all.some(({ value }) => value !== null)),
  );
}

/** The day a run was due, in UTC; of one by hand, the day it ended. */
export function dayOf({ scheduled_at, ts }: ProbeEvent): string {
  return (scheduled_at ?? ts).slice(0, 'YYYY-MM-DD'.length);
}

/** How many questions a run put, whatever came of them. */
export function askedIn(event: ProbeEvent): number {
  const { pass_count, fail_count, inconclusive_count, error_count, upstream_error_count, malformed_count } = event;
  return pass_count + fail_count + inconclusive_count + error_count + upstream_error_count + malformed_count;
}

export const PASS_RATE = 'pass_rate';

type Measured = Pick<MetricPoint, 'value' | 'interval'>;

function points(events: readonly ProbeEvent[], measure: (event: ProbeEvent) => Measured | null): MetricPoint[] {
  const measured = events.flatMap((event) => {
    const found = measure(event);
    return found === null ? [] : [{ event, ...found }];
  });
  return measured.map((point, at) => ({
    ...point,
    startsAnew: at > 0 && point.event.fixture_sha8 !== measured[at - 1]!.event.fixture_sha8,
  }));
}

function passRate(event: ProbeEvent): Measured | null {
  const asked = askedIn(event);
  if (asked === 0) return null;
  const { point, lower, upper } = wilsonInterval(event.pass_count, asked);
  return { value: point, interval: [lower, upper] };
}

function measuredBy({ metrics, intervals }: ProbeEvent, metric: string): Measured | null {
  const value = new Map(Object.entries(metrics)).get(metric);
  if (value === undefined) return null;
  return { value, interval: new Map(Object.entries(intervals ?? {})).get(metric) ?? null };
}
