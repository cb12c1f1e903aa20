import { haltThreads } from '../worker/index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

const HALT_LIMIT_MS = 3_000;

/** Ends the process with a code as soon as no thread is in the middle of something: a fraction of a second, and never more than three. */
export function endAtOnce(code: ExitCode = EXIT.interrupted): void {
  void haltThreads(HALT_LIMIT_MS).finally(() => process.exit(code));
}
