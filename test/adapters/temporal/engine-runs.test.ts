import type { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { isOpen, listEngineRuns } from '../../../adapters/temporal/engine-runs.ts';

type Listed = { memo?: object; workflowId: string; status: { name: string }; startTime: Date; closeTime?: Date };

function clientThatLists(executions: readonly Listed[]) {
  const queries: string[] = [];
  const list = async function* ({ query }: { query: string }) {
    queries.push(query);
    yield* executions;
  };
  return { queries, client: { workflow: { list } } as unknown as Pick<Client, 'workflow'> };
}

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2, 8, minute));

test('a run is listed once, by its open execution, else by its latest', async () => {
  const { client, queries } = clientThatLists([
    { workflowId: 'w-malt', memo: { run_id: 'malt' }, status: { name: 'CONTINUED_AS_NEW' }, startTime: at(5), closeTime: at(6) },
    { workflowId: 'w-malt', memo: { run_id: 'malt' }, status: { name: 'RUNNING' }, startTime: at(6) },
    { workflowId: 'w-hops', memo: { run_id: 'hops' }, status: { name: 'COMPLETED' }, startTime: at(9), closeTime: at(10) },
    { workflowId: 'w-hops', memo: { run_id: 'hops' }, status: { name: 'CONTINUED_AS_NEW' }, startTime: at(8), closeTime: at(9) },
    { workflowId: 'w-nameless', status: { name: 'RUNNING' }, startTime: at(1) },
  ]);
  const runs = await listEngineRuns(client, 'lauter-work-b4e4e412');
  expect(queries).toEqual(["TaskQueue = 'lauter-work-b4e4e412'"]);
  expect(runs).toEqual([
    { runId: 'malt', workflowId: 'w-malt', status: 'RUNNING', startedAt: '2026-03-02T08:06:00.000Z', endedAt: null },
    {
      runId: 'hops',
      workflowId: 'w-hops',
      status: 'COMPLETED',
      startedAt: '2026-03-02T08:09:00.000Z',
      endedAt: '2026-03-02T08:10:00.000Z',
    },
  ]);
  expect(runs.map(isOpen)).toEqual([true, false]);
});
