import { createHash, hash } from 'node:crypto';

/** sha256 of a text's UTF-8 bytes, or of bytes, as 64 lower-case hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** sha256 over several parts, told apart by a separator that none of them may hold (a line feed). */
export function sha256Of(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\n'), 'hex');
}

/** A sha256 that is fed piece by piece. */
export function startSha256(): { update(data: string | Uint8Array): void; digest(): string } {
  const state = createHash('sha256');
  return { update: (data) => void state.update(data), digest: () => state.digest('hex') };
}
