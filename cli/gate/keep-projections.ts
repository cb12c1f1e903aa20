import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startFile } from '../../adapters/files/new-file.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { writeGateJunit } from '../../reports/gate/junit.ts';
import type { GateReport } from '../../schemas/gate-report.ts';
import type { Io } from '../io.ts';

/** Other forms of the verdict that were asked for. */
export interface ProjectionOptions {
  readonly junit?: string;
  /** True: the file that the environment names. */
  readonly githubSummary?: string | true;
}

/** Writes the JUnit file, and appends the Markdown of the report to the summary of a GitHub job. */
export function keepProjections(
  io: Io,
  { junit, githubSummary }: ProjectionOptions,
  report: GateReport,
  files: readonly { readonly name: string; readonly text: string }[],
): void {
  if (junit !== undefined) writeWhole(resolve(io.cwd, junit), writeGateJunit(report));
  const summary = summaryPath(io, githubSummary);
  if (summary !== undefined) appendTo(summary, files.find(({ name }) => name.endsWith('.md'))?.text ?? '');
}

/** Where the summary goes; undefined when none was asked for. UsageError where the environment names no file. */
export function summaryPath(io: Io, given: string | true | undefined): string | undefined {
  if (given === undefined) return undefined;
  const path = given === true ? io.env.GITHUB_STEP_SUMMARY : given;
  if (path !== undefined && path !== '') return resolve(io.cwd, path);
  throw new UsageError(
    'writing the summary of the job, on --github-summary: expected a file, or GITHUB_STEP_SUMMARY in the environment, found neither.',
    'Name a file after the flag.',
    { flag: '--github-summary' },
  );
}

function writeWhole(path: string, text: string): void {
  const file = startFile(path);
  try {
    file.write(text);
    file.publish();
  } finally {
    file.discard();
  }
}

/** Other steps of the job write to it too. */
function appendTo(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `writing the summary of the job, on ${path}: expected a file that can be written to, found ${code ?? message}.`,
      'Name another file after --github-summary.',
      { flag: '--github-summary' },
      error,
    );
  }
}
