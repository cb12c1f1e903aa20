import { ServiceError, WorkflowFailedError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { awaitResult } from '../../../adapters/temporal/retrying-result.ts';
import type { ResultClient } from '../../../adapters/temporal/retrying-result.ts';
import { EngineError } from '../../../domain/shared/errors.ts';

/** An error as the SDK throws it: its own class around that of gRPC. */
function grpcError(code: number): ServiceError {
  return new ServiceError('Workflow history request failed', {
    cause: Object.assign(new Error('gone'), { code, details: '', metadata: {} }),
  });
}

/** A client whose answers are played in order, the last one for ever. */
function fakeClient(script: { results: (() => unknown)[]; describes?: (() => unknown)[] }) {
  const handles: string[] = [];
  const play = (answers: (() => unknown)[]) => async () => (answers.length > 1 ? answers.shift()! : answers[0]!)();
  const result = play(script.results);
  const describeWorkflow = play(script.describes ?? [() => ({})]);
  const client = {
    workflow: { getHandle: (id: string, run?: string) => (handles.push(`${id}/${run}`), { result, describe: describeWorkflow }) },
    withDeadline: (_: number, ask: () => Promise<unknown>) => ask(),
  };
  return { client: client as unknown as ResultClient, handles };
}

function fail(error: unknown): () => never {
  return () => {
    throw error;
  };
}

const quick = { giveUpAfterMs: 5_000, firstWaitMs: 1, longestWaitMs: 1 };

describe('awaitResult', () => {
  test('passes the result on', async () => {
    const { client, handles } = fakeClient({ results: [() => 'clear wort'] });
    expect(await awaitResult(client, 'lautering', 'run-1', quick)).toBe('clear wort');
    expect(handles).toEqual(['lautering/run-1']);
  });

  test('asks again with a new handle after every outage', async () => {
    const waits: string[] = [];
    const { client } = fakeClient({
      results: [fail(grpcError(14)), fail(grpcError(4)), () => 'clear wort'],
      describes: [fail(grpcError(14)), () => ({})],
    });
    const onWaiting = ({ reason }: { reason: string }) => void waits.push(reason);
    expect(await awaitResult(client, 'lautering', undefined, { ...quick, onWaiting })).toBe('clear wort');
    expect(waits).toHaveLength(3);
  });

  test('gives up when one outage lasts too long, and says that the same command goes on', async () => {
    const { client } = fakeClient({ results: [fail(grpcError(14))], describes: [fail(grpcError(14))] });
    const error = await awaitResult(client, 'lautering', undefined, { ...quick, giveUpAfterMs: 20 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EngineError);
    expect((error as EngineError).remedy).toContain('run the same command again');
    expect((error as EngineError).message).toContain('workflow lautering');
  });

  test('does not try again when the workflow itself failed, or is unknown', async () => {
    const failed = new WorkflowFailedError('failed', new Error('stuck mash'), 'RETRY_POLICY_NOT_SET');
    await expect(awaitResult(fakeClient({ results: [fail(failed)] }).client, 'lautering', undefined, quick)).rejects.toBe(failed);
    const unknown = grpcError(5);
    await expect(awaitResult(fakeClient({ results: [fail(unknown)] }).client, 'lautering', undefined, quick)).rejects.toBe(unknown);
  });
});
