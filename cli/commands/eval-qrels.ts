import type { Retriever } from '../../activities/search-ports.ts';
import type { QrelsReport } from '../../schemas/qrels-report.ts';
import type { RetrieverPlace } from '../../worker/open-retriever.ts';
import { tellReport } from '../bench/tell-report.ts';
import { commandBudget } from '../cost/command-budget.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { measureQrels, type LiveSearch } from '../measures/measure-qrels.ts';
import type { QrelsOptions } from '../measures/qrels-options.ts';
import { tellQrels } from '../measures/tell-qrels.ts';
import { writeOutput } from '../measures/write-output.ts';
import { loadConfig, workspaceFolder } from '../places.ts';
import { searchOrigin } from '../reproducibility/search-origin.ts';
import { collectionOf, howToSearch } from '../search/search-options.ts';

/** Opens a search engine; a test may hand in one of its own. */
export type OpenRetriever = (place: RetrieverPlace, name: string) => Promise<Retriever>;

/** `lauter eval qrels`: measures a live search, or a file of rankings, by judgments. */
export async function evalQrels(io: Io, options: QrelsOptions, open: OpenRetriever = openConfigured): Promise<ExitCode> {
  const stop = new AbortController();
  const endListening = io.onInterrupt(() => stop.abort());
  try {
    const live = options.run === undefined ? findLive(io, options, open) : null;
    const measured = await measureQrels(io, options, live, stop.signal);
    const { report, sides } = measured;
    if (options.output !== undefined) writeOutput(io, options.output, measured);
    if (options.report !== undefined) {
      const { renderQrels } = await import('../../reports/qrels/render-qrels.ts');
      tellReport(io, options.report, renderQrels(report, sides));
    }
    io.out(
      options.json === true
        ? JSON.stringify(report, null, 2)
        : tellQrels(report) + glossaryBelow(options, Object.keys(report._meta.metric_glossary)),
    );
    return EXIT_BY_VERDICT[report.verdict];
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    io.err('interrupted: nothing was measured and nothing was written.');
    return EXIT.interrupted;
  } finally {
    endListening();
  }
}

/** Engines and their libraries are loaded for a search alone: a file of rankings needs none. */
const openConfigured: OpenRetriever = async (place, name) => (await import('../../worker/open-retriever.ts')).openRetriever(place, name);

const EXIT_BY_VERDICT: Readonly<Record<QrelsReport['verdict'], ExitCode>> = {
  pass: EXIT.accepted,
  fail: EXIT.refused,
  error: EXIT.impossible,
};

function findLive(io: Io, options: QrelsOptions, open: OpenRetriever): LiveSearch {
  const workspace = workspaceFolder(io, options);
  const { config, base } = loadConfig(io, workspace, options);
  const budget = commandBudget(workspace, 'eval qrels', config.cost);
  const place = { workspace, settings: config.search, base, env: io.env, budget, tell: (line: string) => io.err(plain(line)) };
  const how = howToSearch(options, {
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.tokenBudget === undefined ? {} : { token_budget: options.tokenBudget }),
  });
  const collection = collectionOf(options.collection, config.search);
  return {
    open: () => open(place, options.retriever),
    request: { collection, ...how },
    origin: async () => {
      const known = searchOrigin(io, { workspace, config, collection, retriever: options.retriever });
      // An engine of others pays for itself.
      return options.retriever === 'builtin' ? { ...known, cost: { ...known.cost, settled_usd: await budget.spentUsd() } } : known;
    },
    isVectorAsked: options.strategy === 'hybrid' || options.strategy === 'vector',
  };
}
