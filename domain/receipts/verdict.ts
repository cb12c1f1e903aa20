import type { Refusal, SourceSummary, Warning } from '../../schemas/run-summary.ts';

/** What decides whether a run is accepted. */
export interface VerdictFacts {
  readonly firewallFindings: readonly string[];
  readonly failedChecks: readonly string[];
  readonly sources: readonly (SourceSummary & { readonly duplicates: number })[];
  readonly exportedRows: number;
  readonly maxQuarantined: number;
  readonly license?: LicenseFacts;
  /** Absent when nothing was compared. */
  readonly contamination?: ContaminationFacts;
}

/** How many rows that would have entered a set copy from an evaluation set. */
export interface ContaminationFacts {
  readonly sets: readonly { readonly set: string; readonly checked: number; readonly hits: number }[];
  readonly limit: number;
}

/** Sources whose records became evidence without a license for it, and whether that is forbidden. */
export interface LicenseFacts {
  readonly isRequired: boolean;
  readonly missing: readonly string[];
}

/** Every reason to refuse the run, with the numbers that led to it; none means accepted. */
export function refusalsOf(facts: VerdictFacts): Refusal[] {
  return [
    ...facts.firewallFindings.map((detail): Refusal => ({ reason: 'firewall', detail })),
    ...facts.failedChecks.map((detail): Refusal => ({ reason: 'audit', detail })),
    ...facts.sources.flatMap((source) => tooManyQuarantined(source, facts.maxQuarantined)),
    ...(facts.exportedRows === 0
      ? [{ reason: 'nothing_exported', detail: 'expected at least one row in some set, found 0' } satisfies Refusal]
      : []),
    ...(facts.license?.isRequired === true
      ? facts.license.missing.map((name): Refusal => ({ reason: 'license_missing', detail: name }))
      : []),
    ...(facts.contamination === undefined ? [] : tooContaminated(facts.contamination)),
  ];
}

/** What an accepted run should still be known for. */
export function warningsOf({ license }: Pick<VerdictFacts, 'license'>): Warning[] {
  if (license === undefined || license.isRequired || license.missing.length === 0) return [];
  return [{ warning: 'license_missing', detail: license.missing.join(', ') }];
}

function tooContaminated({ sets, limit }: ContaminationFacts): Refusal[] {
  return sets
    .filter(({ checked, hits }) => checked > 0 && hits / checked > limit)
    .map(({ set, checked, hits }) => ({
      reason: 'contamination',
      detail: `${set}: expected at most ${limit} of ${checked} rows to copy from an evaluation set, found ${hits} (${(hits / checked).toFixed(4)})`,
    }));
}

/** Exact duplicates are no fault of the source's, so neither the share nor its base counts them. */
function tooManyQuarantined(source: SourceSummary & { readonly duplicates: number }, limit: number): Refusal[] {
  const faulty = source.quarantined - source.duplicates;
  const base = source.records - source.duplicates;
  if (base === 0 || faulty / base <= limit) return [];
  return [
    {
      reason: 'quarantined_share',
      detail: `${source.name}: expected at most ${limit} of ${base} records quarantined, found ${faulty} (${(faulty / base).toFixed(3)})`,
    },
  ];
}
