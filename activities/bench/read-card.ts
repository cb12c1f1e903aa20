import { ApplicationFailure, Context } from '@temporalio/activity';
import type { ModelCard } from '../../schemas/bench-model-summary.ts';
import type { ModelInput } from '../bench-contract.ts';
import { holdSlot } from './hold-slot.ts';
import { throwIfCancelled } from './retrying.ts';
import type { BenchWorld } from './world.ts';

/** The cards of a model as a run saw them. */
export interface StoredCard {
  readonly before: ModelCard;
  /** Those that later parts of a run began with. */
  readonly resumed: readonly ModelCard[];
  readonly after: ModelCard | null;
  /** From the first request to the first card. */
  readonly ready_ms: number;
}

const CARD_TIMEOUT_MS = 15_000;
const AGAIN_MS = 2_000;

/** Looks at the card of the served model, before and after the pass. A server may be loading the model: it is asked until it shows one. */
export async function readCard(world: BenchWorld, { run, model, when }: ModelInput & { readonly when: 'before' | 'after' }): Promise<void> {
  const server = world.inference(run.settings, 'candidate');
  await holdSlot(world, run, async (slot) => {
    const context = Context.current();
    const startMs = world.clock.nowMs();
    for (;;) {
      throwIfCancelled();
      const outcome = await server.readCard(model, { timeoutMs: CARD_TIMEOUT_MS, signal: slot.signal });
      if (outcome.state === 'answered') {
        slot.assertCurrent();
        keep(world, { run, model, when }, outcome.value, world.clock.nowMs() - startMs);
        return;
      }
      if (outcome.kind === 'http_4xx')
        throw ApplicationFailure.nonRetryable(`the server shows no card of the model: ${outcome.detail}`, 'ModelNotServed');
      if (world.clock.nowMs() - startMs > PATIENCE_MS) throw ApplicationFailure.nonRetryable(`no card: ${outcome.detail}`, 'ModelNotReady');
      await context.sleep(AGAIN_MS);
    }
  });
}

/** Below the time that an attempt has. */
const PATIENCE_MS = 240_000;

export function cardName({ runs }: BenchWorld, model: string): string {
  return `card-${runs.slug(model)}`;
}

function keep(world: BenchWorld, { run, model, when }: ModelInput & { when: 'before' | 'after' }, card: ModelCard, ready_ms: number): void {
  const name = cardName(world, model);
  const known = world.runs.has(run.run_id, name) ? world.runs.read<StoredCard>(run.run_id, name) : undefined;
  const stored: StoredCard =
    known === undefined
      ? { before: card, resumed: [], after: null, ready_ms }
      : when === 'before'
        ? { ...known, resumed: [...known.resumed, card] }
        : { ...known, after: card };
  world.runs.write(run.run_id, name, stored);
}
