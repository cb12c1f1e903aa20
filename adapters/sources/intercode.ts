import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { asArray, asCount, asNumber, asString, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';
import { draftOf, noSignals, outcomeOf, refuse } from './drafts.ts';
import { shortHash } from './short-hash.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, SourceAdapter } from './source-adapter.ts';

/**
 * InterCode results: an object of episodes in a bash, SQL, Python or capture-the-flag environment, graded 0..1.
 * Agents' episodes have `turn_history` and `summary`, humans' have `trajectory` and `reward`;
 * plan-and-solve runs wrap theirs in `logs` beside `meta`.
 */
export const intercode: SourceAdapter = { name: 'intercode', version: 1, detect, normalize };

/** One action with what was thought before it and seen after it. `isForced`: the harness, not the agent, submitted at the turn limit. */
interface Turn {
  readonly thought: string;
  readonly action: string;
  readonly observation: string | undefined;
  readonly isForced: boolean;
}

function detect(sample: FileSample): Detection | undefined {
  const first = sample.firstElement;
  if (first?.container !== 'object') return undefined;
  const isWrapped = isRunSettings(first.key, first.value) && /"logs"\s*:/.test(sample.head);
  if (!isEpisode(first.value) && !isWrapped) return undefined;
  return { layout: 'elements', confidence: 0.95, reason: 'an object of episodes with a query and its turns' };
}

function isEpisode(value: JsonValue): value is JsonObject {
  if (!isObject(value) || typeof value['query'] !== 'string') return false;
  return isObject(value['turn_history']) || Array.isArray(value['trajectory']);
}

function isRunSettings(key: string | undefined, value: JsonValue): boolean {
  return key === 'meta' && isObject(value) && 'env' in value && !('query' in value);
}

function normalize(record: RawRecord): readonly Draft[] {
  const { key, value } = record;
  if (key === 'logs' && isObject(value) && !('query' in value)) return draftsOfLogs(record, value);
  if (isRunSettings(key, value)) return [refuse(record, 'not_an_object', 'meta: the settings of the run, not an episode')];
  return [draftOfEpisode(record)];
}

function draftsOfLogs(record: RawRecord, logs: JsonObject): readonly Draft[] {
  const episodes = Object.entries(logs).map(([key, value]) => {
    const pointer = `${record.locator.pointer ?? ''}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return draftOfEpisode({ value, key, locator: { ...record.locator, pointer }, line: record.line });
  });
  return episodes.length > 0 ? episodes : [refuse(record, 'missing_field', 'logs: expected at least one episode')];
}

function draftOfEpisode(record: RawRecord): Draft {
  const episode = record.value;
  if (!isObject(episode)) return refuse(record, 'not_an_object', 'episode: expected an object');
  const query = asString(episode['query']);
  if (query === undefined) return refuse(record, 'missing_field', 'query: expected text');
  const turns = turnsOf(episode);
  if (typeof turns === 'string') return refuse(record, 'missing_field', turns);
  const spoken = turns.filter((turn) => !turn.isForced);
  const command = gradedCommand(spoken, asCount(summaryOf(episode)['max_reward_idx']));
  const reward = rewardOf(episode);
  return draftOf(record, {
    task: taskOf(episode, query, record.key),
    messages: conversationOf(query, spoken),
    artifacts: isBlank(command) ? [] : [{ kind: 'command', text: command }],
    outcome: outcomeOf(reward ?? null, 'reward'),
    signals: { ...noSignals(), ...(reward !== undefined && { reward }), truncated: spoken.length < turns.length },
  });
}

/** The turns, or what is wrong with them. */
function turnsOf(episode: JsonObject): Turn[] | string {
  const steps = stepsOf(episode);
  if (steps === undefined) return 'turn_history.actions: expected an array';
  const turns: Turn[] = [];
  for (const [index, step] of steps.entries()) {
    const turn = isObject(step) ? turnOf(step) : undefined;
    if (turn === undefined) return `action ${index}: expected text`;
    turns.push(turn);
  }
  return turns;
}

/** Both shapes as objects with `action`, `observation` and, where the agent wrote it down, `thought`. */
function stepsOf(episode: JsonObject): JsonValue[] | undefined {
  const history = episode['turn_history'];
  if (!isObject(history)) return asArray(episode['trajectory']);
  const thoughts = asArray(history['thoughts']) ?? [];
  const observations = asArray(history['observations']) ?? [];
  return asArray(history['actions'])?.map((action, index) => ({
    action,
    thought: thoughts[index] ?? null,
    observation: observations[index] ?? null,
  }));
}

function turnOf(step: JsonObject): Turn | undefined {
  const action = asString(step['action']);
  if (action === undefined) return undefined;
  const thought = asText(step['thought']) ?? '';
  const seen = step['observation'] ?? null;
  const observation = seen === null ? undefined : (asText(seen) ?? canonicalJson(seen));
  return { action, thought, observation, isForced: thought.startsWith('EXCEEDED MAX TURNS') };
}

/** The query, then actions and what came of them; what the last action brought is left off, because nobody answered it. */
function conversationOf(query: string, turns: readonly Turn[]): Message[] {
  const messages: Message[] = [{ role: 'user', content: query }];
  for (const [index, turn] of turns.entries()) {
    messages.push({ role: 'assistant', content: isBlank(turn.thought) ? turn.action : `${turn.thought}\n${turn.action}` });
    const isLast = index === turns.length - 1;
    if (!isLast && turn.observation !== undefined) messages.push({ role: 'user', content: turn.observation });
  }
  return messages;
}

/** The command that earned the reward: at the index the summary names, else the last that is more than the word `submit`. */
function gradedCommand(turns: readonly Turn[], bestIndex: number | undefined): string {
  const best = bestIndex === undefined ? undefined : turns[bestIndex];
  const action = (best ?? turns.findLast((turn) => turn.action.trim() !== 'submit') ?? turns.at(-1))?.action ?? '';
  return /^execute\[([\s\S]*)\]$/.exec(action.trim())?.[1] ?? action;
}

/** The best reward of the episode. `info` and `reward` speak of the last turn, so they come after the turns' own rewards. */
function rewardOf(episode: JsonObject): number | undefined {
  const history = episode['turn_history'];
  const info = episode['info'];
  const earned = (isObject(history) ? (asArray(history['rewards']) ?? []) : []).map(asNumber).filter((reward) => reward !== undefined);
  const stated = [
    summaryOf(episode)['max_reward'],
    isObject(info) ? info['max_reward'] : undefined,
    earned.length > 0 ? earned.reduce((best, reward) => Math.max(best, reward)) : undefined,
    isObject(info) ? info['reward'] : undefined,
    episode['reward'],
  ];
  return stated.map(asNumber).find((reward) => reward !== undefined);
}

function summaryOf(episode: JsonObject): JsonObject {
  const summary = episode['summary'];
  return isObject(summary) ? summary : {};
}

/** Every data set numbers its tasks from 0, so the key also names the set and the query. */
function taskOf(episode: JsonObject, query: string, entryKey: string | undefined): EvidenceDraft['task'] {
  const id = asText(episode['task_id']) ?? asText(episode['query_idx']) ?? entryKey ?? null;
  const file = asString(episode['dataset'])
    ?.split('/')
    .at(-1)
    ?.replace(/\.json$/, '');
  const set = file ?? asString(episode['environment']) ?? '';
  return { id, key: `intercode/${set}/${id ?? ''}/${shortHash(query)}`, text: query };
}
