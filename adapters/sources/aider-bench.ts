import { asArray, asCount, asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Signals } from '../../schemas/evidence.ts';
import { draftOf, noSignals, outcomeOf, refuse } from './drafts.ts';
import type { Detection, Draft, FileSample, RawRecord, SourceAdapter } from './source-adapter.ts';

/**
 * aider's SWE-bench results: one JSON file per instance with the chosen patch. `resolved` is what the hidden tests said;
 * the edit, lint and test outcomes are aider's own checks and only proxies.
 */
export const aiderBench: SourceAdapter = { name: 'aider-bench', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  if (isInstance(sample.document) || looksLikeInstance(sample)) {
    return { layout: 'document', confidence: 0.95, reason: 'one instance with model_patch and its edit outcome' };
  }
  if (isPrediction(sample.document) || (sample.lines.length > 0 && sample.lines.every(isPrediction))) {
    return { layout: 'companion', confidence: 0.9, reason: 'a list of predictions without outcomes' };
  }
  if (isResultList(sample.document)) return { layout: 'companion', confidence: 0.9, reason: 'lists of instance ids by result' };
  if (sample.head.trimStart().startsWith('# aider chat started at')) {
    return { layout: 'companion', confidence: 0.95, reason: 'a chat log of aider' };
  }
  return undefined;
}

function isInstance(value: JsonValue | undefined): boolean {
  return isObject(value) && 'instance_id' in value && 'model_patch' in value && 'edit_outcome' in value;
}

/** For a file longer than the sample: its keys, which inside a string would stand behind a backslash. */
function looksLikeInstance(sample: FileSample): boolean {
  if (sample.complete || sample.firstElement?.container !== 'object') return false;
  return /"instance_id"\s*:/.test(sample.head) && /"model_patch"\s*:/.test(sample.head) && /"edit_outcome"\s*:/.test(sample.head);
}

function isPrediction(value: JsonValue | undefined): boolean {
  return isObject(value) && 'instance_id' in value && 'model_patch' in value && !('edit_outcome' in value);
}

function isResultList(value: JsonValue | undefined): boolean {
  if (!isObject(value) || !('resolved' in value) || !('generated' in value)) return false;
  return Object.values(value).every((ids) => Array.isArray(ids) && ids.every((id) => typeof id === 'string'));
}

function normalize(record: RawRecord): readonly Draft[] {
  const instance = record.value;
  if (!isObject(instance)) return [refuse(record, 'not_an_object', 'instance: expected an object')];
  const id = asString(instance['instance_id']);
  if (id === undefined) return [refuse(record, 'missing_field', 'instance_id: expected text')];
  const patch = asString(instance['model_patch'] ?? '');
  if (patch === undefined) return [refuse(record, 'missing_field', 'model_patch: expected text')];
  const resolved = instance['resolved'] ?? null;
  if (resolved !== null && typeof resolved !== 'boolean') return [refuse(record, 'missing_field', 'resolved: expected true or false')];
  const costUsd = asNumber(instance['cost']);
  return [
    draftOf(record, {
      // The problem statement is in neither the file nor this adapter's reach: the id names the task, and no conversation is claimed.
      task: { id, text: id },
      messages: [],
      artifacts: isBlank(patch) ? [] : [{ kind: 'patch', text: patch }],
      outcome: outcomeOf(resolved === null ? null : Number(resolved), 'tests'),
      signals: { ...noSignals(), ...(resolved !== null && { tests: { passed: resolved } }), proxies: proxiesOf(instance) },
      model: asString(instance['model']) ?? null,
      usage: costUsd !== undefined && costUsd >= 0 ? { cost_usd: costUsd } : {},
      attempt: asCount(instance['try']) ?? null,
    }),
  ];
}

function proxiesOf(instance: JsonObject): Signals['proxies'] {
  const proxies: Signals['proxies'] = {};
  for (const name of ['edit_outcome', 'lint_outcome', 'test_outcome']) {
    const said = instance[name];
    if (typeof said === 'boolean') proxies[name] = said;
  }
  const attempts = asArray(instance['all_results'])?.length;
  if (attempts !== undefined) proxies['attempts'] = attempts;
  return proxies;
}
