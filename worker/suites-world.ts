import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { Budget, Reservation } from '../activities/budget-ports.ts';
import type { LongMemEvalRun } from '../activities/eval-contract.ts';
import type { CellResult } from '../activities/suites-contract.ts';
import type { JudgedWork, SuitesRunDocument } from '../activities/suites/run-document.ts';
import type { SuiteEngines, SuitesWorld } from '../activities/suites/world.ts';
import type { Retriever } from '../activities/search-ports.ts';
import { writeFileAtomically, writeJsonAtomically } from '../adapters/atomic-write.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { sha256 } from '../adapters/digest.ts';
import { recordEvaluation } from '../adapters/files/eval-ledger.ts';
import { openLongMemEvalStore } from '../adapters/longmemeval/run-store.ts';
import { readQuestion, scanDataset } from '../adapters/longmemeval/scan-dataset.ts';
import { suitePlaces } from '../adapters/suites/suite-places.ts';
import { openSuiteStore } from '../adapters/suites/suite-store.ts';
import { nameHaystack, type SuitePlan } from '../domain/suites/index.ts';
import { openBudget } from './open-budget.ts';
import { openRetriever } from './open-retriever.ts';

/** Where the work is done. */
export interface SuitesPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The world as the activities of a run over suites see it, for one workspace. */
export function createSuitesWorld(place: SuitesPlace): SuitesWorld {
  const { workspace } = place;
  const store = openSuiteStore(workspace);
  const longMemEval = openLongMemEvalStore(workspace);
  return {
    clock: { now, nowMs },
    files: {
      readRun: (runId) => store.readRun(runId) as SuitesRunDocument,
      readPlan: (hash) => store.readPlan(hash) as SuitePlan,
      readLines: store.readLines,
      writeLines: store.writeLines,
      readResult: (runId, runUid) => store.readResult(runId, runUid) as CellResult | null,
      writeResult: (runId, result) => store.writeResult(runId, result.run_uid, result),
      readHypotheses: (runUid) => (longMemEval.has(runUid, 'hypotheses') ? longMemEval.readLines(runUid, 'hypotheses') : null),
      readHaystacks: (run) => readHaystacks(workspace, run),
      writeRows: (path, lines) => {
        const text = lines.map((line) => `${line}\n`).join('');
        writeFileAtomically(path, text);
        return sha256(text);
      },
      tellPath: (path) => {
        const inside = relative(workspace, path);
        return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/');
      },
      close: ({ identity, run_id }) => store.markFinished(identity, run_id),
    },
    record: (record) => recordEvaluation(workspace, record),
    engines: (run, work) => openEngines(place, run, work),
  };
}

/** Haystacks of a dataset, read once and kept: the dataset holds all texts of all sessions. */
async function readHaystacks(workspace: string, { dataset }: LongMemEvalRun): Promise<ReadonlyMap<string, readonly string[]>> {
  const kept = suitePlaces(workspace).haystacks(dataset.sha256);
  if (existsSync(kept)) return new Map(JSON.parse(readFileSync(kept, 'utf8')) as [string, string[]][]);
  const haystacks = new Map<string, readonly string[]>();
  for await (const entry of scanDataset(dataset.path)) {
    if ('fault' in entry) break;
    const named = nameHaystack(readQuestion(dataset.path, entry), sha256);
    if (named !== null && !haystacks.has(named.question_id)) haystacks.set(named.question_id, named.sessions);
  }
  writeJsonAtomically(kept, [...haystacks]);
  return haystacks;
}

async function openEngines({ workspace, env }: SuitesPlace, run: SuitesRunDocument, { place }: JudgedWork): Promise<SuiteEngines> {
  const { run_id: runId, command, cap_usd: capUsd } = run.retrieval_budget;
  const { budget, settledUsd } = countSettled(openBudget({ root: workspace, runId, command, capUsd, settings: run.cost }));
  const root = place === 'workspace' ? workspace : suitePlaces(workspace).collections;
  const opened = new Map<string, Promise<Retriever>>();
  const engineWith = (embedder: string): Promise<Retriever> => {
    const known = opened.get(embedder);
    if (known !== undefined) return known;
    const engine = openRetriever(
      { workspace: root, settings: run.search, base: run.base, env, tell: () => undefined, budget, embedder },
      run.retriever,
    );
    opened.set(embedder, engine);
    return engine;
  };
  return {
    standard: await engineWith(run.search.embedder),
    // An engine of others has no vectors that could be taken from it.
    withoutVectors: () => engineWith(run.retriever === 'builtin' ? 'none' : run.search.embedder),
    settledUsd,
    close: async () => {
      for (const engine of await Promise.allSettled(opened.values())) if (engine.status === 'fulfilled') await engine.value.close();
    },
  };
}

/** The same budget; what this process settles out of it is added up. */
function countSettled(budget: Budget): { readonly budget: Budget; settledUsd(): number } {
  let settled = 0;
  const counting = (reservation: Reservation): Reservation => ({
    ...reservation,
    settle: async (usage) => {
      const usd = await reservation.settle(usage);
      settled += usd;
      return usd;
    },
  });
  return {
    budget: {
      ...budget,
      reserve: async (call) => {
        const answer = await budget.reserve(call);
        return 'refused' in answer ? answer : counting(answer);
      },
      resume: (id, call) => counting(budget.resume(id, call)),
    },
    settledUsd: () => settled,
  };
}
