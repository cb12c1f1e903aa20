import { z } from 'zod';

const usd = z.number().nonnegative();

/** What a model costs, in US dollars for a million tokens. 0 is a price. */
export const modelPriceSchema = z
  .strictObject({
    input_per_million: usd,
    output_per_million: usd.default(0).describe('0 for a model that writes nothing: embedders, rerankers.'),
    source: z.string().min(1).optional().describe('Where the price is from; that of the table when left out.'),
    date: z.iso.date().optional().describe('Day on which it was looked up; that of the table when left out.'),
  })
  .meta({ title: 'Model price', description: 'US dollars for a million tokens.' });

/** What models cost and how much may be spent. Part of the config file under `cost`. */
export const costSettingsSchema = z
  .strictObject({
    version: z.string().min(1).default('unversioned').describe('Name of this price table; stands in every record.'),
    date: z.iso.date().optional().describe('Day on which the prices were looked up.'),
    source: z.string().min(1).optional().describe('Where the prices are from.'),
    prices: z
      .record(z.string().min(1), modelPriceSchema)
      .default({})
      .describe('By the name that the server knows the model by. A model without a price is never asked.'),
    per_day_usd: usd.optional().describe('Most that all commands of this workspace may spend in a day (UTC); no limit when left out.'),
    per_command_usd: z
      .record(z.string().min(1), usd)
      .default({})
      .describe('Most that a run of a command may spend, by its name (`eval longmemeval`); what --max-usd says counts before it.'),
    downstream_model: z
      .string()
      .min(1)
      .optional()
      .describe('The model that reads what is found; its input price tells what a search costs.'),
  })
  .meta({ title: 'Cost', description: 'What models cost and how much may be spent.' });

export type CostSettings = z.infer<typeof costSettingsSchema>;
export type ModelPrice = z.infer<typeof modelPriceSchema>;
