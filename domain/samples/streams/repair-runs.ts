import type { JsonObject } from '../../shared/json.ts';
import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cycle, dealDeck } from '../deck.ts';
import { layDocument } from '../lay-files.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { machineLine, type MachineKind } from '../secret-sentences.ts';
import type { LaidFile, Stream, Telling } from '../telling.ts';
import { drawIssueFacts, showLines, testReport } from '../texts/repository.ts';
import { SITE_ISSUES, type SiteIssue } from '../texts/site-issues.ts';
import { callId } from '../tool-turns.ts';
import { unifiedDiff } from '../unified-diff.ts';

// `exit_status` says how a run ended, never whether the issue is mended: no run may be accepted.
const EXITS = {
  submitted: { truth: 'none', expected: 'needs_human_review', planted: ['unlabelled'] },
  exit_cost: { truth: 'none', expected: 'needs_human_review', planted: ['truncated'] },
  exit_context: { truth: 'none', expected: 'needs_human_review', planted: ['truncated'] },
  early_exit: { truth: 'none', expected: 'rejected', planted: ['no_assistant_turn'] },
} satisfies Record<string, Omit<Telling, 'task'>>;
type Exit = keyof typeof EXITS;

interface Step {
  readonly thought: string;
  readonly action: string;
  readonly observation: string;
}

const SYSTEM =
  'SETTING: You work on the booking site of Tidewater Cycles from a shell. Use one command at a time, run the tests, and submit when the issue is mended.';
const INSTRUCTIONS = 'Edit the files and run the tests as you need. When the issue is mended, submit. Give one command in each answer.';
const LEAKS: readonly (MachineKind | undefined)[] = [undefined, 'bearer', undefined, undefined, 'private_key', undefined, 'github_token'];

/** Runs of a repository agent in both generations of its file format; nobody judged them. */
export function tellRepairRuns(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'repair-runs'));
  const mint = createSecretMint(random);
  const nextIssue = cycle(random, SITE_ISSUES);
  const exits: Exit[] = dealDeck(random, { submitted: 10, exit_cost: 2, exit_context: 1, early_exit: 1 });
  const files = exits.map((exit, nth) =>
    tellRun(`tidewater__booking-site-${700 + nth * 4}`, exit, nth % 2 === 0, nextIssue(), random, mint, LEAKS[nth % LEAKS.length]),
  );
  const about = 'Runs of a repository agent, never judged, in two generations of the format.';
  return { name: 'repair-runs', adapter: 'swe-agent', about, paths: ['repair-runs/*.traj'], files, secrets: mint.minted() };
}

function tellRun(
  id: string,
  exit: Exit,
  isOlder: boolean,
  issue: SiteIssue,
  random: Random,
  mint: SecretMint,
  leak?: MachineKind,
): LaidFile {
  const facts = drawIssueFacts(random);
  const steps =
    exit === 'early_exit' ? [] : stepsOf(issue, facts, random, leak === undefined ? '' : `${machineLine(leak, mint, random)}\n`);
  const walked = exit === 'submitted' ? steps : steps.slice(0, -2);
  const task = `We're currently solving the following issue within our repository. Here's the issue text:\nISSUE:\n${issue.text(facts)}\n\nINSTRUCTIONS:\n${INSTRUCTIONS}\n`;
  const history: JsonObject[] = [
    { role: 'system', content: SYSTEM, agent: 'main', message_type: 'system_prompt' },
    { role: 'user', content: task, agent: 'main', message_type: 'observation' },
    ...walked.flatMap((step, nth) =>
      isOlder ? olderTurns(step, nth === walked.length - 1) : newerTurns(step, callId(random), nth === walked.length - 1),
    ),
  ];
  const info = {
    exit_status: exit,
    ...(exit === 'submitted' ? { submission: unifiedDiff(issue[random.int(3) === 0 ? 'miss' : 'fix'](facts)) } : {}),
    model_stats: {
      instance_cost: random.int(90) / 100,
      tokens_sent: 4000 + random.int(9000),
      tokens_received: 200 + random.int(600),
      api_calls: walked.length,
    },
  };
  const trajectory = walked.map((step) => ({ ...step, response: step.thought, state: stateOf(id, isOlder) }));
  const planted = [...EXITS[exit].planted, ...(leak === undefined || walked.length === 0 ? [] : [`secret:${leak}`])];
  return layDocument(`repair-runs/${id}.traj`, {
    ...EXITS[exit],
    planted,
    task: id,
    day: 'undated',
    value: { environment: 'swe_main', trajectory, history, info },
  });
}

function stepsOf(issue: SiteIssue, facts: Parameters<SiteIssue['fix']>[0], random: Random, leak: string): Step[] {
  const change = issue.fix(facts);
  return [
    {
      thought: 'Let me see how the repository is laid out.',
      action: 'ls -a booking_site',
      observation: `${leak}__init__.py\n${facts.module}\nsettings.py\n`,
    },
    {
      thought: `The issue is about ${facts.noun}, so I open ${change.path}.`,
      action: `open ${change.path} ${change.at}`,
      observation: `[File: ${change.path}]\n${showLines(change, ':')}\n`,
    },
    {
      thought: 'I see the line that causes it. I will replace it.',
      action: `edit ${change.at}:${change.at + 2}\n${change.added.join('\n')}\nend_of_edit`,
      observation: 'File updated. Please review the changes and make sure they are correct.\n',
    },
    {
      thought: 'Now the tests of this module.',
      action: `python -m pytest -q tests/${facts.module}`,
      observation: `${testReport(random, random.int(3) === 0 ? 1 : 0)}\n`,
    },
    { thought: 'That looks right, so I submit.', action: 'submit', observation: '' },
  ];
}

function olderTurns({ thought, action, observation }: Step, isLast: boolean): JsonObject[] {
  const act = {
    role: 'assistant',
    content: `${thought}\n\`\`\`\n${action}\n\`\`\``,
    thought,
    action,
    agent: 'main',
    message_type: 'action',
  };
  return isLast ? [act] : [act, { role: 'user', content: `${observation}bash-$`, agent: 'main', message_type: 'observation' }];
}

function newerTurns({ thought, action, observation }: Step, id: string, isLast: boolean): JsonObject[] {
  const call = { function: { arguments: JSON.stringify({ command: action }), name: action.split(' ')[0] ?? action }, id, type: 'function' };
  const act = { role: 'assistant', content: thought, thought, action, agent: 'main', tool_calls: [call], message_type: 'action' };
  return isLast ? [act] : [act, { role: 'tool', content: observation, agent: 'main', tool_call_ids: [id], message_type: 'observation' }];
}

// The older files hold the state as text, the newer ones as an object.
function stateOf(id: string, isOlder: boolean): JsonObject | string {
  const state = { open_file: 'n/a', working_dir: `/${id}` };
  return isOlder ? `${JSON.stringify(state)}\n` : state;
}
