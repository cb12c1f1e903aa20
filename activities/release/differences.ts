import type { ReleaseDifference, ReleasePart } from '../../schemas/release-verification.ts';

/** Called now and then while a release is verified. */
export interface PartProgress {
  (part: ReleasePart, done: number, total: number): void;
}

/** Compares what was frozen with what is there, and keeps what differs. */
export class Differences {
  readonly #found: ReleaseDifference[] = [];
  readonly #checked = { comparisons: 0, files: 0, bytes: 0, rows: 0 };

  /** One comparison; false, and kept, when the two texts differ. */
  hold(part: ReleasePart, on: string, expected: string, found: string): boolean {
    this.#checked.comparisons += 1;
    if (expected === found) return true;
    this.#found.push({ part, on, expected, found, remedy: REMEDIES[part] });
    return false;
  }

  /** Adds to what was read. */
  count(read: { readonly files?: number; readonly bytes?: number; readonly rows?: number }): void {
    this.#checked.files += read.files ?? 0;
    this.#checked.bytes += read.bytes ?? 0;
    this.#checked.rows += read.rows ?? 0;
  }

  get found(): readonly ReleaseDifference[] {
    return this.#found;
  }

  get checked(): { readonly comparisons: number; readonly files: number; readonly bytes: number; readonly rows: number } {
    return this.#checked;
  }
}

const BACKUP = 'Restore it from a backup: a release is never made again under its name.';
const REMEDIES: Readonly<Record<ReleasePart, string>> = {
  manifest: 'Take the manifest from where it was committed: `git log --follow` on it shows who changed it.',
  verdict: 'Freeze again when every gate passes; this manifest releases nothing.',
  tag: 'Ask whoever made the tag which manifest it was made for, and believe neither before.',
  export_file: `Train on nothing of it. ${BACKUP}`,
  lake_manifest: BACKUP,
  lake_file: BACKUP,
  dataset_digest: BACKUP,
  receipt: '`lauter distill receipts --verify` names the first link that does not hold. Restore that file from a backup.',
  splits: `${BACKUP} Without it, later runs may move released rows to another split.`,
  ledger: 'Put the ledger and its head file back from a copy; nothing is appended to it as it is.',
  baseline: 'Put the ledger and its head file back from a copy that holds the row.',
};
