import { asArray, isObject, type JsonValue } from '../shared/json.ts';
import type { ModelRun } from './model-runs.ts';

/** What makes a run of a model worth nothing, however stable its numbers are, and which of the facts asked for its file does not record. */
export interface RunFaults {
  readonly faults: readonly string[];
  readonly notRecorded: readonly string[];
}

/** Looks at how a run ended, and at what happened to the model in it. */
export function findRunFaults(run: ModelRun): RunFaults {
  const found = [
    ofFile(run),
    ofEnd(run),
    ofErrors(run.summary.value.errors),
    ofFlag('timeout_during_drain', run.summary.value.timeout_during_drain, 'timeout during drain'),
    ofFlag('prod_brain_restarted_during_bench', run.summary.value.prod_brain_restarted_during_bench, 'production restart'),
    ofVerdict(run),
  ];
  return {
    faults: [...new Set(found.flatMap(({ faults = [] }) => faults))],
    notRecorded: found.flatMap(({ notRecorded = [] }) => notRecorded),
  };
}

type Found = Partial<RunFaults>;

function ofFile({ file, summaries }: ModelRun): Found {
  const faults = [
    ...(summaries > 1 ? ['duplicate model_summary'] : []),
    ...(file.runIds.length > 1 ? ['records of another run in the file'] : []),
  ];
  return { faults };
}

function ofEnd({ file, modelId }: ModelRun): Found {
  if (file.end === undefined) return { faults: ['no run_end'] };
  const { reason, models_errored: errored, models_with_prod_restart_event: restarted } = file.end.value;
  const faults = [
    ...(reason === undefined || reason === null ? [] : [`ended early${inBrackets(reason)}`]),
    ...(names(errored, modelId) ? ['model errored'] : []),
    ...(names(restarted, modelId) ? ['production restart'] : []),
  ];
  const notRecorded = [...(reason === undefined ? ['run_end.reason'] : []), ...(asArray(errored) === undefined ? ['models_errored'] : [])];
  return { faults, notRecorded };
}

function names(list: JsonValue | undefined, modelId: string): boolean {
  return asArray(list)?.includes(modelId) ?? false;
}

function ofErrors(errors: JsonValue | undefined): Found {
  if (errors === undefined || errors === null) return { notRecorded: ['errors'] };
  const isEmpty = Array.isArray(errors) ? errors.length === 0 : isObject(errors) && Object.keys(errors).length === 0;
  if (isEmpty) return {};
  const [first] = asArray(errors) ?? [];
  return { faults: [`errors not empty${inBrackets(isObject(first) ? first.step : undefined)}`] };
}

/** Shows a word, and nothing longer: what else stands there may be the text of an event. */
function inBrackets(value: JsonValue | undefined): string {
  return typeof value === 'string' && /^[\w-]{1,40}$/.test(value) ? ` (${value})` : '';
}

function ofFlag(field: string, value: JsonValue | undefined, fault: string): Found {
  if (value === undefined || value === null) return { notRecorded: [field] };
  return value === false ? {} : { faults: [fault] };
}

function ofVerdict({ summary }: ModelRun): Found {
  const { tier0_verdict: tier0, verdict } = summary.value;
  const faults = verdict === undefined || verdict === null || verdict === 'PASS' ? [] : ['verdict not PASS'];
  if (tier0 === undefined) return { faults, notRecorded: ['tier0_verdict'] };
  return { faults: isObject(tier0) && tier0.passed === true ? faults : ['tier-0 verdict not passed'] };
}
