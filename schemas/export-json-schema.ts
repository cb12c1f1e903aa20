import { z } from 'zod';
import {
  formIndexRowSchema,
  openaiPairSchema,
  openaiRowSchema,
  sharegptRowSchema,
  trlPairSchema,
  trlRowSchema,
  unpairedRowSchema,
} from './export-forms.ts';
import { preferenceRowSchema, quarantineRowSchema, ragRowSchema, sftRowSchema } from './export-rows.ts';
import type { ExportSet, FormName } from './vocabulary.ts';

const LINES = {
  rag: ragRowSchema,
  sft: sftRowSchema,
  preference: preferenceRowSchema,
  quarantine: quarantineRowSchema,
  index: formIndexRowSchema,
  'sft/openai': openaiRowSchema,
  'sft/trl': trlRowSchema,
  'sft/sharegpt': sharegptRowSchema,
  'preference/openai': openaiPairSchema,
  'preference/trl': trlPairSchema,
  'preference/unpaired': unpairedRowSchema,
} as const satisfies Readonly<Record<ExportSet | 'quarantine' | 'index' | FormName, z.ZodType>>;

/** What a line of an exported file is. */
export type LineKind = keyof typeof LINES;

/** JSON Schema (draft 7) of one line of an exported file, as text. */
export function exportJsonSchema(kind: LineKind): string {
  return JSON.stringify(z.toJSONSchema(LINES[kind], { io: 'output', target: 'draft-7', unrepresentable: 'throw' }), null, 2);
}
