import { describe, expect, test } from 'vitest';
import type { ReplayQueueRun } from '../../../activities/replay-contract.ts';
import { extractiveModel } from '../../../activities/replay/built-in-models.ts';
import { readTasks } from '../../../activities/replay/queue/plan-queue.ts';
import { createReplayWork } from '../../../activities/replay/queue/work.ts';
import type { ReplayQueueWorld } from '../../../activities/replay/queue/world.ts';
import type { Corpus, ReplayModel } from '../../../activities/replay/replay-world.ts';
import { sha256 } from '../../../adapters/digest.ts';
import { OverBudgetError, SourceChangedError, SourceError } from '../../../domain/shared/errors.ts';
import type { ReplayQueueReport } from '../../../schemas/replay-queue.ts';
import type { ReplayRun } from '../../../schemas/replay-run.ts';
import { UNDISTURBED } from '../../support/longmemeval-run.ts';
import { freeBudget } from '../../support/spending.ts';
import { ServerTaken } from '../../../worker/inputs/enter-server.ts';

const LONG =
  'Ring the bell of the lock house and wait until the keeper answers from the other side, then open the gate by hand and watch the water.';
const RUN = {
  run_id: 'queue-1',
  started_at: '2026-03-02T08:00:00.000Z',
  tasks: { path: 'tasks.txt', sha256: sha256('tasks') },
  limit: null,
  choices: { retriever: 'none', top_k: 8, corpus: null, model: 'keeper', escalate_to: null, grounding: 'fail' },
  budget: { estimated_usd: 0.3 },
} as unknown as ReplayQueueRun;

/** Answers every task with a text that the gate lets pass, unless another one is named for it. */
function keeper(
  others: Readonly<Record<string, () => ReturnType<ReplayModel['answer']>>> = {},
): ReplayModel & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    name: 'keeper',
    window: extractiveModel().window,
    asked,
    answer: async ({ task }) => {
      asked.push(task);
      return others[task]?.() ?? { state: 'answered', text: LONG, usage: { cost_usd: 0.1 } };
    },
  };
}

const silent = async () => ({ state: 'failed', detail: 'timeout after 3 attempts', usage: {} }) as const;
const short = async () => ({ state: 'answered', text: 'Yes.', usage: {} }) as const;

/** A world in memory whose file of tasks has these lines. */
function world(lines: readonly string[], model: ReplayModel, changed: Partial<ReplayQueueWorld> = {}) {
  const documents = new Map<string, string>();
  const log: ReplayRun[] = [];
  const made: ReplayQueueWorld = {
    replay: {
      clock: { now: () => '2026-03-02T08:00:05.000Z', nowMs: () => 0 },
      sha256,
      generationsOf: async () => new Map(),
    },
    files: {
      readLines: async () => ({ sha256: sha256('tasks'), lines: lines.map((text, at) => ({ line: at + 1, text })) }),
      has: (runId, name) => documents.has(`${runId}/${name}`),
      read: <Value>(runId: string, name: string) => JSON.parse(documents.get(`${runId}/${name}`)!) as Value,
      write: (runId, name, value) => void documents.set(`${runId}/${name}`, JSON.stringify(value)),
    },
    log: {
      bytes: () => 0,
      append: async (row) => {
        if (!log.some(({ run_id: own }) => own === row.run_id)) log.push(row);
      },
    },
    budget: () => freeBudget,
    corpus: async () => null,
    requireFreeServer: () => undefined,
    model: async () => model,
    ...changed,
  };
  const work = createReplayWork(made);
  const report = (): ReplayQueueReport => made.files.read('queue-1', 'report');
  return { made, work, log, report };
}

async function replayAll({ work }: ReturnType<typeof world>, count: number): Promise<string[]> {
  await work.planReplays(RUN, UNDISTURBED);
  const states: string[] = [];
  for (let task = 0; task < count; task += 1) states.push((await work.replayQueued({ run_id: 'queue-1', task }, UNDISTURBED)).state);
  return states;
}

describe('tasks of a file', () => {
  const lines = (...texts: string[]) => texts.map((text, at) => ({ line: at + 1, text }));

  test('are lines as they are, and objects with an id or without', () => {
    expect(readTasks(lines('Open the lock', '{"id":"lamp","task":"Light the lamp"}', '{"task":"Row"}'), 'tasks')).toEqual([
      { id: 'line-1', task: 'Open the lock' },
      { id: 'lamp', task: 'Light the lamp' },
      { id: 'line-3', task: 'Row' },
    ]);
  });

  test.each([
    [['{"id":"a"}'], /line 1: expected a task/],
    [['{"task":" "}'], /line 1: expected a task/],
    [['Row', '{"task":7}'], /line 2: expected a task/],
    [['{torn'], /line 1: expected a JSON object/],
    [['{"id":7,"task":"Row"}'], /line 1: expected an id that is a text/],
    [['{"id":"a","task":"Row"}', '{"id":"a","task":"Sail"}'], /line 2: expected an id of its own, found that of line 1, a/],
    [[], /expected at least one task, found none/],
  ])('%j is refused', (texts, told) => {
    expect(() => readTasks(lines(...texts), 'tasks')).toThrow(SourceError);
    expect(() => readTasks(lines(...texts), 'tasks')).toThrow(told);
  });

  test('are those that were there when the queue was ordered', async () => {
    const scene = world(['Row'], keeper());
    await expect(scene.work.planReplays({ ...RUN, tasks: { path: 'tasks.txt', sha256: sha256('others') } }, UNDISTURBED)).rejects.toThrow(
      SourceChangedError,
    );
  });
});

test('every task stands in the log once, and in the report with what came of it', async () => {
  const scene = world(['Open', 'Close', 'Row'], keeper({ Close: short, Row: silent }));
  expect(await replayAll(scene, 3)).toEqual(['replayed', 'replayed', 'replayed']);
  expect(await replayAll(scene, 3)).toEqual(['replayed', 'replayed', 'replayed']);
  expect(scene.log.map(({ run_id: id, task }) => [id, task])).toEqual([
    ['queue-1-1', 'Open'],
    ['queue-1-2', 'Close'],
    ['queue-1-3', 'Row'],
  ]);
  expect(await scene.work.endReplays(RUN, UNDISTURBED)).toMatchObject({ verdict: 'unfinished', exit_code: 2 });
  expect(scene.report()).toMatchObject({
    counts: { tasks: 3, passed: 1, refused: 1, unanswered: 1, skipped_budget: 0, escalated: 0 },
    cost_usd: 0.1,
    estimated_usd: 0.3,
    tasks: [
      { id: 'line-1', state: 'passed', reasons: [], replay_id: 'queue-1-1' },
      { id: 'line-2', state: 'refused', reasons: ['too_short'] },
      { id: 'line-3', state: 'unanswered', reasons: ['timeout after 3 attempts'] },
    ],
  });
});

test.each([
  ['a refusal', [short], 'refused', 1],
  ['answers that all pass', [], 'accepted', 0],
] as const)('%s ends it with %s', async (_, [other], verdict, code) => {
  const scene = world(['Open', 'Close'], keeper(other === undefined ? {} : { Close: other }));
  await replayAll(scene, 2);
  expect(await scene.work.endReplays(RUN, UNDISTURBED)).toMatchObject({ verdict, exit_code: code });
});

describe('a death', () => {
  test('before the log: whoever comes next appends what was kept, and asks nobody', async () => {
    const model = keeper();
    let isDying = true;
    const scene = world(['Open'], model);
    const append = scene.made.log.append;
    Object.assign(scene.made.log, {
      append: async (row: ReplayRun, fromByte: number) => {
        if (isDying) throw new Error('killed');
        await append(row, fromByte);
      },
    });
    await expect(replayAll(scene, 1)).rejects.toThrow('killed');
    isDying = false;
    expect(await replayAll(scene, 1)).toEqual(['replayed']);
    expect([model.asked, scene.log.length]).toEqual([['Open'], 1]);
  });

  test('behind the log, before that is noted: the row is not appended a second time', async () => {
    const model = keeper();
    let isDying = true;
    const scene = world(['Open'], model);
    const write = scene.made.files.write;
    Object.assign(scene.made.files, {
      write: (runId: string, name: string, value: unknown) => {
        if (isDying && name.startsWith('logged/')) throw new Error('killed');
        write(runId, name, value);
      },
    });
    await expect(replayAll(scene, 1)).rejects.toThrow('killed');
    isDying = false;
    expect(await replayAll(scene, 1)).toEqual(['replayed']);
    expect([model.asked, scene.log.length]).toEqual([['Open'], 1]);
  });
});

describe('playbooks', () => {
  const playbooks = (runId: string, hash: string): Corpus => ({
    runId,
    rows: [],
    sha256: sha256(hash),
    find: async () => ({ ranked: [] }),
  });

  test('are those of the export that was the latest when the queue was planned, whoever goes on with it', async () => {
    const asked: (string | undefined)[] = [];
    let latest = 'monday';
    const corpus = async (_: ReplayQueueRun, exported = latest): Promise<Corpus> => {
      asked.push(exported);
      return playbooks(exported, exported);
    };
    const scene = world(['Open', 'Close'], keeper(), { corpus });
    await scene.work.planReplays(RUN, UNDISTURBED);
    latest = 'tuesday';
    expect(await replayAll(scene, 2)).toEqual(['replayed', 'replayed']);
    expect(asked).toEqual(['monday', 'monday', 'monday']);
    expect(scene.log.map((row) => row.corpus?.run_id)).toEqual(['monday', 'monday']);
  });

  test('that are not what they were end the queue before anybody is asked', async () => {
    let text = 'as planned';
    const model = keeper();
    const scene = world(['Open'], model, { corpus: async () => playbooks('monday', text) });
    await scene.work.planReplays(RUN, UNDISTURBED);
    text = 'edited';
    await expect(scene.work.replayQueued({ run_id: 'queue-1', task: 0 }, UNDISTURBED)).rejects.toThrow(SourceChangedError);
    expect(model.asked).toEqual([]);
  });
});

test('what the cap forbids is skipped, leaves no row, and is told', async () => {
  const broke = async (): Promise<never> => {
    throw new OverBudgetError('paying: expected room, found none.', 'Allow more.');
  };
  const scene = world(['Open', 'Close'], keeper({ Close: broke }));
  expect(await replayAll(scene, 2)).toEqual(['replayed', 'over_budget']);
  expect(await scene.work.endReplays(RUN, UNDISTURBED)).toMatchObject({
    verdict: 'unfinished',
    exit_code: 2,
    counts: { skipped_budget: 1 },
  });
  expect(scene.log).toHaveLength(1);
});

test('a task that has no room in the window is told, and keeps no other from being asked', async () => {
  const narrow = { ...keeper(), window: { windowTokens: 256, answerTokens: 200 } };
  const scene = world(['Open '.repeat(200), 'Row'], narrow);
  expect(await replayAll(scene, 2)).toEqual(['replayed', 'replayed']);
  await scene.work.endReplays(RUN, UNDISTURBED);
  expect(scene.report().tasks[0]).toMatchObject({ state: 'unanswered', replay_id: null });
  expect(scene.report().tasks[0]!.reasons[0]).toContain('expected room for it in a window of 256 tokens');
});

describe('a bench that has the server', () => {
  const taken = (): never => {
    throw new ServerTaken('http://127.0.0.1:8000/v1', { owner: 'bt29-tern' });
  };

  test('is noticed before anything is done, and the task is replayed when it has ended', async () => {
    let isTaken = true;
    let opened = 0;
    const model = keeper();
    const scene = world(['Open'], model, {
      requireFreeServer: () => void (isTaken && taken()),
      corpus: async () => {
        opened += 1;
        return null;
      },
    });
    await expect(replayAll(scene, 1)).rejects.toThrow('waiting for bt29-tern');
    // Once by the plan, which says what they are.
    expect([opened, model.asked, scene.log]).toEqual([1, [], []]);
    isTaken = false;
    expect(await replayAll(scene, 1)).toEqual(['replayed']);
    expect([opened, model.asked, scene.log.length]).toEqual([2, ['Open'], 1]);
  });

  test('that comes between two models keeps the second from being asked, and is no failure of it', async () => {
    let isTaken = true;
    const [first, second] = [
      keeper({ Open: short }),
      keeper({ Open: async () => (isTaken ? taken() : { ...(await short()), text: LONG }) }),
    ];
    const scene = world(['Open'], first, { model: async (_, name) => (name === 'keeper' ? first : { ...second, name }) });
    const run = { ...RUN, choices: { ...RUN.choices, escalate_to: 'ferryman' } };
    await scene.work.planReplays(run, UNDISTURBED);
    const replayed = (): Promise<unknown> => scene.work.replayQueued({ run_id: 'queue-1', task: 0 }, UNDISTURBED);
    await expect(replayed()).rejects.toThrow(ServerTaken);
    expect(scene.log).toEqual([]);
    isTaken = false;
    await replayed();
    expect(scene.log).toMatchObject([{ model: 'ferryman', answer: LONG, escalated: true, gate: { passed: true } }]);
  });
});
