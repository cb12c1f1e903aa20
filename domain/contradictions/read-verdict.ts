import type { ContradictionVerdict, ResolutionKind, Severity } from '../../schemas/vocabulary.ts';
import { CONTRADICTION_VERDICTS, RESOLUTION_KINDS, SEVERITIES } from '../../schemas/vocabulary.ts';
import { asString, isObject, type JsonObject, type JsonValue } from '../shared/json.ts';
import { lastJsonText } from '../shared/last-json.ts';
import { parseRecord } from '../shared/parse-record.ts';

/** What a judge says of two texts. */
export interface JudgeVerdict {
  readonly verdict: ContradictionVerdict;
  readonly severity: Severity;
  /** What they disagree on; empty where they do not. */
  readonly axis: string;
  readonly confidence: number;
  /** What the judge proposes; null where it proposes nothing. */
  readonly resolution_kind: ResolutionKind | null;
}

/** A contradiction that the judge is less sure of counts as none. */
const LEAST_CONFIDENCE = 0.7;

const USUAL_SEVERITY: Readonly<Record<ContradictionVerdict, Severity>> = {
  no_contradiction: 'info',
  contradiction: 'medium',
  temporal_supersession: 'info',
  temporal_regression: 'high',
  temporal_evolution: 'info',
  negation_artifact: 'low',
};

/** The verdict in an answer: its last JSON object, or the only one of a list. Undefined for an answer that holds none, or one that is not of the form. */
export function readVerdict(answer: string): JudgeVerdict | undefined {
  const said = objectIn(answer);
  const verdict = said === undefined ? undefined : verdictIn(said);
  const confidence = said === undefined ? undefined : confidenceIn(said.confidence);
  if (said === undefined || verdict === undefined || confidence === undefined) return undefined;
  if (verdict === 'contradiction' && confidence < LEAST_CONFIDENCE)
    return { verdict: 'no_contradiction', severity: USUAL_SEVERITY.no_contradiction, axis: '', confidence, resolution_kind: null };
  return {
    verdict,
    severity: SEVERITIES.find((known) => known === said.severity) ?? USUAL_SEVERITY[verdict],
    axis: asString(said.axis) ?? '',
    confidence,
    resolution_kind: RESOLUTION_KINDS.find((known) => known === said.resolution_kind) ?? null,
  };
}

/** A severity by itself; `low` for anything that is none. */
export function readSeverity(value: unknown): Severity {
  return SEVERITIES.find((known) => known === value) ?? 'low';
}

function objectIn(answer: string): JsonObject | undefined {
  const text = lastJsonText(answer);
  const parsed = text === undefined ? undefined : parseRecord(text);
  if (parsed?.ok !== true) return undefined;
  const { value } = parsed;
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return isObject(only) ? only : undefined;
}

function verdictIn({ verdict, contradicts }: JsonObject): ContradictionVerdict | undefined {
  if (verdict === undefined && typeof contradicts === 'boolean') return contradicts ? 'contradiction' : 'no_contradiction';
  return CONTRADICTION_VERDICTS.find((known) => known === verdict);
}

function confidenceIn(value: JsonValue | undefined): number | undefined {
  const isDecimal = typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value);
  const number = typeof value === 'number' || isDecimal ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? Math.min(1, Math.max(0, number)) : undefined;
}
