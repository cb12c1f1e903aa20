import { resolve } from 'node:path';
import { createLogUpdate } from 'log-update';
import { startFile } from '../../adapters/files/new-file.ts';
import { renderAcceptance } from '../../reports/acceptance/render-acceptance.ts';
import type { AcceptanceReport } from '../../schemas/acceptance-report.ts';
import { AcceptanceInterrupted } from '../acceptance/do-runs.ts';
import { runAcceptance } from '../acceptance/run-acceptance.ts';
import { tellAcceptance } from '../acceptance/tell-acceptance.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

export interface AcceptanceCommandOptions {
  readonly json?: boolean;
  readonly html?: string;
  readonly keep?: boolean;
}

/** `lauter distill acceptance`: the real pipeline over the committed fixture, and every invariant that must hold of it. */
export async function distillAcceptance(io: Io, options: AcceptanceCommandOptions): Promise<ExitCode> {
  const steps = showSteps(io);
  let report: AcceptanceReport;
  try {
    report = await runAcceptance(io, { keep: options.keep ?? false, tell: steps.tell });
  } catch (error) {
    if (!(error instanceof AcceptanceInterrupted)) throw error;
    io.err('interrupted; nothing was kept. The same command begins anew.');
    return EXIT.interrupted;
  } finally {
    steps.stop();
  }
  if (options.html !== undefined) writePage(io, resolve(io.cwd, options.html), report);
  io.out(options.json === true ? JSON.stringify(report, null, 2) : tellAcceptance(report, io));
  return report.verdict === 'accepted' ? EXIT.accepted : EXIT.refused;
}

/** Three runs, and two looks at what they left. */
const STEPS = 5;

function showSteps(io: Io): { tell(step: string): void; stop(): void } {
  const line = io.isTerminal ? createLogUpdate(process.stderr) : undefined;
  const startedMs = Date.now();
  let nth = 0;
  return {
    tell(step) {
      nth += 1;
      const text = `${nth}/${STEPS} ${step} …`;
      if (line === undefined) io.err(text);
      else line(`acceptance  ${text}  ${((Date.now() - startedMs) / 1000).toFixed(0)} s so far`);
    },
    stop: () => line?.clear(),
  };
}

function writePage(io: Io, path: string, report: AcceptanceReport): void {
  for (const { path: own, text } of renderAcceptance(report, path)) {
    const file = startFile(own);
    try {
      file.write(text);
      file.publish();
    } finally {
      file.discard();
    }
  }
  io.err(`written to ${path}, with its table beside it`);
}
