import type { JsonObject } from '../../shared/json.ts';
import type { PreferenceRow, SftRow } from '../../../schemas/export-rows.ts';
import type { FormName } from '../../../schemas/vocabulary.ts';
import { COLUMN_RULES } from './column-rules.ts';
import type { FormFault } from './form-fault.ts';
import { openaiPair, openaiRow } from './openai.ts';
import { unshapable, type Shaped } from './shaped.ts';
import { sharegptRow } from './sharegpt.ts';
import { trlPair, trlRow } from './trl.ts';

/** The forms that are made row by row. */
export type RowForm = Exclude<FormName, 'preference/unpaired'>;

/**
 * A row in one of its forms, checked against the rules of that form; or why the form cannot hold it. Throws when a converter made what its form does
 * not know, whatever the data were like.
 */
export function formOfRow(name: RowForm, row: SftRow | PreferenceRow): Shaped {
  return ruled(name, CONVERTERS[name](row as SftRow & PreferenceRow));
}

/** The same row when it keeps the rules of its form. */
export function ruled(name: FormName, made: Shaped): Shaped {
  if (!made.ok) return made;
  const [fault] = COLUMN_RULES[name].faultsOf(made.row);
  if (fault === undefined) return made;
  if (fault.reason === 'wrong_shape')
    throw new Error(`${name}, row ${nameOf(made.row)}: expected a row of the form, found at ${where(fault)}`);
  return unshapable(fault.reason, where(fault));
}

const CONVERTERS: Readonly<Record<RowForm, (row: SftRow & PreferenceRow) => Shaped>> = {
  'sft/openai': openaiRow,
  'sft/trl': trlRow,
  'sft/sharegpt': sharegptRow,
  'preference/openai': openaiPair,
  'preference/trl': trlPair,
};

function where({ at, found }: FormFault): string {
  return `${at}: ${found}`;
}

function nameOf(row: JsonObject): string {
  return typeof row.id === 'string' ? row.id : 'without id';
}
