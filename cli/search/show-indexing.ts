import { createLogUpdate } from 'log-update';
import type { Io } from '../io.ts';
import type { ShowProgress } from '../../worker/inputs/write-generation.ts';

const REDRAW_MS = 100;

/** Shows where indexing is: one line that is redrawn on a terminal, one line a stage elsewhere. */
export function showIndexing(io: Io): { readonly show: ShowProgress; end(): void } {
  const line = io.isTerminal ? createLogUpdate(process.stderr) : undefined;
  let [shownStage, shownAt] = ['', 0];
  return {
    show(stage, done, total) {
      if (stage !== shownStage && line === undefined) io.err(`${stage} …`);
      if (stage === shownStage && Date.now() - shownAt < REDRAW_MS) return;
      [shownStage, shownAt] = [stage, Date.now()];
      line?.(`${stage.padEnd(11)} ${done.toLocaleString('en')}${total === null ? '' : ` of ${total.toLocaleString('en')}`}`);
    },
    end: () => line?.clear(),
  };
}
