import type { Shaped, Side } from '../domain/export/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { FormIndexRow } from '../schemas/export-forms.ts';
import type { PreferenceRow, SftRow } from '../schemas/export-rows.ts';
import { SPLITS, type FormName, type Split } from '../schemas/vocabulary.ts';
import type { DistillInput } from './contract.ts';
import type { LineFile, Ports } from './ports.ts';
import { writeSchema } from './write-schema.ts';
import type { WrittenFile } from './written-set.ts';

export type ExportedRow = SftRow | PreferenceRow;

/** What a row of the set, or one side of a pair, became in a form. */
export interface Made {
  readonly source: ExportedRow;
  readonly side: Side | null;
  readonly result: Shaped;
}

/** The files of one form while they are written: one for each split that has rows, and an index from the rows of the set to their lines. */
export class FormFiles {
  readonly #ports: Ports;
  readonly #run: DistillInput;
  readonly #form: FormName;
  readonly #index: LineFile;
  readonly #splits = new Map<Split, { readonly file: LineFile; rows: number }>();

  constructor(ports: Ports, run: DistillInput, form: FormName) {
    this.#ports = ports;
    this.#run = run;
    this.#form = form;
    this.#index = ports.output.openLines(run.run_id, indexName(form));
  }

  write({ source, side, result }: Made): void {
    const where = { id: source.id, side, split: source.split };
    if (!result.ok) {
      this.#note({ ...where, line: null, cut_turns: 0, left_out: result.reason, detail: result.detail });
      return;
    }
    const split = this.#split(source.split);
    split.file.write(canonicalJson(result.row));
    this.#note({ ...where, line: split.rows, cut_turns: result.cutTurns, left_out: null, detail: null });
    split.rows += 1;
  }

  publish(): WrittenFile[] {
    const published = SPLITS.flatMap((split) => {
      const open = this.#splits.get(split);
      return open === undefined ? [] : [{ name: splitName(this.#form, split), ...open.file.publish() }];
    });
    const index = { name: indexName(this.#form), ...this.#index.publish() };
    return [
      ...published.flatMap((file) => [file, writeSchema(this.#ports, this.#run, this.#form, file.name)]),
      index,
      writeSchema(this.#ports, this.#run, 'index', index.name),
    ];
  }

  discard(): void {
    for (const { file } of this.#splits.values()) file.discard();
    this.#index.discard();
  }

  /** A file without rows could not be loaded, so a split begins with its first row. */
  #split(split: Split): { readonly file: LineFile; rows: number } {
    const known = this.#splits.get(split);
    if (known !== undefined) return known;
    const opened = { file: this.#ports.output.openLines(this.#run.run_id, splitName(this.#form, split)), rows: 0 };
    this.#splits.set(split, opened);
    return opened;
  }

  #note(row: FormIndexRow): void {
    this.#index.write(canonicalJson(row));
  }
}

function splitName(form: FormName, split: Split): string {
  return `${form}/${split}.jsonl`;
}

function indexName(form: FormName): string {
  return `${form}.index.jsonl`;
}
