import { COST_ANCHORS } from './cost-anchors.ts';
import { usdOf } from './exact-usd.ts';

/** A suite in a mode, and how many questions it asks. */
export interface EstimatedCell {
  readonly suite: string;
  readonly mode: string;
  readonly questions: number;
}

/** What a run over suites and modes is expected to cost, in US dollars, with the part of each cell in the order of the cells. */
export interface RunAllEstimate {
  readonly retrievalUsd: number;
  readonly answersUsd: number;
  readonly totalUsd: number;
  readonly cells: readonly (EstimatedCell & { readonly retrievalUsd: number; readonly answersUsd: number })[];
}

/**
 * What a run over suites and modes is expected to cost: each question 0.00001 for its embedding, 0.001 in tokenmax where queries are worded anew,
 * and 0.015 in longmemeval where answers are asked for.
 */
export function estimateRunAll(
  cells: readonly EstimatedCell[],
  { isExpanding, isAnswering }: { readonly isExpanding: boolean; readonly isAnswering: boolean },
): RunAllEstimate {
  const { nanoUsdPerQuestion: nanoUsd } = COST_ANCHORS;
  const estimated = cells.map((cell) => {
    const expansion = isExpanding && cell.mode === 'tokenmax' ? nanoUsd.expansion : 0;
    const answers = isAnswering && cell.suite === 'longmemeval' ? nanoUsd.answer : 0;
    return { cell, retrieval: cell.questions * (nanoUsd.embedding + expansion), answers: cell.questions * answers };
  });
  const retrieval = estimated.reduce((sum, each) => sum + each.retrieval, 0);
  const answers = estimated.reduce((sum, each) => sum + each.answers, 0);
  return {
    retrievalUsd: usdOf(retrieval),
    answersUsd: usdOf(answers),
    totalUsd: usdOf(retrieval + answers),
    cells: estimated.map(({ cell, ...nano }) => ({ ...cell, retrievalUsd: usdOf(nano.retrieval), answersUsd: usdOf(nano.answers) })),
  };
}
