import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Ports } from '../ports.ts';
import type { AuditWatch } from './audit-world.ts';

/** Hands over the rows of a file of JSON lines one by one, each with its line from 1; undefined for a line that is no JSON object. Returns their number. */
export async function eachRow(
  { output }: Pick<Ports, 'output'>,
  path: string,
  watch: AuditWatch,
  use: (row: JsonObject | undefined, line: number) => void,
): Promise<number> {
  let line = 0;
  for await (const lines of output.readLines(path)) {
    for (const text of lines) use(objectIn(text), (line += 1));
    watch.progress(line, 0);
    watch.throwIfStopped();
  }
  return line;
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a schema says of a row: nothing when it is lawful, else its first objection. */
export function faultOf(
  schema: { safeParse(value: unknown): { error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } | undefined } },
  row: unknown,
): string | undefined {
  const issue = schema.safeParse(row).error?.issues[0];
  return issue === undefined ? undefined : `${issue.path.map(String).join('.') || 'the row'}: ${issue.message}`;
}
