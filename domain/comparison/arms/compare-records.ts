import type { EvalComparison } from '../../../schemas/eval-comparison.ts';
import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { UsageError } from '../../shared/errors.ts';
import { glossaryBlock } from '../../glossary/index.ts';
import type { FamilySettings } from '../compare-family.ts';
import { ranAtMs, type Arm, type Refusal } from './arm.ts';
import { checkArms, type ArmRules, type CheckedArms, type ReadArm } from './check-arms.ts';
import { compareSuite, type SuiteComparison } from './compare-suite.ts';
import { judgeExpectations, type RegisteredExpectations } from './judge-expectations.ts';
import { tellMethodology } from './methodology.ts';
import { metricsOf } from './metrics.ts';
import { scoreArms } from './score-arms.ts';
import { traceOrigin } from './trace-origin.ts';

/** A suite with the rows of its arms. */
export interface ReadSuite {
  readonly suite: string;
  readonly arms: readonly ReadArm[];
  /** Modes that have nothing to compare. */
  readonly missing: readonly string[];
}

/** What is compared, and what was known before it was. */
export interface ComparisonInput {
  readonly suites: readonly ReadSuite[];
  readonly withoutMode: readonly EvalReadRecord[];
  readonly refusals: readonly Refusal[];
  readonly notices: readonly string[];
  readonly malformedLines: number;
  readonly expectations: RegisteredExpectations | null;
}

export interface ComparisonSettings extends Omit<FamilySettings, 'clusterBy'>, ArmRules {
  /** Those to compare; the usual ones of each suite unless stated. */
  readonly metrics?: readonly string[] | undefined;
  /** `none`, `conversation`, or the field of a row whose value questions share. */
  readonly clusterBy: string;
  readonly lauterVersion: string;
  readonly commands: readonly string[];
}

export interface ComparedRecords {
  /** Null where every suite was refused. */
  readonly comparison: EvalComparison | null;
  readonly refusals: readonly Refusal[];
}

/**
 * Compares the arms of each suite, and says of the suites that cannot be compared why. The same records give the same comparison, in whatever order they
 * come. UsageError for a metric that no suite has and for a field that questions cannot be drawn together by.
 */
export function compareRecords(input: ComparisonInput, settings: ComparisonSettings): ComparedRecords {
  const checked = input.suites.map((read) => ({ read, check: checkArms(read.suite, read.arms, settings) }));
  const refusals = [...input.refusals, ...checked.flatMap(({ check }) => (check.ok ? [] : check.refusals))];
  const sound = checked.flatMap(({ read, check }) => (check.ok ? [{ read, check }] : []));
  if (sound.length === 0) return { comparison: null, refusals };
  const field = settings.clusterBy === 'none' || settings.clusterBy === 'conversation' ? null : settings.clusterBy;
  const family = familyOf(settings);
  const arms = sound.flatMap(({ check }) => check.arms);
  requireMetrics(arms, settings.metrics);
  if (field !== null) requireField(arms, field);
  const wanted = (own: readonly Arm[]): boolean =>
    settings.metrics === undefined ||
    metricsOf(own.flatMap(({ questions }) => questions)).some((metric) => settings.metrics!.includes(metric));
  const compared = sound.flatMap(({ read, check }) =>
    wanted(check.arms) ? [{ read, check, suite: compareOne(read.suite, check, field, { ...family, metrics: settings.metrics }) }] : [],
  );
  const lacking = sound.filter(({ read }) => !compared.some((one) => one.read === read));
  return { comparison: makeDocument(input, compared, lacking, settings, family), refusals };
}

interface Compared {
  readonly read: ReadSuite;
  readonly check: Extract<CheckedArms, { readonly ok: true }>;
  readonly suite: SuiteComparison;
}

function familyOf({ seed, resamples, alpha, margin, clusterBy }: ComparisonSettings): FamilySettings {
  return {
    seed,
    resamples,
    alpha,
    clusterBy: clusterBy === 'none' ? 'none' : 'conversation',
    ...(margin === undefined ? {} : { margin }),
  };
}

function requireMetrics(arms: readonly Arm[], metrics: readonly string[] | undefined): void {
  const known = metricsOf(arms.flatMap(({ questions }) => questions));
  const unknown = (metrics ?? []).filter((metric) => !known.includes(metric));
  if (unknown.length === 0) return;
  throw new UsageError(
    `comparing arms, on --metrics ${unknown.join(',')}: expected metrics that the questions have, found no value of ${unknown.join(', ')}.`,
    `Name some of ${known.join(', ') || 'none: no question has a metric'}.`,
    { flag: '--metrics', value: unknown.join(',') },
  );
}

/** Fields that say nothing about a question: they are the same for all, or different for each. */
const NO_CLUSTERS = ['metrics', 'schema_version', 'run_uid', 'attempt', 'retrieved', 'usage'];

function requireField(arms: readonly Arm[], field: string): void {
  const questions = arms.flatMap((arm) => arm.questions);
  if (!NO_CLUSTERS.includes(field) && questions.some((question) => question[field] !== undefined && question[field] !== null)) return;
  const known = [...new Set(questions.flatMap((question) => Object.keys(question)))].filter((name) => !NO_CLUSTERS.includes(name));
  throw new UsageError(
    `comparing arms, on --cluster-by ${field}: expected none, conversation or a field of the questions' rows, found no value of that name.`,
    `Name one of ${known.sort(compareCodePoints).join(', ')}.`,
    { flag: '--cluster-by', value: field },
  );
}

function compareOne(
  suite: string,
  { arms, dropped }: Compared['check'],
  field: string | null,
  settings: Parameters<typeof compareSuite>[4],
): SuiteComparison {
  return compareSuite(suite, arms, scoreArms(arms, field), dropped, settings);
}

function makeDocument(
  { withoutMode, notices, malformedLines, expectations }: ComparisonInput,
  compared: readonly Compared[],
  lacking: readonly { readonly read: ReadSuite }[],
  settings: ComparisonSettings,
  family: FamilySettings,
): EvalComparison {
  const suites = compared.map(({ suite }) => suite);
  const records = suites.flatMap(({ arms }) => arms.map(({ record }) => record));
  const comparisons = suites.flatMap((suite) => suite.comparisons);
  const field = settings.clusterBy === 'conversation' || settings.clusterBy === 'none' ? null : settings.clusterBy;
  return {
    schema_version: 2,
    records,
    grouped: Object.fromEntries(compared.map(({ read, check }) => [read.suite, groupOf(read, check.arms)])),
    without_mode: [...withoutMode],
    suites: suites.map(({ summary }) => summary),
    comparisons,
    smallest_p: smallestP(comparisons, settings.resamples),
    wins_losses: suites.flatMap(({ winsLosses }) => winsLosses),
    expectations: expectations === null ? null : judgeExpectations(expectations, suites, Math.min(...records.map(ranAtMs)), family),
    notices: [
      ...notices,
      ...lacking.map(({ read }) => `${read.suite} has none of the metrics that were asked for`),
      ...compared.flatMap(({ check, suite }) => [...check.notices, ...suite.notices]),
    ],
    malformed_lines: malformedLines,
    _meta: {
      ...glossaryBlock([...suites.flatMap(({ summary }) => summary.metrics), ...PRINTED]),
      methodology: tellMethodology(family, field),
      footer: traceOrigin(suites, settings),
    },
  };
}

/** What every comparison prints beside its metrics. */
const PRINTED = ['p_value', 'adjusted_p', 'confidence_interval', 'wilson_interval', 'mde', 'cost_per_query_usd'];

function groupOf({ missing }: ReadSuite, arms: readonly Arm[]): Record<string, EvalReadRecord | null> {
  return Object.fromEntries([...arms.map(({ name, record }) => [name, record]), ...missing.map((mode) => [mode, null])]);
}

/** The largest family has the largest floor; null where nothing is tested by the bootstrap. */
function smallestP(comparisons: EvalComparison['comparisons'], resamples: number): number | null {
  const sizes = comparisons.filter(({ test }) => test === 'paired_bootstrap').map(({ m }) => m);
  return sizes.length === 0 ? null : Math.min(1, Math.max(...sizes) / (resamples + 1));
}
