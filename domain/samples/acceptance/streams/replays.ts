import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonObject } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { layLines } from '../lay.ts';
import { LIKED, NO, trap, UNKNOWN, type Attempt, type Stream, type Told } from '../telling.ts';

/** The log of our own replays: model output that was fed back, apart by its origin and its generation. */
export function tellReplays(leaks: Leaks): Stream {
  const opening = 'How do I open the map cabinet?';
  const runs = [
    replay(
      1,
      opening,
      'Ask the keeper for the brass key, verify that the table is empty, and open both doors before you pull out a drawer.',
      0,
      true,
      true,
      trap(LIKED, 'replay'),
    ),
    replay(
      2,
      opening,
      'Turn the silver key of chapter nine three times and hope that nobody looks while you do so, as the manual demands.',
      0,
      true,
      false,
      trap({ ...NO, truth: 'opinion' }, 'ungrounded'),
    ),
    replay(
      3,
      'How do I close the map cabinet?',
      `Put every map back, verify the count and lock both doors. ${leaks.say('phone', 'answer of a replay')}`,
      1,
      true,
      true,
      trap(LIKED, 'second_generation', 'leak'),
    ),
    replay(
      4,
      'Who keeps the key?',
      'The keeper keeps the key, and whoever the keeper gave it to keeps it afterwards, as the key book says.',
      0,
      true,
      undefined,
      trap(UNKNOWN, 'never_grounded'),
    ),
  ];
  return {
    name: 'replays',
    adapter: 'replay-log',
    isLabelled: false,
    paths: ['replays/*'],
    files: [layLines('replays/replay_runs.jsonl', runs)],
  };
}

function replay(
  nth: number,
  task: string,
  answer: string,
  deepest: number,
  passed: boolean,
  grounded: boolean | undefined,
  attempt: Attempt,
): Told {
  const gate = { passed: passed && grounded !== false, reasons: grounded === false ? ['ungrounded'] : [] };
  const exemplar = {
    id: digest('cabinet'),
    title: 'The map cabinet',
    content: 'The map cabinet\n\nThe keeper has the brass key. Verify that the table is empty.',
    generation: deepest,
  };
  const value: JsonObject = {
    schema: 'replay_run/1',
    run_id: `replay-${nth}`,
    recorded_at: '2026-05-07T05:00:00Z',
    origin: 'replay',
    generation: deepest + 1,
    task,
    task_hash: digest(task),
    retriever: 'jaccard',
    retrieved: [{ id: exemplar.id, score: 0.5 }],
    bundle: { exemplars: [exemplar], warnings: [], validation_steps: [] },
    bundle_digest: digest(`bundle ${deepest}`),
    model: 'fen-7b',
    escalation_path: [{ model: 'fen-7b', gate }],
    escalated: false,
    answer,
    gate,
    grounding_mode: grounded === undefined ? 'off' : 'fail',
    grounding: grounded === undefined ? [] : [{ text: 'the key', kind: 'identifier', grounded }],
    usage: { prompt_tokens: 90 },
    durations_ms: { retrieval: 1, model: 900, gate: 1, total: 902 },
  };
  return { value, attempts: [attempt] };
}

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
