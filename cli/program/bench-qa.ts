import type { Command } from 'commander';
import type { QaDraftOptions } from '../commands/bench-qa-draft.ts';
import type { QaGraftOptions } from '../commands/bench-qa-graft.ts';
import type { QaValidateOptions } from '../commands/bench-qa-validate.ts';
import type { QaWorklistOptions } from '../commands/bench-qa-worklist.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const QA = ['--qa <fixture>', 'path of a fixture, or its label in the workspace'] as const;
const CORPUS = ['--corpus-version <label>', 'name of the corpus'] as const;

/** `lauter bench qa …`: questions with known answers. */
export function addBenchQa(bench: Command, io: Io, settle: (code: ExitCode) => void): void {
  const qa = bench.command('qa').description('questions whose answers are events of a corpus');
  explained(
    placed(qa.command('validate').description('check a fixture against a corpus and its provenance: 1 when it does not pass'))
      .requiredOption(...QA)
      .requiredOption(...CORPUS)
      .option('--min-scoreable <count>', 'questions that must have an answer in the corpus', wholeNumber(0, MOST), 100)
      .option('--allow-hash-mismatch <reason>', 'let other hashes than those of the provenance through, as a warning')
      .option('--json', 'print the report (qa-validation/1) as one JSON document'),
    'lauter bench qa validate --qa eval-qa-v1 --corpus-version corpus-v2 --min-scoreable 100',
    'fixture corpus_version corpus_content_hash qa_content_hash total scoreable unscoreable min_scoreable missing_by_qa_id{} unresolved_by_qa_id{} duplicates[{field value lines}] errors[{line qa_id code}] keyword_leak_count per_source{} provenance{state differences allowed} passes warnings detail',
  ).action(async (options: QaValidateOptions) =>
    settle(await (await import('../commands/bench-qa-validate.ts')).benchQaValidate(io, options)),
  );
  explained(
    placed(qa.command('draft').description('begin a fixture: events of a seeded sample, each waiting for its question'))
      .requiredOption(...CORPUS)
      .option('--count <rows>', 'rows of the draft', wholeNumber(1, MOST), 100)
      .option('--seed <number>', 'seed of the sample', wholeNumber(0, MOST), 42)
      .option('--qa <fixture>', 'path or label of the draft; draft-LABEL of the corpus unless stated')
      .option('--json', 'print where it lies (qa-draft/1) as one JSON document'),
    'lauter bench qa draft --corpus-version corpus-v2 --count 120 --qa eval-qa-v1',
    'fixture provenance corpus_version rows stratification{} qa_content_hash warnings',
  ).action(async (options: QaDraftOptions) => settle(await (await import('../commands/bench-qa-draft.ts')).benchQaDraft(io, options)));
  explained(
    placed(qa.command('worklist').description('write the questions that cannot be scored, each with the events that could answer it'))
      .requiredOption(...QA)
      .requiredOption(...CORPUS)
      .requiredOption('--out <file>', 'file of JSON lines that is not there yet')
      .option('--json', 'print what it holds (qa-worklist/1) as one JSON document'),
    'lauter bench qa worklist --qa eval-qa-v1 --corpus-version corpus-v3 --out worklist.jsonl',
    'path total unscoreable',
  ).action(async (options: QaWorklistOptions) =>
    settle(await (await import('../commands/bench-qa-worklist.ts')).benchQaWorklist(io, options)),
  );
  explained(
    placed(qa.command('graft').description('bind the goldens of a fixture to another corpus by content, as a new fixture'))
      .requiredOption(...QA)
      .requiredOption('--corpus-version <label>', 'name of the corpus that they are to be bound to')
      .requiredOption('--to <fixture>', 'path or label of the new fixture')
      .option('--from-corpus-version <label>', 'corpus that they are bound to; that of the provenance unless stated')
      .option('--worklist <file>', 'where to write what is not carried over; beside the new fixture unless stated')
      .option('--json', 'print what became of the goldens (qa-graft/1) as one JSON document'),
    'lauter bench qa graft --qa eval-qa-v1 --corpus-version corpus-v3 --to eval-qa-v2',
    'fixture provenance worklist from_corpus_hash to_corpus_hash mapped unmapped scoreable total',
  ).action(async (options: QaGraftOptions) => settle(await (await import('../commands/bench-qa-graft.ts')).benchQaGraft(io, options)));
}
