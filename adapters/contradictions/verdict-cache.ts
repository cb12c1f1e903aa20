import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../atomic-write.ts';
import { nowMs } from '../clock.ts';
import { sha256 } from '../digest.ts';

/** Verdicts of judges that were paid for, by the digest of everything that decides them. */
export interface VerdictCache<Verdict> {
  find(key: string): Verdict | undefined;
  /** Durable once it returns; throws where it cannot be written. */
  keep(key: string, verdict: Verdict): void;
  /** The model that answered last under this name, as its server named it; null where nobody knows. */
  snapshotOf(judge: string): string | null;
  keepSnapshot(judge: string, snapshot: string | null): void;
}

/** The verdicts of a workspace, each a small file of its own. One that is older than `ttlMs`, or torn, is as if it were not there. */
export function openVerdictCache<Verdict>(workspace: string, ttlMs: number, clock: () => number = nowMs): VerdictCache<Verdict> {
  const root = join(workspace, 'lake', 'verdicts');
  const entryPath = (key: string): string => join(root, key.slice(0, 2), `${key}.json`);
  const judgePath = (judge: string): string => join(root, 'judges', `${sha256(judge)}.json`);
  return {
    find(key) {
      const path = entryPath(key);
      const entry = readOr<Entry<Verdict>>(path);
      if (entry?.key !== key) return undefined;
      const ageMs = clock() - entry.stored_at_ms;
      if (ageMs >= ttlMs) rmSync(path, { force: true });
      // A moment that is still to come says that a clock was wrong: nobody knows how old that verdict is.
      return ageMs >= 0 && ageMs < ttlMs ? entry.verdict : undefined;
    },
    keep: (key, verdict) => write(entryPath(key), { key, stored_at_ms: clock(), verdict } satisfies Entry<Verdict>),
    snapshotOf: (judge) => readOr<KnownJudge>(judgePath(judge))?.snapshot ?? null,
    keepSnapshot: (judge, snapshot) => write(judgePath(judge), { judge, snapshot } satisfies KnownJudge),
  };
}

interface Entry<Verdict> {
  readonly key: string;
  readonly stored_at_ms: number;
  readonly verdict: Verdict;
}

interface KnownJudge {
  readonly judge: string;
  readonly snapshot: string | null;
}

function write(path: string, value: unknown): void {
  writeFileAtomically(path, `${JSON.stringify(value)}\n`);
}

function readOr<Value>(path: string): Value | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Value;
  } catch {
    // Not there, or torn: either way the judge is asked.
    return undefined;
  }
}
