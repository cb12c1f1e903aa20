import { z } from 'zod';

/** What a metric is, in the words of the field and in plain ones. */
export const glossaryEntrySchema = z.strictObject({ industry_term: z.string(), eli10: z.string(), range: z.string() });

/** Entries by the name that was printed. Names without one are listed in `unknown_metrics` beside it. */
export const metricGlossarySchema = z.record(z.string(), glossaryEntrySchema);

/** What stands in the `_meta` of every document that prints metrics. */
export const glossaryBlockShape = {
  metric_glossary: metricGlossarySchema,
  unknown_metrics: z.array(z.string()).describe('Printed names without an entry.'),
};

/** What `lauter glossary --json` prints. */
export const glossaryReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    sections: z.array(
      z.strictObject({
        title: z.string(),
        lead: z.string(),
        metrics: z.array(
          glossaryEntrySchema.extend({
            name: z.string(),
            also: z.array(z.string()).describe('Other names it is printed under, in lower case.'),
          }),
        ),
      }),
    ),
    _meta: z.strictObject({ metric_glossary: metricGlossarySchema }),
  })
  .meta({ title: 'Glossary', description: 'What every metric means.' });

export type GlossaryReport = z.infer<typeof glossaryReportSchema>;
export type GlossaryEntry = z.infer<typeof glossaryEntrySchema>;
