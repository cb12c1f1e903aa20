import { z } from 'zod';
import { configSchema } from './config.ts';

/** A JSON Schema, as far as this project reads one. */
export interface JsonSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
}

/** The config file as JSON Schema of the draft that editors know best; describes what may be written, so what has a default may be left out. */
export function configJsonSchema(): JsonSchema {
  return z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7', unrepresentable: 'throw' }) as JsonSchema;
}
