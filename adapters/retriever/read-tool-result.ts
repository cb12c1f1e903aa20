import { asString, isObject, type JsonValue } from '../../domain/shared/json.ts';
import { parseJson } from '../parse-json.ts';

/** The value of a tool's result, or what was found instead, with what the server says of it. */
export type ToolAnswer =
  { readonly found: undefined; readonly value: JsonValue } | { readonly found: string; readonly said: string | undefined };

/**
 * The JSON in a tool's result: its structured content; without that, the JSON of its text. Where it has several texts, as servers have that write one for each
 * result, they are the elements of a list.
 */
export function readToolResult(result: unknown): ToolAnswer {
  const { structuredContent, content, isError } = result as Readonly<Record<string, JsonValue | undefined>>;
  const texts = Array.isArray(content)
    ? content.flatMap((part) => (isObject(part) && part.type === 'text' ? [asString(part.text) ?? ''] : []))
    : [];
  if (isError === true) return { found: 'an error that the tool reported', said: texts[0] };
  if (isObject(structuredContent)) return { found: undefined, value: structuredContent };
  const values = texts.map(parseJson);
  if (values.length === 0) return { found: 'neither', said: undefined };
  const isJson = values.every((value) => value !== undefined);
  if (!isJson) return { found: 'text that is no JSON', said: undefined };
  return { found: undefined, value: values.length === 1 ? values[0]! : values };
}
