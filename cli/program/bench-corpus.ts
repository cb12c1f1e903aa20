import { USUAL_FLOOR } from '../bench/usual-floor.ts';
import { InvalidArgumentError, type Command } from 'commander';
import { parseTimestamp } from '../../adapters/sources/timestamps.ts';
import type { CorpusInitOptions } from '../commands/bench-corpus-init.ts';
import type { AddAdversarialOptions, RemoveAdversarialOptions } from '../commands/bench-corpus-overlay.ts';
import type { CorpusVerifyOptions } from '../commands/bench-corpus-verify.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const LABEL = '--corpus-version <label>';

/** `lauter bench corpus …`: frozen corpora. */
export function addBenchCorpus(bench: Command, io: Io, settle: (code: ExitCode) => void): void {
  const corpus = bench.command('corpus').description('frozen corpora of events');
  explained(
    placed(
      corpus
        .command('init')
        .description('build a frozen corpus out of a source of events; an existing one stays as it is unless all goes well'),
    )
      .requiredOption(LABEL, 'name of the corpus')
      .requiredOption('--from <source>', 'file of events (JSON lines or Parquet); `lake`, or the folder of a workspace, for its evidence')
      .option('--seed <number>', 'seed of the sample', wholeNumber(0, Number.MAX_SAFE_INTEGER), 42)
      .option('--now <time>', 'end of the window, ISO 8601; the present unless stated', timeMs)
      .option('--corpus-days <days>', 'length of the window', wholeNumber(1, 36_500), 90)
      .option('--corpus-buckets <count>', 'parts that the window is cut into', wholeNumber(1, 10_000), 9)
      .option('--min <source=rows>', `rows of a source, exactly; ${USUAL_FLOOR} unless stated; may be repeated`, addFloor)
      .option('--force', 'take the place of a corpus of that name')
      .option('--json', 'print what was built (bench-corpus-init/1) as one JSON document'),
    'lauter bench corpus init --corpus-version corpus-v2 --from events.parquet --min shell=80 --min claude=80',
    'corpus_version path event_count corpus_content_hash source_counts dropped_counts redaction_counts warnings',
  ).action(async (options: CorpusInitOptions) =>
    settle(await (await import('../commands/bench-corpus-init.ts')).benchCorpusInit(io, options)),
  );
  explained(
    placed(corpus.command('verify').description('check every hash, count and row of a corpus: 1 when something differs'))
      .requiredOption(LABEL, 'name of the corpus')
      .option('--json', 'print every mismatch (bench-corpus-verification/1) as one JSON document'),
    'lauter bench corpus verify --corpus-version corpus-v2',
    'corpus_version ok is_foreign corpus_content_hash event_count overlay_count mismatches[{check file line event_id expected found}]',
  ).action(async (options: CorpusVerifyOptions) =>
    settle(await (await import('../commands/bench-corpus-verify.ts')).benchCorpusVerify(io, options)),
  );
  addOverlay(corpus, io, settle);
}

function addOverlay(corpus: Command, io: Io, settle: (code: ExitCode) => void): void {
  const keys = 'corpus_version action event_id overlay_count overlay_hash';
  explained(
    placed(corpus.command('add-adversarial <id>').description('let a hard event take part in every run, apart from the headline numbers'))
      .requiredOption(LABEL, 'name of the corpus')
      .requiredOption('--reason <words>', 'why it is hard')
      .option('--from <source>', 'source of events that has it; the corpus itself unless stated')
      .option('--json', 'print what became of the overlay (bench-overlay-edit/1) as one JSON document'),
    'lauter bench corpus add-adversarial shell-1207 --corpus-version corpus-v2 --reason "quotes an apology" --from events.jsonl',
    keys,
  ).action(async (id: string, options: AddAdversarialOptions) =>
    settle(await (await import('../commands/bench-corpus-overlay.ts')).benchAddAdversarial(io, id, options)),
  );
  explained(
    placed(corpus.command('remove-adversarial <id>').description('take an event out of the overlay'))
      .requiredOption(LABEL, 'name of the corpus')
      .option('--json', 'print what became of the overlay (bench-overlay-edit/1) as one JSON document'),
    'lauter bench corpus remove-adversarial shell-1207 --corpus-version corpus-v2',
    keys,
  ).action(async (id: string, options: RemoveAdversarialOptions) =>
    settle(await (await import('../commands/bench-corpus-overlay.ts')).benchRemoveAdversarial(io, id, options)),
  );
}

function timeMs(value: string): number {
  const iso = parseTimestamp(value);
  if (iso === null) throw new InvalidArgumentError('Expected a time such as 2026-03-02T08:15:00Z.');
  return Date.parse(iso);
}

/** `SOURCE=N`, several of them between commas or one after another; the last one of a source counts. */
function addFloor(value: string, before: ReadonlyMap<string, number> | undefined): ReadonlyMap<string, number> {
  const floors = new Map(before);
  for (const part of value.split(',')) {
    const [, source = '', rows = ''] = /^(.+)=(\d{1,9})$/.exec(part.trim()) ?? [];
    if (source === '') throw new InvalidArgumentError('Expected SOURCE=N, as in shell=80.');
    floors.set(source.trim(), Number(rows));
  }
  return floors;
}
