import type { SuitesRunDocument } from '../../activities/suites/run-document.ts';
import { openSuiteStore } from '../../adapters/suites/suite-store.ts';
import { estimateRunAll, type RunAllEstimate } from '../../domain/cost/index.ts';
import { openBudget } from '../../worker/open-budget.ts';
import { readExpectations } from '../comparison/read-expectations.ts';
import { askToSpend } from '../cost/ask-to-spend.ts';
import { withEngine, type EngineSession } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { interruptible } from '../gate/interruptible.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder } from '../places.ts';
import { compareCells } from '../suites/compare-cells.ts';
import { downstreamPrice } from '../suites/downstream-price.ts';
import { followSuites } from '../suites/follow-suites.ts';
import { planCells } from '../suites/plan-cells.ts';
import { askedIds, prepareSuite, type PreparedSuite, type SuitesScene } from '../suites/prepare-suites.ts';
import { readSuite, type ReadSuite } from '../suites/read-suite.ts';
import { refuseSuites } from '../suites/refuse-suites.ts';
import { MOST_PARALLEL, type RunAllOptions } from '../suites/run-all-options.ts';
import { frameRun, type RunSource } from '../suites/run-frame.ts';
import { suiteSettings } from '../suites/suite-settings.ts';
import { completeLine, estimateLine, tellCells, tellEstimate } from '../suites/tell-run-all.ts';

/** `lauter eval run-all`: asks every suite in every mode, writes rows and records, and compares the modes. */
export async function evalRunAll(io: Io, options: RunAllOptions): Promise<ExitCode> {
  refuseSuites(options);
  if (options.parallel > MOST_PARALLEL)
    io.err(`--parallel ${options.parallel}: ${MOST_PARALLEL} cells at once are the most; ${MOST_PARALLEL} it is`);
  const workspaceDir = workspaceFolder(io, options);
  const { config, base } = loadConfig(io, workspaceDir, options);
  const settings = await suiteSettings(io, options, config);
  const price = downstreamPrice(config.cost);
  // They are read again when there is something to hold against them; what is wrong with them is told now.
  if (options.expectations !== undefined) readExpectations(io, options.expectations);
  const read = await readSuites(io, workspaceDir, options);
  const estimate = estimateCells(options, settings.knobs.expansion === true, read);
  if (options.json === true) io.out(JSON.stringify(estimateLine(estimate)));
  else io.err(tellEstimate(estimate));
  const consent = await askToSpend(io, {
    estimates: [
      { what: 'retrieval', usd: estimate.retrievalUsd, capUsd: options.budgetUsdRetrieval },
      { what: 'answers', usd: estimate.answersUsd, capUsd: options.budgetUsdAnswer },
    ],
    isYes: options.yes === true,
  });
  if (consent === 'refused') return EXIT.impossible;
  return withEngine(io, { workspaceDir, config, keepServer: options.keepServer ?? false }, (session) => {
    const { root, id: workspaceId } = session.workspace;
    return doRun(io, session, { root, workspaceId, base, config, options, settings, read, price }, estimate);
  });
}

type ReadSuites = ReadonlyMap<string, ReadSuite>;

async function readSuites(io: Io, root: string, { suites, dataset = {} }: RunAllOptions): Promise<ReadSuites> {
  const read = new Map<string, ReadSuite>();
  for (const suite of suites) read.set(suite, await readSuite(io, root, suite, dataset[suite]));
  return read;
}

function estimateCells(options: RunAllOptions, isExpanding: boolean, read: ReadSuites): RunAllEstimate {
  const { modes, seed, limit = null, answers } = options;
  const cells = [...read].flatMap(([suite, each]) =>
    modes.map((mode) => ({ suite, mode, questions: askedIds(suite, each, { limit, seed }).length })),
  );
  return estimateRunAll(cells, { isExpanding, isAnswering: answers === true });
}

async function doRun(io: Io, session: EngineSession, source: RunSource, estimate: RunAllEstimate): Promise<ExitCode> {
  const { root, base, config, options, settings, read } = source;
  const store = openSuiteStore(root);
  const frame = await frameRun(io, store, source);
  const { run_id: runId, command, cap_usd: capUsd } = frame.document.retrieval_budget;
  const prepared = await prepareAll(io, read, {
    root,
    base,
    config,
    store,
    budget: openBudget({ root, runId, command, capUsd, settings: config.cost }),
    retriever: options.retriever,
    collection: options.collection ?? config.search.collection,
    limit: options.limit ?? null,
    seed: options.seed,
  });
  if (prepared === null) return EXIT.interrupted;
  const cells = planCells({ root, config, store, frame, settings, estimates: estimate.cells }, prepared, options.modes);
  const parallel = Math.min(options.parallel, MOST_PARALLEL);
  const result = await followSuites(io, session, store, { ...frame.document, cells }, { parallel, engine: config.engine });
  if (result === null) return EXIT.interrupted;
  // Who joined another command's run finds its rows where that one wanted them.
  const { output } = store.readRun(result.run_id) as SuitesRunDocument;
  const comparisonPath = await compareCells(io, result.cells, { root, output, options });
  if (options.json === true) io.out(JSON.stringify(completeLine(result.cells, comparisonPath)));
  else {
    io.out(tellCells(result.cells));
    io.err(`rows: ${plain(output)}${comparisonPath === null ? '' : `\ncomparison: ${plain(comparisonPath)}`}`);
  }
  return result.cells.every(({ status }) => status === 'completed') ? EXIT.accepted : EXIT.impossible;
}

/** Null when it was interrupted: nothing has been asked yet, and pages that were made searchable stay so. */
async function prepareAll(io: Io, read: ReadSuites, scene: SuitesScene): Promise<readonly PreparedSuite[] | null> {
  const prepared: PreparedSuite[] = [];
  const code = await interruptible(io, async (signal) => {
    for (const [suite, each] of read) prepared.push(await prepareSuite(io, scene, suite, each, signal));
    return EXIT.accepted;
  });
  return code === EXIT.accepted ? prepared : null;
}
