import { z } from 'zod';

/** Evaluation texts that must not stand in a training set. */
export const evaluationSetSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w][\w ./:-]*$/, 'expected letters, digits and . / : - _')
      .describe('Appears in the quarantine and in the dataset card.'),
    paths: z
      .array(z.string().min(1))
      .min(1)
      .describe(
        'Files, folders or globs: .txt, .md, .jsonl, .ndjson, .json, plain or as .gz or .zst; relative ones start from the folder of this file.',
      ),
    fields: z
      .array(z.string().regex(/[^?]/, 'expected a JSON pointer such as /a/b/0 or a dotted path such as a.b.0'))
      .min(1)
      .optional()
      .describe(
        'Where the texts stand in a JSON record: field paths, with a ? at the end when records may lack one. Every text of the record when left out.',
      ),
  })
  .meta({ title: 'Evaluation set', description: 'Evaluation texts that must not stand in a training set.' });

/** Which evaluation sets exports are checked against. Part of the config file under `distill.decontamination`. */
export const decontaminationSettingsSchema = z
  .strictObject({
    sets: z.array(evaluationSetSchema).default([]).describe('Evaluation sets; nothing is checked when there are none.'),
    allow: z
      .array(z.string().min(1))
      .default([])
      .describe('Files whose words count for nothing: licence headers, prompts that training and evaluation share.'),
    max_contamination: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe('A run is refused when a larger share of the rows of a set copies from an evaluation set.'),
    words_in_a_row: z
      .number()
      .int()
      .min(8)
      .max(50)
      .default(13)
      .describe('A row with so many words in a row in common with an evaluation text is a copy.'),
    least_words: z
      .number()
      .int()
      .min(4)
      .max(50)
      .default(8)
      .describe('Evaluation texts shorter than words_in_a_row are found as a whole, down to so many words.'),
    most_texts_sharing: z
      .number()
      .int()
      .min(1)
      .max(65_534)
      .default(10)
      .describe('Words in a row that stand in more evaluation texts than this are their template and count for nothing.'),
  })
  .refine(({ least_words: least, words_in_a_row: row }) => least <= row, 'expected least_words to be at most words_in_a_row')
  .meta({ title: 'Decontamination', description: 'Which evaluation sets exports are checked against.' });

export type EvaluationSetConfig = z.infer<typeof evaluationSetSchema>;
export type DecontaminationConfig = z.infer<typeof decontaminationSettingsSchema>;
