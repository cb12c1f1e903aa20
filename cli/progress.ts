import { createLogUpdate } from 'log-update';
import type { RunProgress } from '../workflows/run-control.ts';
import type { Io } from './io.ts';

export interface ProgressView {
  /** A line that stays. */
  say(line: string): void;
  stop(): Promise<void>;
}

/** What is shown of work that goes on. */
export type ShownProgress = Pick<RunProgress, 'run_id' | 'done' | 'total' | 'rows' | 'paused'> & { readonly stage: string };

const ASK_MS = 500;

/** Shows where a run is: one line that is redrawn on a terminal, one line a stage elsewhere. */
export function startProgress(io: Io, ask: () => Promise<ShownProgress | undefined>): ProgressView {
  const line = io.isTerminal ? createLogUpdate(process.stderr) : undefined;
  const started = Date.now();
  let stageStarted = started;
  let stage = '';
  let isAsking = false;
  let asked: Promise<void> = Promise.resolve();
  const show = (progress: ShownProgress): void => {
    if (progress.stage !== stage) {
      stage = progress.stage;
      stageStarted = Date.now();
      if (line === undefined) io.err(`${stage} …`);
    }
    line?.(describe(progress, Date.now() - stageStarted));
  };
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    asked = ask()
      .then((progress) => progress !== undefined && show(progress))
      .then(() => undefined)
      .finally(() => (isAsking = false));
  }, ASK_MS);
  return {
    say(text) {
      line?.clear();
      io.err(text);
    },
    async stop() {
      clearInterval(timer);
      await asked.catch(() => undefined);
      line?.clear();
    },
  };
}

const BAR_WIDTH = 24;

function describe({ run_id, stage, done, total, rows, paused }: ShownProgress, elapsedMs: number): string {
  const share = total === 0 ? 0 : done / total;
  const bar = '█'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '·');
  const seconds = elapsedMs / 1000;
  const rate = rows > 0 && seconds > 1 ? `  ${Math.round(rows / seconds).toLocaleString('en')} rows/s` : '';
  const left = share > 0 && share < 1 && seconds > 2 ? `  ${Math.ceil((seconds / share) * (1 - share))} s left` : '';
  const state = paused === null ? '' : paused === 'user' ? '  paused: `lauter runs resume ' + run_id + '`' : '  stopping';
  return `${stage.padEnd(11)} ${bar} ${done}/${total}${rate}${left}${state}   run ${run_id}`;
}
