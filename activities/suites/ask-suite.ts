import { OverBudgetError, RetrieverError } from '../../domain/shared/errors.ts';
import {
  capturedRow,
  judgedRow,
  type AskedQuestion,
  type CapturedQuestion,
  type JudgedQuestion,
  type QuestionFacts,
} from '../../domain/suites/index.ts';
import { failRow } from '../../domain/gate/index.ts';
import type { ReplayResult } from '../../schemas/replay-report.ts';
import { replayRows } from '../gate/replay.ts';
import { askQueries, type SharedRequest } from '../measures/ask-queries.ts';
import { listenTo, type ListeningRetriever } from './listening-retriever.ts';
import type { PlannedCell, SuitesRunDocument } from './run-document.ts';
import type { SuiteEngines } from './world.ts';

/** How the questions of a cell are put. */
export interface CellSearch {
  readonly run: SuitesRunDocument;
  readonly cell: PlannedCell;
  readonly collection: string;
  readonly signal: AbortSignal;
}

/** Puts a judged question through the entry point that `lauter eval qrels` takes, and measures what was found. The mode says how much that may be. */
export async function askJudged(engines: SuiteEngines, question: JudgedQuestion, search: CellSearch): Promise<QuestionFacts> {
  const { run, cell, collection, signal } = search;
  const retriever = listenTo(engines.standard);
  const before = engines.settledUsd();
  const shared: SharedRequest = { collection, strategy: run.strategy, mode: cell.mode, knobs: run.knobs, signal };
  const query = { id: question.question_id, query: question.question, embeddingDim: question.embedding_dim };
  const asked = await unlessUnpaid(async () => {
    const [given] = await askQueries(retriever, [query], shared, () => undefined);
    return { outcome: given!.outcome, error: given!.error };
  });
  return judgedRow(question, { ...asked, ...restOf(retriever, engines, before) });
}

/** Puts a captured search again, as `lauter eval replay` does, and compares the answers. */
export async function askCaptured(engines: SuiteEngines, question: CapturedQuestion, search: CellSearch): Promise<QuestionFacts> {
  const { run, cell, collection, signal } = search;
  const standard = listenTo(engines.standard);
  let listening = standard;
  const before = engines.settledUsd();
  const listeners = { standard, withoutVectors: async () => (listening = listenTo(await engines.withoutVectors())) };
  let result: ReplayResult = failRow(question.row, 'not asked').result;
  const asked = await unlessUnpaid(async () => {
    const [replayed] = await replayRows(listeners, [question.row], { collection, mode: cell.mode, knobs: run.knobs, signal });
    ({ result } = replayed!);
    return { outcome: outcomeOf(result, listening.last.thrown), error: result.error_message ?? result.skip_reason ?? null };
  });
  return capturedRow(question, result, { ...asked, ...restOf(listening, engines, before) });
}

type Asked = Pick<AskedQuestion, 'outcome' | 'error'>;

/** A question that no money is left for is skipped; what others find of it stays open. */
async function unlessUnpaid(ask: () => Promise<Asked>): Promise<Asked> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OverBudgetError) return { outcome: 'skipped_budget', error: error.message };
    throw error;
  }
}

function outcomeOf({ skipped, errored }: ReplayResult, thrown: unknown): AskedQuestion['outcome'] {
  if (skipped === true) return 'malformed';
  if (errored !== true) return 'scored';
  return thrown instanceof RetrieverError ? 'system_failure' : 'harness_error';
}

function restOf({ last }: ListeningRetriever, engines: SuiteEngines, before: number): Pick<AskedQuestion, 'response' | 'costUsd'> {
  const settled = engines.settledUsd() - before;
  return { response: last.response, costUsd: settled > 0 ? settled : null };
}
