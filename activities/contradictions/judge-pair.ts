import {
  JUDGE_MAX_TOKENS,
  judgeMessages,
  outcomeOfCall,
  verdictKey,
  type JudgeQuestion,
  type PairOutcome,
} from '../../domain/contradictions/index.ts';
import { OverBudgetError } from '../../domain/shared/errors.ts';
import { askPaid, type KeptCalls, type PaidCall, type UnansweredCall } from '../ask-paid.ts';
import type { ContradictionsRun } from '../contradictions-contract.ts';
import { outcomeName, readPair, readRun, type SettledPair } from './run-files.ts';
import type { ContradictionsWorld } from './world.ts';

/** Has one pair judged, or takes the answer of an earlier run. What came of it is durable once this returns; what the cap forbids is an outcome, too. */
export async function judgePair(
  world: ContradictionsWorld,
  { run_id: runId, pair }: { readonly run_id: string; readonly pair: number },
  signal: AbortSignal,
): Promise<void> {
  const { files } = world;
  if (files.has(runId, outcomeName(pair))) return;
  const run = readRun(files, runId);
  const { query, pair: ends } = readPair(files, runId, pair);
  const question: JudgeQuestion = { query, a: ends.a, b: ends.b, maxPairChars: run.max_pair_chars };
  files.write(runId, outcomeName(pair), (await takeKept(world, run, question)) ?? (await ask(world, run, question, signal)));
}

/** Null where no earlier run has an answer of the judge that is asked now. A call that this run has paid for already counts as its own. */
async function takeKept(world: ContradictionsWorld, run: ContradictionsRun, question: JudgeQuestion): Promise<SettledPair | null> {
  if (run.cache !== 'on' || world.files.has(run.run_id, callName(callKey(run, question)))) return null;
  const snapshot = world.cache.snapshotOf(judgeName(run));
  const kept = world.cache.find(verdictKey(question, { model: run.judge.model, snapshot }));
  if (kept === undefined) return null;
  return { outcome: outcomeOfCall({ state: 'answered', text: kept.text }), source: 'cache', ...NOTHING_PAID, snapshot: kept.snapshot };
}

async function ask(world: ContradictionsWorld, run: ContradictionsRun, question: JudgeQuestion, signal: AbortSignal): Promise<SettledPair> {
  const desk = { kept: keptBy(world, run), budget: world.budget(run), model: world.judge(run), wait: world.wait };
  const messages = judgeMessages(question);
  const asked = { lane: 'judge', server: run.judge, messages, maxTokens: JUDGE_MAX_TOKENS, key: callKey(run, question) } as const;
  try {
    const call = await askPaid(desk, asked, signal);
    const outcome = outcomeOfCall(call);
    const snapshot = call.state === 'answered' ? call.snapshot : null;
    return { outcome, source: 'judge', ...paidFor(call), snapshot, is_kept: keepFor(world, run, question, call, outcome) };
  } catch (error) {
    if (!(error instanceof OverBudgetError)) throw error;
    return { outcome: null, source: 'none', ...NOTHING_PAID, snapshot: null };
  }
}

const NOTHING_PAID = { cost_usd: 0, input_tokens: 0, output_tokens: 0, calls: 0, is_kept: true } as const;

function paidFor(call: PaidCall | UnansweredCall): Pick<SettledPair, 'cost_usd' | 'input_tokens' | 'output_tokens' | 'calls'> {
  const usage = call.state === 'answered' ? call.usage : null;
  return {
    cost_usd: call.cost_usd,
    input_tokens: usage?.prompt_tokens ?? 0,
    output_tokens: usage?.completion_tokens ?? 0,
    calls: call.attempts,
  };
}

/** Keeps an answer that holds a verdict for later runs. False when that failed: the verdict counts all the same. */
function keepFor(
  { cache }: ContradictionsWorld,
  run: ContradictionsRun,
  question: JudgeQuestion,
  call: PaidCall | UnansweredCall,
  outcome: PairOutcome,
): boolean {
  if (run.cache === 'off' || call.state !== 'answered' || outcome.state !== 'judged') return true;
  const { text, snapshot } = call;
  try {
    if (cache.snapshotOf(judgeName(run)) !== snapshot) cache.keepSnapshot(judgeName(run), snapshot);
    cache.keep(verdictKey(question, { model: run.judge.model, snapshot }), { text, snapshot });
    return true;
  } catch {
    return false;
  }
}

/** Two servers may know different models by one name. */
function judgeName({ judge }: ContradictionsRun): string {
  return `${judge.base_url} ${judge.model}`;
}

/** Who answers is not known before the call. */
function callKey({ judge }: ContradictionsRun, question: JudgeQuestion): string {
  return verdictKey(question, { model: judge.model, snapshot: null });
}

function callName(key: string): string {
  return `calls/${key}`;
}

function keptBy({ files }: ContradictionsWorld, { run_id: runId }: ContradictionsRun): KeptCalls {
  return {
    find: (key) => (files.has(runId, callName(key)) ? files.read<PaidCall>(runId, callName(key)) : undefined),
    keep: (key, call) => files.write(runId, callName(key), call),
  };
}
