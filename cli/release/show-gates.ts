import { createLogUpdate } from 'log-update';
import type { GateWatch } from '../../activities/release/run-gates.ts';
import { formatDuration } from '../../reports/shared/format.ts';
import { RELEASE_GATES, type ReleaseGate } from '../../schemas/vocabulary.ts';
import { plain, type Io } from '../io.ts';

/** Shows which gate is going on and for how long: a line that is redrawn on a terminal, a line when a gate begins and one when it has ended elsewhere. */
export interface ShownGates extends GateWatch {
  /** A step of the gate that is going on. */
  tell(step: string): void;
  /** Takes the line away; may be called again. */
  end(): void;
}

const REDRAW_MS = 500;
const GATES = Object.keys(RELEASE_GATES);

export function showGates(io: Io): ShownGates {
  const line = io.isTerminal ? createLogUpdate(process.stderr) : undefined;
  let [gate, step, startedMs]: [ReleaseGate | undefined, string, number] = [undefined, '', 0];
  const nth = (name: ReleaseGate): string => `gate ${GATES.indexOf(name) + 1}/${GATES.length} ${name}`;
  const draw = (): void => {
    if (gate !== undefined) line?.(plain(`${nth(gate)}  ${formatDuration(Date.now() - startedMs)}${step === '' ? '' : `  ${step}`}`));
  };
  const timer = line === undefined ? undefined : setInterval(draw, REDRAW_MS);
  const clear = (): void => {
    gate = undefined;
    line?.clear();
  };
  return {
    begins: (name) => {
      [gate, step, startedMs] = [name, '', Date.now()];
      if (line === undefined) io.err(`${nth(name)} …`);
      draw();
    },
    tell: (next) => {
      step = next;
      draw();
    },
    ended: ({ gate: name, state, detail, duration_ms }) => {
      clear();
      io.err(`${nth(name)}: ${state} after ${formatDuration(duration_ms)}, ${plain(detail)}`);
    },
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}
