import type { JsonValue } from '../../domain/shared/json.ts';
import type { MappedField } from '../../schemas/mapped-options.ts';
import { describeValue } from './describe-value.ts';
import { followPath, type FieldPath } from './field-path.ts';

export type FieldPaths = Readonly<Partial<Record<MappedField, FieldPath>>>;

/** Reads the mapped fields of one record and keeps the first thing that is wrong with it. */
export class FieldReader {
  problem: string | undefined;
  readonly #record: JsonValue;
  readonly #paths: FieldPaths;

  constructor(record: JsonValue, paths: FieldPaths) {
    this.#record = record;
    this.#paths = paths;
  }

  /**
   * The field as `convert` understands it; undefined when it is not mapped, or optional and absent (or null). A field that should be there and is
   * not, or that `convert` does not understand, becomes the record's problem.
   */
  read<Value>(field: MappedField, expected: string, convert: (value: JsonValue) => Value | undefined): Value | undefined {
    const path = this.#paths[field];
    if (path === undefined) return undefined;
    const found = followPath(this.#record, path) ?? null;
    if (found === null && path.isOptional) return undefined;
    const value = found === null ? undefined : convert(found);
    if (value === undefined)
      this.problem ??= `${this.nameOf(field)}: expected ${expected}, found ${describeValue(followPath(this.#record, path))}`;
    return value;
  }

  /** The field and its path, as a refusal names it. */
  nameOf(field: MappedField): string {
    return `${field} at ${this.#paths[field]?.text ?? 'no path'}`;
  }
}
