import type { ReceiptFault, ReceiptLink, ReceiptsVerification } from '../schemas/receipts-verification.ts';
import type { Stage } from '../schemas/vocabulary.ts';

/** What is compared, and on which file. */
export interface LinkPlace {
  readonly link: ReceiptLink;
  readonly stage: Stage | null;
  readonly path: string;
}

/** Counts the links of a run that were looked at and keeps those that do not hold. */
export class ReceiptLinks {
  readonly #faults: ReceiptFault[] = [];
  readonly #checked = { links: 0, files: 0, bytes: 0, rows: 0 };
  readonly #runId: string;

  constructor(runId: string) {
    this.#runId = runId;
  }

  /** Looks at one link. False, and kept, when what was found is not what is expected. */
  hold(place: LinkPlace, expected: string, found: string): boolean {
    this.#checked.links += 1;
    if (expected !== found) this.#faults.push({ ...place, expected, found, remedy: remedyFor(place, this.#runId) });
    return expected === found;
  }

  /** Adds to what was read. */
  count(read: { readonly files?: number; readonly bytes?: number; readonly rows?: number }): void {
    this.#checked.files += read.files ?? 0;
    this.#checked.bytes += read.bytes ?? 0;
    this.#checked.rows += read.rows ?? 0;
  }

  get faults(): number {
    return this.#faults.length;
  }

  result(): ReceiptsVerification {
    return {
      schema: 'receipts-verification/1',
      run_id: this.#runId,
      holds: this.#faults.length === 0,
      checked: { ...this.#checked },
      first: this.#faults[0] ?? null,
      faults: [...this.#faults],
    };
  }
}

function remedyFor({ link, path }: LinkPlace, runId: string): string {
  switch (link) {
    case 'shard':
    case 'manifest':
      return `Remove ${path} and run \`lauter distill run-all\`: it is made anew from the sources.`;
    case 'export_file':
    case 'export_digest':
      return `Do not use exports/${runId}. \`lauter distill run-all\` writes the sets anew.`;
    case 'row':
    case 'dataset_digest':
      return `Use none of this version. Remove the file and run \`lauter distill run-all\`; if it comes back, the program is at fault: report it with the run id.`;
    default:
      return `Restore ${path} from a backup; a receipt cannot be made again. \`lauter distill run-all\` makes a new run, which reuses every whole shard.`;
  }
}
