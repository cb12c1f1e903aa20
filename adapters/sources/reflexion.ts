import { asArray, asCount, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank, normalizeText } from '../../domain/shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';
import { draftOf, noSignals, outcomeOf, refuse } from './drafts.ts';
import { shortHash } from './short-hash.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, RecordContext, SourceAdapter } from './source-adapter.ts';

/**
 * Reflexion logs, two kinds: JSONL of programming problems with the model's solution and `is_solved`,
 * and `env_results_trial_N.json`, arrays that say per environment whether trial N succeeded but hold nothing the agent did.
 */
export const reflexion: SourceAdapter = { name: 'reflexion', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  if (isProblem(sample.lines.find(isObject))) {
    return { layout: 'lines', confidence: 0.95, reason: 'lines of problems with prompt, solution and is_solved' };
  }
  const first = sample.firstElement;
  if (first?.container !== 'array' || !isTrialResult(first.value)) return undefined;
  return { layout: 'elements', confidence: 0.95, reason: 'an array of environments with name, memory and is_success' };
}

function isProblem(value: JsonValue | undefined): boolean {
  return isObject(value) && typeof value['prompt'] === 'string' && 'is_solved' in value && ('solution' in value || 'test' in value);
}

function isTrialResult(value: JsonValue): value is JsonObject {
  return isObject(value) && typeof value['name'] === 'string' && Array.isArray(value['memory']) && 'is_success' in value;
}

function normalize(record: RawRecord, context: RecordContext): readonly Draft[] {
  const { value } = record;
  if (!isObject(value)) return [refuse(record, 'not_an_object', 'problem: expected an object')];
  return [isTrialResult(value) ? draftOfTrial(record, value, context) : draftOfProblem(record, value)];
}

function draftOfProblem(record: RawRecord, problem: JsonObject): Draft {
  const prompt = asString(problem['prompt']);
  if (prompt === undefined) return refuse(record, 'missing_field', 'prompt: expected text');
  const solved = problem['is_solved'] ?? null;
  if (solved !== null && typeof solved !== 'boolean') return refuse(record, 'missing_field', 'is_solved: expected true or false');
  const output = outputOf(problem['solution'] ?? '');
  if (output === undefined) return refuse(record, 'missing_field', 'solution: expected text');
  const reflections = asArray(problem['reflections'])?.length;
  return draftOf(record, {
    task: taskOf(problem, prompt),
    messages: [{ role: 'user', content: prompt }, ...answerTurn(output)],
    artifacts: isBlank(output.text) ? [] : [{ kind: 'answer', text: output.text }],
    outcome: outcomeOf(solved === null ? null : Number(solved), 'tests'),
    signals: {
      ...noSignals(),
      ...(solved !== null && { tests: { passed: solved } }),
      proxies: {
        ...(reflections !== undefined && { reflections }),
        ...(equalsReference(output.text, problem, prompt) && { equals_reference: true }),
      },
    },
    attempt: reflections === undefined ? null : reflections + 1,
  });
}

interface Output {
  readonly text: string;
  readonly isAnswer: boolean;
}

/** What the model wrote. A list holds the tests it made up for the function, and is no answer to a prompt that asks for the function. */
function outputOf(solution: JsonValue): Output | undefined {
  if (!Array.isArray(solution)) return typeof solution === 'string' ? { text: solution, isAnswer: true } : undefined;
  const lines = solution.filter((line) => typeof line === 'string');
  return lines.length === solution.length ? { text: lines.join('\n'), isAnswer: false } : undefined;
}

function answerTurn(output: Output): Message[] {
  return output.isAnswer && !isBlank(output.text) ? [{ role: 'assistant', content: output.text }] : [];
}

/** True when the output is the benchmark's own solution (its key is spelled two ways), with or without the prompt before it. */
function equalsReference(output: string, problem: JsonObject, prompt: string): boolean {
  const reference = asString(problem['canonical_solution']) ?? asString(problem['cannonical_solution']) ?? '';
  if (isBlank(reference)) return false;
  const said = normalizeText(output);
  return said === normalizeText(reference) || said === normalizeText(prompt + reference);
}

/** One id stands for several tasks: other languages, other wordings of the prompt. The file it stands in makes no difference. */
function taskOf(problem: JsonObject, prompt: string): EvidenceDraft['task'] {
  const id = asString(problem['task_id']) ?? asString(problem['name']) ?? null;
  const language = asString(problem['language']) ?? (id?.startsWith('HumanEval/') ? 'py' : undefined);
  const name = asString(problem['entry_point']) ?? id ?? undefined;
  const key = ['reflexion', language, name, shortHash(prompt)].filter((part) => part !== undefined).join('/');
  return { id, key, text: prompt };
}

/**
 * The record says neither which benchmark nor which trial: both stand in the path.
 * The family is also the branch, so that equal records of two benchmarks stay two.
 */
function draftOfTrial(record: RawRecord, result: JsonObject, context: RecordContext): Draft {
  const success = result['is_success'];
  if (typeof success !== 'boolean') return refuse(record, 'missing_field', 'is_success: expected true or false');
  const id = asString(result['name']) ?? null;
  const family = familyOf(context.path);
  const trial = /env_results_trial_(\d+)/.exec(context.path)?.[1];
  return draftOf(record, {
    branch: family,
    task: { id, key: `reflexion/${family}/${id ?? ''}`, text: '' },
    messages: [],
    outcome: outcomeOf(Number(success), 'reward'),
    signals: { ...noSignals(), reward: Number(success), proxies: { reflections: asArray(result['memory'])?.length ?? 0 } },
    trial: trial === undefined ? null : (asCount(Number(trial)) ?? null),
  });
}

/** The nearest folder named like `alfworld_runs`, else the folder the file stands in. */
function familyOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.findLast((name) => name.endsWith('_runs')) ?? folders.at(-1) ?? '';
}
