import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cycle, dealDeck } from '../deck.ts';
import { laySession } from '../lay-files.ts';
import { dayOf, momentWithin } from '../moments.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { machineLine, type MachineKind } from '../secret-sentences.ts';
import { createSession, type SessionWriter } from '../session-writer.ts';
import type { LaidFile, Stream, Telling } from '../telling.ts';
import { REFUSALS } from '../texts/refusals.ts';
import { drawIssueFacts, showLines, testReport } from '../texts/repository.ts';
import { SITE_ISSUES, type IssueFacts, type SiteIssue } from '../texts/site-issues.ts';

// Sessions carry no truth at all: whatever happened in them, none may be accepted.
const KINDS = {
  finished: { expected: 'needs_human_review' },
  cancelled: { expected: 'needs_human_review', planted: ['cancelled'] },
  errored: { expected: 'needs_human_review', planted: ['errored'] },
  forked: { expected: 'needs_human_review', planted: ['fork'] },
  with_sub_agent: { expected: 'needs_human_review', planted: ['starts_sub_agent'] },
  cut: { expected: 'needs_human_review', planted: ['cut_last_line'] },
  noisy: { expected: 'needs_human_review', planted: ['leading_noise'] },
  huge: { expected: 'needs_human_review', planted: ['huge_tool_result'] },
  refused: { expected: 'rejected', planted: ['refusal'] },
  silent: { expected: 'rejected', planted: ['no_assistant_turn'] },
} satisfies Record<string, Omit<Telling, 'task' | 'truth'>>;
type Kind = keyof typeof KINDS;

const LEAKS: readonly MachineKind[] = ['model_key', 'connection_password', 'aws_key_id', 'password'];

/** Sessions of a coding agent in the developers' terminals, with sub-agents, forks, interruptions, and no truth. */
export function tellDevSessions(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'dev-sessions'));
  const mint = createSecretMint(random);
  const nextIssue = cycle(random, SITE_ISSUES);
  const kinds: Kind[] = dealDeck(random, {
    finished: 8,
    cancelled: 3,
    errored: 1,
    forked: 2,
    with_sub_agent: 2,
    cut: 1,
    noisy: 1,
    huge: 1,
    refused: 1,
    silent: 1,
  });
  const files = kinds.flatMap((kind, nth) =>
    tellSession(kind, nextIssue(), random, mint, nth % 5 === 2 ? LEAKS[(nth - 2) / 5] : undefined),
  );
  const about = 'Coding-agent sessions of the developers, with sub-agents and forks, without any truth.';
  return { name: 'dev-sessions', adapter: 'claude-code', about, paths: ['dev-sessions/**/*.jsonl'], files, secrets: mint.minted() };
}

function tellSession(kind: Kind, issue: SiteIssue, random: Random, mint: SecretMint, leak?: MachineKind): LaidFile[] {
  const startedAt = momentWithin(random);
  const session = createSession(random, { at: startedAt });
  const facts = drawIssueFacts(random);
  const leaves: string[] = [];
  const extraFiles: LaidFile[] = [];
  session.note({
    type: 'file-history-snapshot',
    messageId: session.sessionId,
    snapshot: { trackedFileBackups: {} },
    isSnapshotUpdate: false,
  });
  session.user(`${issue.text(facts)} Please fix it and run the tests.`);
  const isWorking = kind !== 'silent' && kind !== 'refused';
  if (kind === 'refused') session.say(random.pick(REFUSALS));
  if (isWorking) startWork(session, issue, facts, random, leak === undefined ? '' : machineLine(leak, mint, random));
  switch (kind) {
    case 'cancelled':
      session.user('[Request interrupted by user]');
      break;
    case 'errored':
      session.system({ subtype: 'api_error', level: 'error', cause: { code: 'ConnectionRefused' }, retryAttempt: 10, maxRetries: 10 });
      session.fail('API Error: Connection refused after 10 tries');
      break;
    case 'forked':
      leaves.push(forkOff(session, issue, facts, random));
      break;
    case 'with_sub_agent':
      extraFiles.push(delegate(session, facts, random));
      break;
    case 'huge':
      session.tool('Bash', { command: 'cat logs/sync.log' }, hugeLog(random));
      break;
    default:
  }
  if (isWorking && kind !== 'cancelled' && kind !== 'errored') finish(session, issue, facts, random);
  leaves.push(session.head as string);
  const known: Omit<Telling, 'task' | 'truth'> = KINDS[kind];
  const telling = { ...known, truth: 'none', task: session.sessionId, day: dayOf(startedAt) };
  const planted = [...(known.planted ?? []), ...(leak === undefined || !isWorking ? [] : [`secret:${leak}`])];
  const endings = leaves.map((leaf) => ({ ...telling, planted, leaf }));
  return [laySession(`dev-sessions/${session.sessionId}.jsonl`, session.lines, endings, extrasOf(kind, session)), ...extraFiles];
}

function startWork(session: SessionWriter, issue: SiteIssue, facts: IssueFacts, random: Random, leak: string): void {
  const change = issue.fix(facts);
  session.think(`The report is about ${facts.noun} in ${facts.module}. I should read the file before I change anything.`);
  session.say(
    random.pick([
      'I’ll look at the module first.',
      'Let me read the code that the report points to.',
      'I start with the file and its tests.',
    ]),
  );
  if (leak !== '') session.tool('Bash', { command: 'cat .env', description: 'Read the settings' }, `STATION=mill-quay\n${leak}\nWORKERS=2`);
  session.tool('Read', { file_path: `/home/dev/booking-site/${change.path}` }, showLines(change, '→'), random.int(2) === 0);
}

function finish(session: SessionWriter, issue: SiteIssue, facts: IssueFacts, random: Random): void {
  const change = issue[random.int(4) === 0 ? 'miss' : 'fix'](facts);
  session.tool(
    'Edit',
    { file_path: `/home/dev/booking-site/${change.path}`, old_string: change.removed.join('\n'), new_string: change.added.join('\n') },
    `The file ${change.path} has been updated.`,
  );
  session.tool(
    'Bash',
    { command: `python -m pytest -q tests/${facts.module}` },
    testReport(random, random.int(4) === 0 ? 1 : 0),
    random.int(2) === 0,
  );
  session.say(`I changed \`${change.path}\` so that ${facts.noun} behave as described, and ran the tests of ${facts.module}.`);
  session.note({ type: 'summary', summary: `Fix ${issue.name} for ${facts.noun}`, leafUuid: session.head });
}

/** Finishes, then goes back to before the work and asks differently; returns the end of the first branch. */
function forkOff(session: SessionWriter, issue: SiteIssue, facts: IssueFacts, random: Random): string {
  const forkPoint = session.head;
  session.user('Yes, go on, but keep the change small.');
  finish(session, issue, facts, random);
  const firstEnd = session.head as string;
  session.goTo(forkPoint);
  session.user('Wait. Write a failing test before you change anything.');
  session.tool(
    'Write',
    {
      file_path: `/home/dev/booking-site/tests/${facts.module}/test_${issue.name.replaceAll('-', '_')}.py`,
      content: 'def test_report():\n    ...\n',
    },
    'File created.',
  );
  return firstEnd;
}

/** Hands a search to a sub-agent, whose talk stands in a file of its own below the session's folder. */
function delegate(session: SessionWriter, facts: IssueFacts, random: Random): LaidFile {
  const prompt = `List all callers of the ${facts.noun} queries in ${facts.module} and say which of them pass filters.`;
  session.tool(
    'Task',
    { description: 'Find callers', prompt, subagent_type: 'general-purpose' },
    `Three callers, two of them in ${facts.module}/views.py.`,
    false,
  );
  const agentId = `a${random.int(0xffffff).toString(16).padStart(6, '0')}`;
  const agent = createSession(random, { at: String(session.lines.at(-1)?.['timestamp']), sessionId: session.sessionId, agentId });
  agent.user(prompt);
  agent.tool(
    'Grep',
    { pattern: `collect_${facts.noun}`, path: 'booking_site' },
    `booking_site/${facts.module}/views.py:31\nbooking_site/${facts.module}/views.py:58\nbooking_site/reports.py:12`,
  );
  agent.say(`Three callers, two of them in ${facts.module}/views.py. Only the one in reports.py passes filters.`);
  const telling = {
    truth: 'none',
    expected: 'needs_human_review',
    task: `${session.sessionId}/${agentId}`,
    planted: ['sub_agent'],
  } as const;
  const ending = { ...telling, day: dayOf(String(agent.lines.at(-1)?.['timestamp'])), leaf: agent.head as string };
  return laySession(`dev-sessions/${session.sessionId}/subagents/agent-${agentId}.jsonl`, agent.lines, [ending]);
}

function extrasOf(kind: Kind, session: SessionWriter): { noise?: string[]; cutLine?: string } {
  if (kind === 'noisy') return { noise: ['// Session of the booking site, kept as an example', '// Demonstrates: read, edit, test'] };
  if (kind !== 'cut') return {};
  const next = JSON.stringify({ ...session.lines.at(-2), uuid: 'the-agent-was-stopped-while-writing' });
  return { cutLine: next.slice(0, Math.floor(next.length * 0.7)) };
}

function hugeLog(random: Random): string {
  const line = () =>
    `2026-03-0${2 + random.int(4)} ${10 + random.int(10)}:${10 + random.int(50)} dock ${random.int(24) + 1} sync ${random.pick(['ok', 'ok', 'ok', 'retry', 'timeout'])} after ${random.int(900)} ms`;
  return Array.from({ length: 500 }, line).join('\n');
}
