import { resolve } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { decide } from '../review/decide.ts';
import { tellDecision } from '../review/tell-decision.ts';
import { tellWaiting } from '../review/tell-waiting.ts';
import { listWaiting } from '../review/waiting.ts';

export interface ReviewOptions extends PlaceOptions {
  readonly decide?: string;
  readonly source?: string;
  readonly rule?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

const SHOWN_ROWS = 100;

/** `lauter distill review`: what waits for a human, or the verdicts of humans on it. */
export async function distillReview(io: Io, options: ReviewOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  if (options.decide === undefined) {
    const listing = await listWaiting(root, { source: options.source, rule: options.rule, limit: options.limit ?? SHOWN_ROWS });
    io.out(options.json === true ? JSON.stringify(listing, null, 2) : tellWaiting(listing));
    return EXIT.accepted;
  }
  if (options.source !== undefined || options.rule !== undefined || options.limit !== undefined) {
    throw new UsageError(
      'reading the options of review: expected --decide alone, found --source, --rule or --limit as well.',
      'Those choose what is listed; a file of verdicts names its records itself.',
    );
  }
  const { config } = loadConfig(io, root, options);
  const file = { path: resolve(io.cwd, options.decide), name: options.decide };
  const decision = await decide(root, file, { partialMin: config.distill.partial_min });
  io.out(options.json === true ? JSON.stringify(decision, null, 2) : tellDecision(decision));
  return EXIT.accepted;
}
