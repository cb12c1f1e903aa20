import type { ExportSet, FormName } from '../../../schemas/vocabulary.ts';

/** A column as `datasets` describes it: a simple type, or a list of a simple type or of objects. `json` needs datasets 4.7 or later. */
export interface Feature {
  readonly name: string;
  readonly dtype?: 'string' | 'bool' | 'int64' | 'float64' | 'json';
  readonly list?: 'json' | 'string' | readonly Feature[];
}

const text = (name: string): Feature => ({ name, dtype: 'string' });
/** Turns keep exactly the keys they have: a column of objects with the same keys would fill the absent ones with nulls. */
const turns = (name: string): Feature => ({ name, list: 'json' });
const json = (name: string): Feature => ({ name, dtype: 'json' });
const count = (name: string): Feature => ({ name, dtype: 'int64' });

/** Columns of the forms. */
export const FORM_FEATURES: Readonly<Record<FormName, readonly Feature[]>> = {
  'sft/openai': [turns('messages'), turns('tools')],
  'sft/trl': [text('id'), turns('messages'), turns('tools')],
  'sft/sharegpt': [text('id'), { name: 'conversations', list: [text('from'), text('value')] }, text('tools')],
  'preference/openai': [json('input'), turns('preferred_output'), turns('non_preferred_output')],
  'preference/trl': [text('id'), turns('prompt'), turns('chosen'), turns('rejected')],
  'preference/unpaired': [text('id'), text('pair_id'), turns('prompt'), turns('completion'), { name: 'label', dtype: 'bool' }],
};

/** Columns of the sets as JSON lines. */
export const SET_FEATURES: Readonly<Record<ExportSet, readonly Feature[]>> = {
  rag: [
    ...['id', 'title', 'content', 'category'].map(text),
    { name: 'warning', dtype: 'bool' },
    { name: 'tags', list: 'string' },
    { name: 'validation_steps', list: 'string' },
    text('task_key'),
    count('tokens'),
    text('split'),
    json('provenance'),
  ],
  sft: [
    text('id'),
    turns('messages'),
    turns('tools'),
    ...['quality_score', 'task_key', 'split'].map(text),
    count('tokens'),
    json('provenance'),
  ],
  preference: [
    text('id'),
    turns('prompt'),
    text('prompt_from'),
    turns('chosen'),
    turns('rejected'),
    text('reason'),
    { name: 'margin', dtype: 'float64' },
    ...['task_key', 'split', 'chosen_id', 'rejected_id', 'chosen_category', 'rejected_category'].map(text),
    json('provenance'),
  ],
};
