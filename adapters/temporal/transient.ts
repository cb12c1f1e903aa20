import { isGrpcServiceError } from '@temporalio/client';

/** gRPC: deadline exceeded, resource exhausted, aborted, internal (a broken stream), unavailable. */
const TRANSIENT_CODES: ReadonlySet<number> = new Set([4, 8, 10, 13, 14]);

/** True for an error that says the server cannot be reached for now, not that it refused. Looks through the SDK's wrapping. */
export function isOutage(error: unknown): boolean {
  const code = grpcCode(error);
  return code !== null && TRANSIENT_CODES.has(code);
}

/** The gRPC status that the error or one of its causes carries; null without one. */
export function grpcCode(error: unknown): number | null {
  for (let current = error; current instanceof Error; current = current.cause) if (isGrpcServiceError(current)) return current.code;
  return null;
}
