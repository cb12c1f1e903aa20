import type { CardFacts } from '../../../schemas/card-facts.ts';
import { configName, WHOLE } from './front-matter.ts';

/** How to load what is there, ready to be copied; `exports/latest` stands for the folder of the card. */
export function writeLoadSection(facts: CardFacts): string[] {
  const sets = facts.sets.filter((set) => set.rows > 0);
  const first = sets[0];
  if (first === undefined) return ['## Load', '', 'There is nothing to load: no row was exported.', ''];
  const forms = new Set(facts.forms.map(({ name }) => name));
  return [
    '## Load',
    '',
    'With [datasets](https://huggingface.co/docs/datasets), from the folder of this card:',
    '',
    '```python',
    'from datasets import load_dataset',
    '',
    ...sets.flatMap(({ set }) => [
      `${set} = load_dataset("exports/latest", "${set}", split="${WHOLE}")`,
      `${set}_train = ${set}.filter(lambda row: row["split"] == "train")`,
    ]),
    ...[...forms].map((name) => `${pythonName(name)} = load_dataset("exports/latest", "${configName(name)}")  # a dataset for each split`),
    ...(['parquet', 'arrow'] as const)
      .filter((format) => first.formats.includes(format))
      .map((format) => `${format} = load_dataset("${format}", data_files="exports/latest/${first.file}.${format}", split="train")`),
    '```',
    '',
    ...trainers(forms),
    'With [DuckDB](https://duckdb.org):',
    '',
    '```sql',
    `SELECT split, count(*) AS rows FROM '${duckdbFile(first)}' GROUP BY split;`,
    '```',
    '',
  ];
}

function trainers(forms: ReadonlySet<string>): string[] {
  const lines = [
    ...(forms.has('sft/trl') ? ['SFTTrainer(model=model, train_dataset=sft_trl["train"], args=SFTConfig(assistant_only_loss=True))'] : []),
    ...(forms.has('preference/trl') ? ['DPOTrainer(model=model, train_dataset=preference_trl["train"], args=DPOConfig())'] : []),
    ...(forms.has('preference/unpaired') ? ['KTOTrainer(model=model, train_dataset=preference_unpaired["train"], args=KTOConfig())'] : []),
  ];
  const trl =
    lines.length === 0
      ? []
      : ['With [TRL](https://huggingface.co/docs/trl); the columns are those it asks for:', '', '```python', ...lines, '```', ''];
  const openai = [...forms].some((name) => name.endsWith('/openai'))
    ? [
        'The files for OpenAI hold nothing but the permitted keys, so the way back is the line: `<set>/openai.index.jsonl` says which row of the set stands in which line of which split.',
        '',
      ]
    : [];
  return [...trl, ...openai];
}

function duckdbFile({ file, formats }: CardFacts['sets'][number]): string {
  return `exports/latest/${file}.${formats.includes('parquet') ? 'parquet' : 'jsonl'}`;
}

/** `sft/trl` → `sft_trl`. */
function pythonName(form: string): string {
  return form.replace('/', '_');
}
