import { sha256 } from '../../adapters/digest.ts';
import { now } from '../../adapters/clock.ts';
import type { SharedRequest } from '../../activities/measures/ask-queries.ts';
import type { Retriever } from '../../activities/search-ports.ts';
import { makeQrelsReport, measureArm, NOT_COMPUTED, type ArmResult, type EvaluationRules } from '../../domain/measures/index.ts';
import type { SearchOrigin } from '../../domain/reproducibility/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { QrelsReport } from '../../schemas/qrels-report.ts';
import { codeCommit } from '../code-commit.ts';
import type { Io } from '../io.ts';
import { originWithoutSearch } from '../reproducibility/search-origin.ts';
import { VERSION } from '../version.ts';
import { chooseMeasures, deepestPlace, type ChosenMeasures } from './choose-measures.ts';
import type { QrelsOptions } from './qrels-options.ts';
import { readArms } from './read-arms.ts';
import { readJudgments, refuseSilentQueries, type Judgments } from './read-judgments.ts';
import { readRunFile } from './read-run.ts';
import { searchLive } from './search-live.ts';

/** What is searched when no file of rankings is given, and how. */
export interface LiveSearch {
  readonly open: () => Promise<Retriever>;
  readonly request: Omit<SharedRequest, 'signal'>;
  /** Which models took part, and what they have cost so far. */
  readonly origin: () => Promise<SearchOrigin>;
  /** True where the vector arm was asked for by name. */
  readonly isVectorAsked: boolean;
}

/** A report, and both sides with every query of theirs. */
export interface MeasuredQrels {
  readonly report: QrelsReport;
  readonly sides: readonly ArmResult[];
  /** What the judgments call a page. */
  readonly nameDoc: (key: string) => string;
}

/** Measures a live search, or the file of rankings that --run names, by judgments. Rejects with what is wrong with flags and files, and with the reason of an interrupt. */
export async function measureQrels(io: Io, options: QrelsOptions, live: LiveSearch | null, signal: AbortSignal): Promise<MeasuredQrels> {
  const startedAt = now();
  refuseMixedFlags(options);
  const chosen = chooseMeasures(options);
  const judgments = readJudgments(io, options);
  const source =
    live === null ? await readRankings(io, options, judgments, chosen) : await askLive(io, options, judgments, chosen, live, signal);
  const { sides, refusals, notes, limit, runSha256, retriever } = source;
  const report = makeQrelsReport({
    arms: sides,
    asked: chosen.asked,
    floors: chosen.floors,
    chance: { seed: options.seed, resamples: options.resamples },
    hasPerQuery: options.perQuery === true,
    refusals,
    notes: [...notes, ...noteMissingMeasures(options)],
    origin: live === null ? originWithoutSearch(io) : await live.origin(),
    meta: {
      qrels_path: options.qrels,
      qrels_sha256: judgments.sha256,
      question_set_hash: sha256(
        judgments.qrels.queries
          .map(({ id }) => id)
          .toSorted()
          .join('\n'),
      ),
      run_path: options.run ?? null,
      run_sha256: runSha256,
      collection: live?.request.collection ?? null,
      retriever,
      strategy: live?.request.strategy ?? null,
      mode: sides[0].arm.mode,
      k: options.k,
      limit,
      rel_level: options.relLevel,
      max_docs: options.maxDocs ?? null,
      averaging: isComplete(options) ? 'complete' : 'intersection',
      is_trec: options.trec === true,
      is_judged_only: options.judgedOnly === true,
      normalise_ids: options.normaliseIds ?? null,
      lauter_version: VERSION,
      commit: await codeCommit(io.env),
      command: ['lauter', ...(io.args ?? [])],
      started_at: startedAt,
      finished_at: now(),
    },
  });
  return { report, sides, nameDoc: judgments.nameDoc };
}

function noteMissingMeasures({ trec, metrics }: QrelsOptions): string[] {
  return trec === true && metrics === undefined ? [`measures of trec_eval that are not computed here: ${NOT_COMPUTED.join(', ')}`] : [];
}

interface Source {
  readonly sides: readonly [ArmResult] | readonly [ArmResult, ArmResult];
  readonly refusals: readonly string[];
  readonly notes: readonly string[];
  readonly limit: number | null;
  readonly runSha256: string | null;
  readonly retriever: string | null;
}

async function readRankings(io: Io, options: QrelsOptions, { qrels, ids }: Judgments, chosen: ChosenMeasures): Promise<Source> {
  const { run: name = '' } = options;
  const { found, sha256: runSha256 } = await readRunFile(io, name, ids, options.trec !== true);
  const facts = { name: 'run', knob_hash: null, corpus_hash: null, generation: null, mode: null, knobs: {} };
  const chance = { seed: options.seed, resamples: options.resamples };
  const side = measureArm(qrels, found, chosen.asked, rulesOf(options), { facts, chance });
  return { sides: [side], refusals: [], notes: [], limit: null, runSha256, retriever: null };
}

/** Passages asked for: a page may bring two, and nobody sees fewer than ten. */
const LEAST_PASSAGES = 10;

async function askLive(
  io: Io,
  options: QrelsOptions,
  { qrels }: Judgments,
  chosen: ChosenMeasures,
  { open, request, isVectorAsked }: LiveSearch,
  signal: AbortSignal,
): Promise<Source> {
  refuseSilentQueries(qrels, options);
  const limit = options.limit ?? Math.max(2 * Math.max(options.k, deepestPlace(chosen)), LEAST_PASSAGES);
  const arms = readArms(io, options);
  const retriever = await open();
  try {
    const sides: ArmResult[] = [];
    const refusals: string[] = [];
    for (const { name, knobs } of arms) {
      const shared = { ...request, knobs: { limit, ...request.knobs, ...knobs }, signal };
      const { found, facts, refusals: missing } = await searchLive(io, retriever, qrels, { name, request: shared, isVectorAsked });
      const chance = { seed: options.seed, resamples: options.resamples };
      sides.push(measureArm(qrels, found, chosen.asked, rulesOf(options), { facts, chance }));
      refusals.push(...missing);
    }
    return {
      sides: sides as [ArmResult] | [ArmResult, ArmResult],
      refusals: options.allowDegraded === true ? [] : refusals,
      notes: [...(options.allowDegraded === true ? refusals : []), ...noteEqualArms(sides)],
      limit,
      runSha256: null,
      retriever: retriever.name,
    };
  } finally {
    await retriever.close();
  }
}

/** Two sides of the same knobs compare nothing. */
function noteEqualArms(sides: readonly ArmResult[]): string[] {
  const [a, b] = sides.map(({ arm }) => arm.knob_hash);
  return b === undefined || b === null || a !== b ? [] : ['both configurations come to the same knobs, so nothing but chance can differ'];
}

function rulesOf(options: QrelsOptions): EvaluationRules {
  return {
    relevanceLevel: options.relLevel,
    isJudgedOnly: options.judgedOnly === true,
    mostDocs: options.maxDocs ?? null,
    isComplete: isComplete(options),
    countsHopeless: options.trec === true,
  };
}

/** trec_eval averages over the queries that both files have; elsewhere every judged query counts. */
function isComplete({ trec, complete, intersection }: QrelsOptions): boolean {
  return complete === true || (intersection !== true && trec !== true);
}

function refuseMixedFlags({ run, queries, configA, configB, complete, intersection }: QrelsOptions): void {
  const refuse = (flag: string, expected: string, remedy: string): never => {
    throw new UsageError(`reading ${flag}: expected ${expected}, found both.`, remedy, { flag });
  };
  if (complete === true && intersection === true) refuse('--complete', 'it or --intersection', 'Leave one out.');
  if (run !== undefined && queries !== undefined) refuse('--run', 'a file of rankings or queries to ask', 'Leave --run or --queries out.');
  if (run !== undefined && (configA ?? configB) !== undefined) {
    refuse('--run', 'a file of rankings or configurations to search with', 'Leave --run, or --config-a and --config-b out.');
  }
  if ((configA === undefined) !== (configB === undefined)) {
    const missing = configA === undefined ? '--config-a' : '--config-b';
    throw new UsageError(`reading ${missing}: expected a file beside the other one, found none.`, 'Name both.', { flag: missing });
  }
}
