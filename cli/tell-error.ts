import { ApplicationFailure } from '@temporalio/common';
import { LauterError } from '../domain/shared/errors.ts';
import { plain } from './io.ts';
import { RunFailed } from './run-failed.ts';

/** An error for people: what was being done, what to do; a stack trace only when asked for. */
export function tellError(error: unknown, debug: boolean): string {
  if (error instanceof LauterError || error instanceof RunFailed) {
    const run =
      error instanceof RunFailed && error.runId !== null ? `\nRun ${error.runId}: \`lauter runs show ${error.runId}\` tells more.` : '';
    const stack = debug ? `\n${error instanceof RunFailed ? error.origin : (error.stack ?? '')}` : '';
    return `${plainLines(error.message)}\n${plainLines(error.remedy)}${run}${stack}`.trim();
  }
  const message = error instanceof ApplicationFailure || error instanceof Error ? error.message : String(error);
  const hint = 'This should not happen. Run it again with --debug to see where; the work done so far is kept.';
  return `unexpected: ${plainLines(message)}\n${debug && error instanceof Error ? (error.stack ?? '') : hint}`;
}

function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}
