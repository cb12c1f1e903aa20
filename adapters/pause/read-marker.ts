import { readFileSync, statSync } from 'node:fs';
import { pauseLeaseSchema, type PauseMarker } from '../../schemas/pause-lease.ts';

/** What stands at the path of a marker. Never throws: whatever cannot be read is a marker all the same. */
export function readMarker(path: string): PauseMarker {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none' };
    return {
      kind: 'unreadable',
      problem: error instanceof SyntaxError ? 'no JSON' : `the error ${code ?? 'of an unknown kind'}`,
      url: null,
    };
  }
  const parsed = pauseLeaseSchema.safeParse(value);
  if (parsed.success) return { kind: 'lease', lease: parsed.data };
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  const problem = field === '' ? 'no JSON object' : `\`${field}\` missing or not as promised`;
  return { kind: 'unreadable', problem, url: urlOf(value) };
}

/** When the marker was last written, in milliseconds since the Unix epoch; null without one. */
export function markerModifiedMs(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** A lease that is broken elsewhere may still say which production it was about. */
function urlOf(value: unknown): string | null {
  const url = (value as { production_url?: unknown } | null)?.production_url;
  return pauseLeaseSchema.shape.production_url.safeParse(url).data ?? null;
}
