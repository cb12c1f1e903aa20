import { z } from 'zod';
import { glossaryBlockShape } from './metric-glossary.ts';
import { reproducibilitySchema } from './reproducibility.ts';

/** How every document that prints metrics ends: what they mean, and what they were made from. */
export const reportMetaSchema = z.strictObject({ ...glossaryBlockShape, footer: reproducibilitySchema });

export type ReportMeta = z.infer<typeof reportMetaSchema>;
