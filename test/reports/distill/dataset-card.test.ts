import { describe, expect, test } from 'vitest';
import { writeDatasetCard } from '../../../reports/distill/dataset-card.ts';
import type { CardFacts } from '../../../schemas/card-facts.ts';
import { harbourCard } from './card-facts-fixture.ts';

const card = (changes: Partial<CardFacts> = {}): string => writeDatasetCard({ ...harbourCard, ...changes });
const frontMatter = (text: string): string => text.slice(0, text.indexOf('\n---\n', 3));

describe('the header for the hub', () => {
  test('names license, size, and a configuration for each set with rows and for each form', () => {
    expect(frontMatter(card())).toBe(`---
license:
- cc-by-4.0
- unknown
task_categories:
- text-generation
size_categories:
- n<1K
tags:
- agent-traces
- lauter
configs:
- config_name: rag
  default: true
  data_files:
  - split: full
    path: "rag/playbooks.jsonl"
- config_name: sft
  data_files:
  - split: full
    path: "sft/instruction_response.jsonl"
- config_name: sft-openai
  data_files:
  - split: train
    path: "sft/openai/train.jsonl"
- config_name: sft-trl
  data_files:
  - split: train
    path: "sft/trl/train.jsonl"
  - split: test
    path: "sft/trl/test.jsonl"
dataset_info:
- config_name: rag
  features:
  - name: id
    dtype: string
  - name: title
    dtype: string
  - name: content
    dtype: string
  - name: category
    dtype: string
  - name: warning
    dtype: bool
  - name: tags
    list: string
  - name: validation_steps
    list: string
  - name: task_key
    dtype: string
  - name: tokens
    dtype: int64
  - name: split
    dtype: string
  - name: provenance
    dtype: json
- config_name: sft
  features:
  - name: id
    dtype: string
  - name: messages
    list: json
  - name: tools
    list: json
  - name: quality_score
    dtype: string
  - name: task_key
    dtype: string
  - name: split
    dtype: string
  - name: tokens
    dtype: int64
  - name: provenance
    dtype: json
- config_name: sft-openai
  features:
  - name: messages
    list: json
  - name: tools
    list: json
- config_name: sft-trl
  features:
  - name: id
    dtype: string
  - name: messages
    list: json
  - name: tools
    list: json`);
  });

  test('says "other", with the name, for a license the hub does not know', () => {
    const sources = harbourCard.sources.map((source) => ({ ...source, license: 'Harbour "Office" Terms' }));
    expect(frontMatter(card({ sources }))).toContain('license:\n- other\nlicense_name: "Harbour \\"Office\\" Terms"\n');
  });

  test.each([
    [999, 'n<1K'],
    [1_000, '1K<n<10K'],
    [100_000, '100K<n<1M'],
  ])('%i rows are %s', (rows, words) => {
    const [rag, sft, preference] = harbourCard.sets;
    expect(frontMatter(card({ sets: [{ ...rag!, rows: 0 }, { ...sft!, rows }, preference!] }))).toContain(`\n- ${words}\n`);
  });
});

describe('the card', () => {
  test('counts every set by split and gives its digest', () => {
    expect(card()).toContain(
      `| sft | \`sft/instruction_response.jsonl\`, \`sft/instruction_response.parquet\`, \`sft/instruction_response.arrow\` | 5 | 4 | 0 | 1 | \`${'b2'.repeat(32)}\` |`,
    );
    expect(card()).toContain('| sft/trl | test | `sft/trl/test.jsonl` | 1 |');
  });

  test('states the license of each source, and warns of a source without one', () => {
    expect(card()).toContain('| harbour-desk | openai-chat | CC-BY-4.0 | 2 | 12 | 11 | 1 |');
    expect(card()).toContain('| night-line | tau-bench | **not stated** | 1 | 4 | 4 | 0 |');
    expect(card()).toContain('> **Warning: no license is stated for 1 of 2 sources (night-line).**');
    expect(card({ sources: [harbourCard.sources[0]!] })).not.toContain('Warning');
  });

  test('shows categories, redactions and the lengths of rows', () => {
    for (const line of [
      '| needs_human_review | 3 |',
      '| email | 3 |',
      '| up to 128 | 3 | 2 |',
      '| over 256 | 1 | 0 |',
      '| in all | 700 | 900 |',
    ])
      expect(card()).toContain(`\n${line}\n`);
    expect(card({ redactions: {} })).toContain('None was needed.');
  });

  test('says whether the rows were compared with evaluation sets', () => {
    expect(card()).toContain('**Not checked**');
    const checked = card({ decontamination: { sets: [{ name: 'harbour exam', rows: 40 }], checked: 8, hits: 1, rate: 0.125, limit: 0.2 } });
    expect(checked).toContain('1 of 8 rows (12.50 %)');
    expect(checked).toContain('| harbour exam | 40 |');
    expect(checked).not.toContain('Not checked');
  });

  test('tells how to load each set and form that is there, and no other', () => {
    const load = card().slice(card().indexOf('## Load'));
    expect(load).toContain('sft = load_dataset("exports/latest", "sft", split="full")');
    expect(load).toContain('sft_trl = load_dataset("exports/latest", "sft-trl")');
    expect(load).toContain('train_dataset=sft_trl["train"]');
    expect(load).toContain(`SELECT split, count(*) AS rows FROM 'exports/latest/rag/playbooks.jsonl' GROUP BY split;`);
    expect(load).not.toContain('preference');
    expect(card({ sets: harbourCard.sets.map((set) => ({ ...set, rows: 0 })), forms: [] })).toContain('There is nothing to load');
  });

  test('warns of a refused run', () => {
    expect(card({ verdict: 'refused' })).toContain('**refused**');
    expect(card({ verdict: 'unfinished' })).toContain('Not audited');
  });

  test('lets nothing in a name become markup or a line of its own', () => {
    const hostile = card({ sources: [{ ...harbourCard.sources[0]!, name: 'desk|<b>\n# x', license: 'a|b\n---\nevil: true' }] });
    expect(hostile).not.toContain('\n# x');
    expect(hostile).not.toContain('\nevil: true');
    expect(hostile).not.toContain('<b>');
  });
});
