import { condition, defineQuery, defineSignal, setHandler } from '@temporalio/workflow';
import type { Stage } from '../schemas/vocabulary.ts';

/** Who paused a run: a person, by command, or the interrupt (Ctrl-C) of the command that started it. */
export type PausedBy = 'user' | 'interrupt';

/** Where a run is. */
export interface RunProgress {
  readonly run_id: string;
  readonly stage: Stage | 'plan';
  readonly done: number;
  readonly total: number;
  readonly rows: number;
  readonly in_flight: number;
  readonly paused: PausedBy | null;
}

export const pauseSignal = defineSignal<[PausedBy]>('pause');
export const resumeSignal = defineSignal('resume');
/** The command that started the run is gone and another one carries it on. */
export const adoptSignal = defineSignal('adopt');
export const progressQuery = defineQuery<RunProgress>('progress');

/** What a workflow says of itself, and the pause that others can ask for. */
export class RunControl {
  #progress: { stage: Stage | 'plan'; done: number; total: number; rows: number } = { stage: 'plan', done: 0, total: 0, rows: 0 };
  #inFlight = 0;
  #paused: PausedBy | null = null;
  /** True once the run went on under another command than the one that started it. */
  isAdopted = false;

  /** Sets the handlers; must run before the workflow first waits. */
  constructor(runId: string, paused: PausedBy | null) {
    this.#paused = paused;
    setHandler(pauseSignal, (by) => void (this.#paused = by));
    setHandler(resumeSignal, () => void (this.#paused = null));
    setHandler(adoptSignal, () => {
      this.isAdopted = true;
      // A person's pause stays; an interrupt was only meant to stop the command.
      if (this.#paused === 'interrupt') this.#paused = null;
    });
    setHandler(progressQuery, () => ({ run_id: runId, ...this.#progress, in_flight: this.#inFlight, paused: this.#paused }));
  }

  get paused(): PausedBy | null {
    return this.#paused;
  }

  enter(stage: Stage, total: number): void {
    this.#progress = { stage, done: 0, total, rows: 0 };
  }

  /** Waits while the run is paused, then does one piece of work. */
  async step<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.whileNotPaused();
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Counts finished pieces of the stage. */
  count(done: number, rows: number): void {
    this.#progress.done += done;
    this.#progress.rows += rows;
  }

  async whileNotPaused(): Promise<void> {
    if (this.#paused !== null) await condition(() => this.#paused === null);
  }
}
