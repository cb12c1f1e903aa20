import type { CardFacts } from '../../../schemas/card-facts.ts';
import { SPLITS } from '../../../schemas/vocabulary.ts';
import { FORM_FEATURES, SET_FEATURES, type Feature } from './features.ts';
import { hubLicenses } from './hub-licenses.ts';

/** The YAML header by which the Hugging Face hub and `datasets` know the files: license, size, and a configuration for every set and form. */
export function writeFrontMatter(facts: CardFacts): string[] {
  const sets = facts.sets.filter((set) => set.rows > 0);
  const licenses = hubLicenses(facts.sources.map(({ license }) => license));
  const unlisted = facts.sources.flatMap(({ license }) => (license !== null && hubLicenses([license])[0] === 'other' ? [license] : []));
  return [
    '---',
    'license:',
    ...(licenses.length === 0 ? ['unknown'] : licenses).map((word) => `- ${word}`),
    ...(unlisted.length === 0 ? [] : [`license_name: ${quoted([...new Set(unlisted)].join(', '))}`]),
    'task_categories:',
    '- text-generation',
    'size_categories:',
    `- ${sizeCategory(sets.reduce((sum, { rows }) => sum + rows, 0))}`,
    'tags:',
    '- agent-traces',
    '- lauter',
    ...(sets.length === 0
      ? []
      : [
          'configs:',
          ...sets.flatMap((set, index) => setConfig(set, index === 0)),
          ...formNames(facts).flatMap((name) => formConfig(name, facts)),
        ]),
    ...datasetInfo(facts),
    '---',
    '',
  ];
}

/** What the split of a whole set is called. */
export const WHOLE = 'full';

type SetFacts = CardFacts['sets'][number];

/**
 * JSON lines, because all configurations of a folder are read by one reader. A set is one file with a column `split`: calling all of it "train" would put
 * test rows into training, and "all" is a word of the reader's own.
 */
function setConfig(set: SetFacts, isFirst: boolean): string[] {
  return [
    `- config_name: ${set.set}`,
    ...(isFirst ? ['  default: true'] : []),
    '  data_files:',
    `  - split: ${WHOLE}`,
    `    path: ${quoted(`${set.file}.jsonl`)}`,
  ];
}

/** `sft/trl` → `sft-trl`. */
export function configName(form: string): string {
  return form.replace('/', '-');
}

function formNames({ forms }: CardFacts): string[] {
  return [...new Set(forms.map(({ name }) => name))];
}

function formConfig(name: string, { forms }: CardFacts): string[] {
  const own = forms.filter((form) => form.name === name);
  const inOrder = SPLITS.flatMap((split) => own.filter((form) => form.split === split));
  return [
    `- config_name: ${configName(name)}`,
    '  data_files:',
    ...inOrder.flatMap(({ split, file }) => [`  - split: ${split}`, `    path: ${quoted(file)}`]),
  ];
}

/** Columns of JSON files: told from the first rows alone, they would come out differently where later rows have more to say. */
function datasetInfo(facts: CardFacts): string[] {
  const sets = facts.sets.filter((set) => set.rows > 0);
  const described: [string, readonly Feature[]][] = [
    ...sets.map(({ set }): [string, readonly Feature[]] => [set, SET_FEATURES[set]]),
    ...formNames(facts).map((name): [string, readonly Feature[]] => [configName(name), FORM_FEATURES[name as keyof typeof FORM_FEATURES]]),
  ];
  if (described.length === 0) return [];
  return [
    'dataset_info:',
    ...described.flatMap(([name, features]) => [`- config_name: ${name}`, '  features:', ...features.flatMap(featureLines)]),
  ];
}

function featureLines({ name, dtype, list }: Feature): string[] {
  if (typeof list === 'object') {
    return [`  - name: ${name}`, '    list:', ...list.flatMap((inner) => [`    - name: ${inner.name}`, `      dtype: ${inner.dtype!}`])];
  }
  return [`  - name: ${name}`, list === undefined ? `    dtype: ${dtype!}` : `    list: ${list}`];
}

const SIZES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] as const;
const SIZE_WORDS = ['n<1K', '1K<n<10K', '10K<n<100K', '100K<n<1M', '1M<n<10M', '10M<n<100M', '100M<n<1B'];

function sizeCategory(rows: number): string {
  const at = SIZES.findIndex((size) => rows < size);
  return SIZE_WORDS[at === -1 ? SIZES.length : at]!;
}

/** A JSON string is a YAML string, whatever stands in it. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
