import type { Message } from '../../domain/longmemeval/index.ts';
import { askPaid, type KeptCalls, type PaidCall, type UnansweredCall } from '../ask-paid.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import type { LongMemEvalWorld, ModelServer } from './world.ts';

export interface ModelQuestion {
  readonly server: ModelServer;
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /** What the call is kept under: nobody pays twice for it. */
  readonly key: string;
}

/** Asks a model of a run. An answer is taken from this run, or from one that was left before (`earlier`), where there is one. Rejects as `askPaid` does. */
export function callModel(
  world: LongMemEvalWorld,
  run: LongMemEvalRun,
  { server, ...question }: ModelQuestion,
  { earlier, signal }: { readonly earlier: readonly string[]; readonly signal: AbortSignal },
): Promise<PaidCall | UnansweredCall> {
  const desk = {
    kept: keptBy(world, run, earlier),
    budget: world.budget(run, 'answers'),
    model: world.chatModel(server, run),
    wait: world.wait,
  };
  return askPaid(desk, { ...question, server, lane: server.role }, signal);
}

function keptBy({ files }: LongMemEvalWorld, { run_id: own }: LongMemEvalRun, earlier: readonly string[]): KeptCalls {
  return {
    find(key) {
      const holder = [own, ...earlier].find((id) => files.has(id, nameOf(key)));
      return holder === undefined ? undefined : files.read<PaidCall>(holder, nameOf(key));
    },
    keep: (key, call) => files.write(own, nameOf(key), call),
  };
}

function nameOf(key: string): string {
  return `calls/${key}`;
}
