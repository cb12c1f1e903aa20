import type { RunReport } from '../../schemas/run-report.ts';
import { EXPORT_SETS, SPLITS } from '../../schemas/vocabulary.ts';
import { escapeMarkdown } from '../shared/escape.ts';

const FILES = { rag: 'rag/playbooks', sft: 'sft/instruction_response', preference: 'preference/chosen_rejected' } as const;

/** The card that lies beside the exported files: what is in them, where it came from, how to load it. */
export function writeDatasetCard({ summary, splits }: RunReport): string {
  const rowsOf = (set: string, split: string): number => splits.find((row) => row.set === set && row.split === split)?.rows ?? 0;
  return [
    `# Data of run ${escapeMarkdown(summary.run_id)}`,
    '',
    `Verdict: **${summary.verdict}**. Made by Lauter from ${summary.sources.length} sources, ${sum(summary.sources.map((source) => source.records))} records.`,
    '',
    '| set | file | rows | train | validation | test |',
    '| --- | --- | --- | --- | --- | --- |',
    ...EXPORT_SETS.map(
      (set) => `| ${set} | \`${FILES[set]}.jsonl\` | ${summary.exports[set]} | ${SPLITS.map((split) => rowsOf(set, split)).join(' | ')} |`,
    ),
    '',
    'Every row carries its split, its task and its provenance: source file, place and the sha256 of the source record. No task stands in two splits.',
    'What did not make it stands in `quarantine/` with the reason.',
    '',
    '## Sources',
    '',
    '| source | format | files | records | evidence | quarantined |',
    '| --- | --- | --- | --- | --- | --- |',
    ...summary.sources.map(
      (source) =>
        `| ${escapeMarkdown(source.name)} | ${source.adapter} | ${source.files} | ${source.records} | ${source.evidence} | ${source.quarantined} |`,
    ),
    '',
    '## How the records were scored',
    '',
    '| category | records |',
    '| --- | --- |',
    ...Object.entries(summary.categories).map(([category, rows]) => `| ${category} | ${rows} |`),
    '',
    '## Redactions',
    '',
    Object.keys(summary.redactions).length === 0
      ? 'None was needed.'
      : 'Secrets and personal data were replaced by placeholders before anything was written:',
    ...Object.entries(summary.redactions).map(([detector, found]) => `* ${escapeMarkdown(detector)}: ${found}`),
    '',
    '## Load',
    '',
    '```python',
    'from datasets import load_dataset',
    `rows = load_dataset("json", data_files="${FILES.sft}.jsonl", split="train").filter(lambda row: row["split"] == "train")`,
    '```',
    '',
  ].join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
