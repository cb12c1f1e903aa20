import type { JsonObject } from '../../domain/shared/json.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import { packCopy, type PackedCopy } from '../replay-copies.ts';

/** The columns of an archive of replays, in this order: those of the first run, of which the line is kept as it was written, and lists with what every copy has of its own. */
export const REPLAY_ARCHIVE_COLUMNS = {
  task_hash: 'VARCHAR',
  bundle_digest: 'VARCHAR',
  answer: 'VARCHAR',
  task: 'VARCHAR',
  model: 'VARCHAR',
  retriever: 'VARCHAR',
  generation: 'BIGINT',
  escalated: 'BOOLEAN',
  gate_passed: 'BOOLEAN',
  gate_reasons: 'VARCHAR[]',
  recorded_at: 'VARCHAR',
  copies: 'BIGINT',
  run_ids: 'VARCHAR[]',
  recorded_ats: 'VARCHAR[]',
  line_numbers: 'BIGINT[]',
  line: 'VARCHAR',
  others: 'STRUCT(patch VARCHAR, line VARCHAR)[]',
} as const;
type JsonRun = ReplayRun & JsonObject;

/** One row of an archive while its copies are added: lines of the log with their 1-based numbers. */
export class OpenReplayRow {
  readonly #first: JsonRun;
  readonly #line: string;
  readonly #runIds: string[] = [];
  readonly #times: string[] = [];
  readonly #numbers: number[] = [];
  readonly #others: PackedCopy[] = [];
  /** Characters of the lines that it holds, as they are packed. */
  size = 0;

  constructor(number: number, line: string) {
    this.#line = line;
    this.#first = JSON.parse(line) as JsonRun;
    this.#note(number, this.#first, line.length);
  }

  add(number: number, line: string): void {
    const run = JSON.parse(line) as JsonRun;
    const packed = packCopy(this.#first, run, line);
    this.#others.push(packed);
    this.#note(number, run, (packed.patch ?? packed.line).length);
  }

  /** The row as a JSON line for its columns. */
  json(): string {
    const { task_hash, bundle_digest, answer, task, model, retriever, generation, escalated, gate, recorded_at } = this.#first;
    const row: Record<keyof typeof REPLAY_ARCHIVE_COLUMNS, unknown> = {
      task_hash,
      bundle_digest,
      // A half surrogate pair, which a model may write, has no place in a column; the line has it.
      answer: answer.toWellFormed(),
      task: task.toWellFormed(),
      model: model.toWellFormed(),
      retriever,
      generation,
      escalated,
      gate_passed: gate.passed,
      gate_reasons: gate.reasons.map((reason) => reason.toWellFormed()),
      recorded_at,
      copies: this.#runIds.length,
      run_ids: this.#runIds,
      recorded_ats: this.#times,
      line_numbers: this.#numbers,
      line: this.#line,
      others: this.#others,
    };
    return JSON.stringify(row);
  }

  #note(number: number, run: ReplayRun, size: number): void {
    this.#runIds.push(run.run_id.toWellFormed());
    this.#times.push(run.recorded_at);
    this.#numbers.push(number);
    this.size += size;
  }
}
