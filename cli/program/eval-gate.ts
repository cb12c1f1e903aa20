import { Option, type Command } from 'commander';
import { SEARCH_MODES } from '../../schemas/vocabulary.ts';
import type { EvalGateOptions } from '../commands/eval-gate.ts';
import type { EvalPublishOptions } from '../commands/eval-publish.ts';
import type { EvalReplayOptions } from '../commands/eval-replay.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { knobValue } from '../search/knob-values.ts';
import { numberAboveZero, numberFromZero, rate, wholeNumber } from './arguments.ts';
import { withGlossary } from './glossary.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';
import { mayRepeat } from './refuse-repeats.ts';

const count = wholeNumber(1, 1_000_000_000);

/** The part of `lauter eval …` that replays captured searches, freezes them, and gates a change by them. */
export function addEvalGate(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  addReplay(evaluation, io, settle);
  addPublish(evaluation, io, settle);
  addGate(evaluation, io, settle);
}

function addReplay(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    onCollection(
      evaluation
        .command('replay')
        .description('puts captured searches again and measures how far they answer as they did; it judges nothing'),
    )
      .requiredOption('--against <file>', 'captured rows, or a baseline')
      .addOption(new Option('--limit <n>', 'rows that are replayed, from the first on; all unless stated').argParser(count))
      .addOption(new Option('--top-regressions <k>', 'rows shown that moved furthest').argParser(count).default(5))
      .addOption(new Option('--compare-limit <k>', 'pages compared; as many as were captured unless stated').argParser(count))
      .option('--verbose', 'prints every row in JSON')
      .option('--explain', 'tells where each page of a row stood and stands')
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--json', 'print the replay as one JSON document'),
    'lauter eval replay --against captured.ndjson --collection notes --top-regressions 10',
    'schema_version summary{rows_total rows_replayed rows_skipped rows_errored mean_jaccard top1_stability_rate mean_latency_delta_ms rows_over_2x_latency mean_jaccard_strict top1_stability_strict mean_rbo rows_degraded p50_latency_ms p95_latency_ms knob_hash corpus_hash} results[{id tool_name query jaccard top1Match rbo captured_slugs current_slugs current_latency_ms latency_delta_ms identity}] _meta{metric_glossary unknown_metrics footer}',
  ).action(async (options: EvalReplayOptions) => settle(await (await import('../commands/eval-replay.ts')).evalReplay(io, options)));
}

function addPublish(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(evaluation.command('publish').description('freezes captured rows as a baseline that a gate can be held against'))
      .option('--from <file>', 'captured rows')
      .option('--to <file>', 'baseline to write, such as notes.baseline.ndjson')
      .option('--label <label>', 'name of the baseline; that of its file unless stated')
      .option('--force', 'replace the file if it is there')
      .option('--public', 'refuse rows of collections that are not marked as made up')
      .addOption(new Option('--threshold-jaccard <x>', 'limit that the baseline carries; 0.85 unless stated').argParser(rate))
      .addOption(new Option('--threshold-top1 <x>', 'limit that the baseline carries; 0.80 unless stated').argParser(rate))
      .addOption(
        new Option('--threshold-latency-multiplier <x>', 'limit that the baseline carries; 2 unless stated').argParser(numberAboveZero),
      )
      .option('--suggest-thresholds <run...>', 'proposes limits from reports of gates (--json) that passed')
      .option('--json', 'print what was written as one JSON document'),
    'lauter eval publish --from captured.ndjson --to notes.baseline.ndjson',
    'schema_version output_path label source_hash content_hash corpus_hash knob_hash row_count baseline_mean_latency_ms thresholds suggested_thresholds',
  ).action(async (options: EvalPublishOptions) => settle((await import('../commands/eval-publish.ts')).evalPublish(io, options)));
}

function addGate(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    onCollection(
      evaluation
        .command('gate')
        .description(
          'whether a search engine may go on as it is: by a baseline, by judgments, or by both; 1 when it may not, 2 when nobody can tell',
        ),
    )
      .option('--baseline <file>', 'baseline that results must not move too far from')
      .option('--baseline-ref <ref>', 'commit, tag or branch that the baseline is read from, so that a change cannot rewrite it')
      .option('--qrels <file>', 'judgments: queries and the pages that are right')
      .addOption(new Option('-k, --k <n>', 'pages that recall looks at').argParser(count).default(10))
      .addOption(new Option('--threshold-jaccard <x>', 'least mean Jaccard; that of the baseline, or 0.85').argParser(rate))
      .addOption(new Option('--threshold-top1 <x>', 'least share of first places that stay; that of the baseline, or 0.80').argParser(rate))
      .addOption(
        new Option('--threshold-latency-multiplier <x>', 'most times as slow; that of the baseline, or 2').argParser(numberAboveZero),
      )
      .addOption(
        new Option('--latency-floor-ms <ms>', 'mean change up to which latency is noise; 50 unless stated').argParser(numberFromZero),
      )
      .addOption(new Option('--threshold-recall-at-k <x>', 'least mean recall; 0.70 unless stated').argParser(rate))
      .addOption(
        new Option('--threshold-first-relevant-hit <x>', 'least share of relevant first places; 0.60 unless stated').argParser(rate),
      )
      .addOption(new Option('--threshold-expected-top1 <x>', 'least share of expected first places; 0.50 unless stated').argParser(rate))
      .addOption(
        new Option('--embedder <name>', 'vectors that fixtures state, without a network; with --qrels alone').choices(['deterministic']),
      )
      .option('--allow-degraded', 'judge also when a stage that was asked for did not run')
      .option('--junit <file>', 'the verdict as JUnit XML')
      .option('--github-summary [file]', 'appends the report to the summary of a GitHub job (GITHUB_STEP_SUMMARY) or to a file')
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--json', 'print the verdict as one JSON document'),
    'lauter eval gate --collection notes --baseline notes.baseline.ndjson --baseline-ref origin/main --qrels notes.qrels.json',
    'schema_version verdict regression_gate{ran baseline_path attestation summary thresholds latency_ratio latency_skipped breaches[{metric observed threshold reason error_tail failure_origin}]} correctness_gate{ran qrels_path summary thresholds breaches} meta{knob_hash corpus_hash embedder degraded commit collection retriever lauter_version baseline_corpus_hash corpus_changed} _meta{metric_glossary unknown_metrics footer}',
  ).action(async (options: EvalGateOptions) => settle(await (await import('../commands/eval-gate.ts')).evalGate(io, options)));
}

/** Options that say what is searched, and how. Rows and judgments say themselves which arms they want. */
function onCollection(command: Command): Command {
  return placed(withGlossary(command))
    .option('--collection <name>', 'what is searched; search.collection of the config unless stated')
    .addOption(
      new Option('--retriever <name>', 'search engine: builtin, or an entry of search.retrievers in the config').default('builtin'),
    )
    .addOption(new Option('--mode <mode>', 'bundle of knobs, for this call').choices(SEARCH_MODES))
    .addOption(mayRepeat(new Option('--set <knob=value>', 'one knob, for this call; may be repeated').argParser(knobValue)));
}
