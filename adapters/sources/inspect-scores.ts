import { asArray, asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { eventsOf, scorerRuns, withoutPackage, type ScorerRuns } from './inspect-events.ts';

/**
 * What a score is worth. `truth`: measured by a program. `judge`: a model's opinion. `human`: a person set the score. `noted`: nobody can tell what
 * the value means, so it is kept and decides nothing.
 */
export type Hearing =
  | { readonly by: string; readonly as: 'truth' | 'judge' | 'human'; readonly value: number }
  | { readonly by: string; readonly as: 'noted'; readonly value: string | number | boolean };

/**
 * Every score of a sample with what it is worth.
 *
 * | scorer | C, P, I, N | a number from 0 to 1 |
 * | --- | --- | --- |
 * | asked a model: by its name, its options, its transcript, or its run | judge | judge with the metric `accuracy`, else noted |
 * | one that comes with Inspect and compares or runs code | truth | truth |
 * | any other whose run is in the record, without a call of a model | truth | truth with the metric `accuracy`, else noted |
 * | any other | judge | judge with the metric `accuracy`, else noted |
 *
 * `accuracy` is the share of right answers, so a scorer that is summed up by it means right and wrong; of any other number neither the scale nor the
 * direction is known. Numbers outside 0 to 1, lists and objects are noted. A score that somebody corrected is that person's word.
 */
export function hearScores(sample: JsonObject, log: JsonObject): Hearing[] {
  const runs = scorerRuns(eventsOf(sample));
  return Object.entries(scoresOf(sample, log)).flatMap(([name, score]) => hear(name, score, log, runs));
}

/** True for scorers that hold the answer against the target: what they call right may equal it. */
export function comparesWithTarget(name: string): boolean {
  return nameIn(COMPARING, name);
}

const COMPARING: ReadonlySet<string> = new Set(['match', 'includes', 'exact', 'pattern', 'choice', 'answer', 'f1', 'math']);
const MEASURING: ReadonlySet<string> = new Set([...COMPARING, 'verify']);

/** Older logs have one `score` without a name: that of the only scorer. */
function scoresOf(sample: JsonObject, log: JsonObject): JsonObject {
  if (isObject(sample.scores)) return sample.scores;
  return isObject(sample.score) ? { [asString(scorersOf(log)[0]?.name) ?? 'score']: sample.score } : {};
}

function hear(name: string, score: JsonValue, log: JsonObject, runs: ScorerRuns): Hearing[] {
  if (!isObject(score)) return [];
  const { value } = score;
  const grade = gradeOf(value);
  if (grade === undefined) return notedValues(name, value);
  const scorer = scorersOf(log).find((listed) => withoutPackage(asString(listed.name) ?? '') === withoutPackage(name));
  const isMeant = typeof value === 'string' || namesAccuracy(scorer?.metrics);
  if (isCorrected(score)) return isMeant ? [{ by: name, as: 'human', value: grade }] : notedValues(name, value);
  const isGraded = isGrader(name, scorer) || inRun(runs.askedModel, name) || hasTranscript(score);
  if (!isGraded && nameIn(MEASURING, name)) return [{ by: name, as: 'truth', value: grade }];
  if (!isMeant) return notedValues(name, value);
  return [{ by: name, as: !isGraded && inRun(runs.seen, name) ? 'truth' : 'judge', value: grade }];
}

const LETTERS: ReadonlyMap<JsonValue | undefined, number> = new Map([
  ['C', 1],
  ['P', 0.5],
  ['I', 0],
  ['N', 0],
]);

/** 0 to 1, or undefined for what is no grade. */
function gradeOf(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'boolean' ? Number(value) : (LETTERS.get(value) ?? asNumber(value));
  return number !== undefined && number >= 0 && number <= 1 ? number : undefined;
}

function notedValues(name: string, value: JsonValue | undefined): Hearing[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [{ by: name, as: 'noted', value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    isScalar(item) ? [{ by: `${name}.${key}`, as: 'noted' as const, value: item }] : [],
  );
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** An edit of a score names its author; what the scorer itself said stands at the beginning of the history without one. */
function isCorrected(score: JsonObject): boolean {
  const last = asArray(score.history)?.at(-1);
  return isObject(last) && isObject(last.provenance);
}

/** Graders of Inspect keep the conversation with their model. */
function hasTranscript({ metadata }: JsonObject): boolean {
  return isObject(metadata) && metadata.grading !== undefined;
}

function isGrader(name: string, scorer: JsonObject | undefined): boolean {
  if (/model_graded|grader|judge/i.test(withoutPackage(name))) return true;
  const options = [scorer?.options, scorer?.params].filter(isObject);
  return options.some((given) => GRADER_OPTIONS.some((option) => (given[option] ?? null) !== null));
}

const GRADER_OPTIONS = ['model', 'models', 'model_role', 'grader', 'grader_model', 'grader_models', 'judge', 'judge_model', 'judge_models'];

/** The scorers as the header lists them: with their options in newer logs, with the results in older ones. */
function scorersOf(log: JsonObject): JsonObject[] {
  const listed = isObject(log.eval) ? asArray(log.eval.scorers) : undefined;
  const results = isObject(log.results) ? log.results : {};
  return (listed ?? asArray(results.scores) ?? [results.scorer ?? null]).filter(isObject);
}

/** Metrics are a list of names, lists by name, or values by name. */
function namesAccuracy(metrics: JsonValue | undefined): boolean {
  if (Array.isArray(metrics)) return metrics.some(namesAccuracy);
  if (!isObject(metrics)) return false;
  if (withoutPackage(asString(metrics.name) ?? '') === 'accuracy') return true;
  return Object.entries(metrics).some(([key, value]) => withoutPackage(key) === 'accuracy' || namesAccuracy(value));
}

function nameIn(names: ReadonlySet<string>, name: string): boolean {
  const bare = withoutPackage(name);
  return names.has(bare) || names.has(withoutCount(bare));
}

function inRun(names: ReadonlySet<string>, name: string): boolean {
  return nameIn(names, name);
}

/** The second scorer of a name is told apart by a number. */
function withoutCount(name: string): string {
  return name.replace(/\d+$/, '');
}
