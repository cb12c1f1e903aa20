import type { CardFacts } from '../../../schemas/card-facts.ts';
import { SPLITS } from '../../../schemas/vocabulary.ts';
import { escapeMarkdown } from '../../shared/escape.ts';

/** The sets with their files, splits and digests. */
export function writeSets({ sets }: CardFacts): string[] {
  return [
    `| set | file | rows | ${SPLITS.join(' | ')} | content digest |`,
    `| --- | --- | --- | ${SPLITS.map(() => '---').join(' | ')} | --- |`,
    ...sets.map(
      ({ set, file, formats, rows, splits, content_digest }) =>
        `| ${set} | ${formats.map((format) => `\`${file}.${format}\``).join(', ')} | ${rows} | ${SPLITS.map((split) => splits[split]).join(' | ')} | \`${content_digest}\` |`,
    ),
    '',
    'Every row carries its split, its task and its provenance: source file, place and the sha256 of the source record. No task stands in two splits.',
    'The content digest covers the rows and not where they were read, so the same records give the same digest from one file or many.',
    'What did not make it stands in `quarantine/` with the reason.',
    '',
  ];
}

/** The same rows in the forms of trainers, one file a split. */
export function writeForms({ forms }: CardFacts): string[] {
  if (forms.length === 0) return [];
  return [
    '## Forms',
    '',
    '| form | split | file | rows |',
    '| --- | --- | --- | --- |',
    ...forms.map(({ name, split, file, rows }) => `| ${name} | ${split} | \`${file}\` | ${rows} |`),
    '',
    'A row that a form cannot hold is left out of that form only; `<form>.index.jsonl` beside its folder names every row with its line or the reason.',
    '',
  ];
}

/** Sources with what was read of them and what they may be used for. */
export function writeSources({ sources }: CardFacts): string[] {
  const bare = sources.filter(({ license }) => license === null).map(({ name }) => name);
  return [
    '## Sources and licenses',
    '',
    '| source | format | license | files | records | evidence | quarantined |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...sources.map(({ license, ...source }) => {
      return `| ${escapeMarkdown(source.name)} | ${source.adapter} | ${license === null ? '**not stated**' : escapeMarkdown(license)} | ${source.files} | ${source.records} | ${source.evidence} | ${source.quarantined} |`;
    }),
    '',
    ...(bare.length === 0
      ? []
      : [
          `> **Warning: no license is stated for ${bare.length} of ${sources.length} sources (${bare.map(escapeMarkdown).join(', ')}).** Whether these rows may be used or passed on is not known. Name it as \`license\` of the source in \`lauter.config.json\`; with \`--require-license\` a run without it is refused.`,
          '',
        ]),
  ];
}

/** What became of the records. */
export function writeScores({ categories }: CardFacts): string[] {
  return [
    '## How the records were scored',
    '',
    '| category | records |',
    '| --- | --- |',
    ...Object.entries(categories).map(([category, rows]) => `| ${category} | ${rows} |`),
    '',
    'The rules are code; no model decided what stands here. Only accepted rows enter SFT, and partially accepted ones when that was asked for.',
    '',
  ];
}

/** How long the rows are. */
export function writeTokens({ sets }: CardFacts): string[] {
  const known = sets.flatMap(({ set, tokens }) => (tokens === null || set === 'preference' ? [] : [{ set, tokens }]));
  const classes = known[0]?.tokens.classes ?? [];
  if (classes.length === 0) return [];
  return [
    '## Tokens',
    '',
    `| tokens of a row | ${known.map(({ set }) => set).join(' | ')} |`,
    `| --- | ${known.map(() => '---').join(' | ')} |`,
    ...classes.map(({ up_to }, index) => {
      const last = classes.at(index - 1)?.up_to ?? 0;
      const name = up_to === null ? `over ${last}` : `up to ${up_to}`;
      return `| ${name} | ${known.map(({ tokens }) => tokens.classes[index]?.rows ?? 0).join(' | ')} |`;
    }),
    `| in all | ${known.map(({ tokens }) => tokens.total).join(' | ')} |`,
    '',
    'Estimated as a quarter of the characters; the tokenizer of a model will count otherwise.',
    '',
  ];
}

/** What was taken out of the texts. */
export function writeRedactions({ redactions }: CardFacts): string[] {
  const found = Object.entries(redactions);
  return [
    '## Redactions',
    '',
    found.length === 0 ? 'None was needed.' : 'Secrets and personal data were replaced by placeholders before anything was written:',
    ...(found.length === 0 ? [] : ['', '| detector | found |', '| --- | --- |']),
    ...found.map(([detector, times]) => `| ${escapeMarkdown(detector)} | ${times} |`),
    '',
  ];
}

/** Whether the rows were compared with evaluation sets. */
export function writeDecontamination({ decontamination }: CardFacts): string[] {
  if (decontamination === null) {
    return [
      '## Decontamination',
      '',
      '**Not checked**: the config names no evaluation sets, so rows may repeat what a benchmark asks.',
      '',
    ];
  }
  const { sets, checked, hits, rate, limit } = decontamination;
  return [
    '## Decontamination',
    '',
    `${hits} of ${checked} rows (${(rate * 100).toFixed(2)} %) repeated an evaluation set and were quarantined; a run is refused above ${(limit * 100).toFixed(2)} %.`,
    '',
    '| evaluation set | items |',
    '| --- | --- |',
    ...sets.map(({ name, rows }) => `| ${escapeMarkdown(name)} | ${rows} |`),
    '',
  ];
}
