import { resolve } from 'node:path';
import { requireOwnReplayLog } from '../../adapters/files/replay-log.ts';
import { capOf, sumUsd } from '../../domain/cost/index.ts';
import type { PlaybookRetriever } from '../../domain/replay/index.ts';
import { formatUsd } from '../../reports/shared/format.ts';
import type { Config } from '../../schemas/config.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import type { GroundingMode } from '../../schemas/vocabulary.ts';
import { openCorpus } from '../../worker/inputs/replay-corpus.ts';
import { prepareQueue, type PreparedQueue } from '../../worker/inputs/replay-queue.ts';
import { askToSpend } from '../cost/ask-to-spend.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { escalationTarget, type EscalationOptions } from './escalation-target.ts';

/** Options of every command that replays the tasks of a file. */
export interface ReplaysOptions extends PlaceOptions, EscalationOptions {
  readonly tasks: string;
  readonly limit?: number;
  readonly retriever: PlaybookRetriever;
  /** False for the baseline. */
  readonly retrieval?: boolean;
  readonly corpus?: string;
  readonly topK?: number;
  readonly model?: string;
  readonly grounding: GroundingMode;
  readonly concurrent: number;
  readonly maxUsd?: number;
  readonly yes?: boolean;
  readonly keepServer?: boolean;
  readonly json?: boolean;
}

/** Who orders, and how often each task is replayed. */
export interface ReplaysOrder {
  /** As `lauter` is given it; what the config limits it by. */
  readonly command: string;
  /** A noun for people: `the queue`. */
  readonly what: string;
  readonly arms: number;
  /** Parts of the playbooks that are looked at beside all of them. */
  readonly shares?: readonly number[];
}

/** What is to be known of playbooks. */
type CorpusFacts = NonNullable<ReplayRun['corpus']>;

/** Tasks that may be replayed now. */
export interface OrderedReplays {
  readonly root: string;
  readonly config: Config;
  readonly queue: PreparedQueue;
  /** All playbooks there are; null in the baseline. */
  readonly corpus: CorpusFacts | null;
  /** Those that each share leaves. */
  readonly corpora: readonly CorpusFacts[];
  /** Of all arms together; null for no cap. */
  readonly capUsd: number | null;
  readonly estimatedUsd: number;
}

const USUAL_CAP_USD = 5;

/** Reads all that replays rest on, and says what they may cost. Null where that is more than may be spent and nobody agrees. What cannot be read is told before anything begins. */
export async function orderReplays(
  io: Io,
  options: ReplaysOptions,
  { command, what, arms, shares = [] }: ReplaysOrder,
): Promise<OrderedReplays | null> {
  const { root } = existingWorkspace(io, options);
  const { config, base } = loadConfig(io, root, options);
  const { retrieval = true, limit = null, concurrent, grounding } = options;
  requireOwnReplayLog(root);
  const choices = {
    retriever: retrieval ? options.retriever : 'none',
    top_k: options.topK ?? config.replay.top_k,
    corpus: retrieval && options.corpus !== undefined ? resolve(io.cwd, options.corpus) : null,
    model: options.model ?? config.replay.model,
    escalate_to: escalationTarget(options, config.replay),
    grounding,
  } as const;
  const queue = await prepareQueue({ config, base, env: io.env, tasksPath: resolve(io.cwd, options.tasks), limit, choices, concurrent });
  const look = async (share?: number): Promise<CorpusFacts> => {
    const { runId, rows, sha256 } = await openCorpus(io.cwd, root, { file: options.corpus, share });
    return { run_id: runId, rows: rows.length, sha256 };
  };
  const corpus = retrieval ? await look() : null;
  const corpora: CorpusFacts[] = [];
  for (const share of shares) corpora.push(await look(share));
  const capUsd = capOf(config.cost, command, { flagUsd: options.maxUsd, defaultUsd: USUAL_CAP_USD });
  const estimatedUsd = sumUsd(Array.from({ length: arms }, () => queue.estimatedUsd));
  const times = arms === 1 ? '' : `, ${arms} times each,`;
  const cap = capUsd === null ? 'no cap' : `cap ${formatUsd(capUsd)}`;
  io.err(`${queue.count} tasks${times} for ${choices.model}; estimated: ${formatUsd(estimatedUsd)}; ${cap}`);
  const isYes = options.yes === true;
  const consent = await askToSpend(io, { estimates: [{ what, usd: estimatedUsd, capUsd }], isYes });
  return consent === 'refused' ? null : { root, config, queue, corpus, corpora, capUsd, estimatedUsd };
}
