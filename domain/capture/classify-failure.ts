import type { CaptureFailureReason } from '../../schemas/vocabulary.ts';

/** A row that cannot be kept because of what is in it. */
export class CheckViolation extends Error {
  readonly code = '23514';
}

/** A query that could not be scrubbed, and so is not kept. */
export class ScrubberException extends Error {
  readonly code = 'scrubber';
}

/** Why a search could not be captured, by the code of the error: a SQLSTATE, or what the file system answered. */
export function classifyFailure(error: unknown): CaptureFailureReason {
  for (let cause: unknown = error, depth = 0; depth < DEEPEST_CAUSE && cause instanceof Object; depth += 1) {
    const { code, name, cause: next } = cause as { code?: unknown; name?: unknown; cause?: unknown };
    const reason = REASONS.get(String(code)) ?? REASONS.get(String(name));
    if (reason !== undefined) return reason;
    cause = next;
  }
  return 'other';
}

/** An error may name itself as its cause. */
const DEEPEST_CAUSE = 8;

const REASONS: ReadonlyMap<string, CaptureFailureReason> = new Map([
  ...reasons('db_down', ['42P01', '53300', '08006', '08003']),
  ...reasons('rls_reject', ['42501', 'EACCES', 'EPERM', 'EROFS']),
  ...reasons('check_violation', ['23514']),
  ...reasons('scrubber_exception', ['scrubber']),
  // No room, no folder, no lock: the store is not there for us.
  ...reasons('db_down', ['ENOSPC', 'EDQUOT', 'EIO', 'ENOENT', 'ENOTDIR', 'EMFILE', 'ENFILE', 'DiskFullError', 'WorkspaceError']),
]);

function reasons(reason: CaptureFailureReason, codes: readonly string[]): [string, CaptureFailureReason][] {
  return codes.map((code) => [code, reason]);
}
