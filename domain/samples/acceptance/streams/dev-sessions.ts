import { createRandom, deriveSeed } from '../../../shared/random.ts';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { createSession, type SessionWriter } from '../../session-writer.ts';
import type { Leaks } from '../leaks.ts';
import { SILENT, trap, UNKNOWN, type Attempt, type LaidFile, type Stream } from '../telling.ts';

/** Sessions of a coding agent: a fork, a sub-agent, an interruption, a cut line. Nobody says whether the work was any good, so none may be accepted. */
export function tellDevSessions(seed: number, leaks: Leaks): Stream {
  const random = createRandom(deriveSeed(seed, 'acceptance-sessions'));
  const open = (at: string, more: { sessionId?: string; agentId?: string } = {}): SessionWriter => createSession(random, { at, ...more });
  return {
    name: 'dev-sessions',
    adapter: 'claude-code',
    isLabelled: false,
    paths: ['dev-sessions/**/*.jsonl'],
    files: [
      forked(open('2026-05-04T08:00:00.000Z'), leaks),
      ...delegated(open('2026-05-04T11:00:00.000Z'), (sessionId) => open('2026-05-04T11:10:00.000Z', { sessionId, agentId: 'a11ce5' })),
      cancelled(open('2026-05-05T08:00:00.000Z')),
      unanswered(open('2026-05-05T09:00:00.000Z')),
    ],
  };
}

function forked(session: SessionWriter, leaks: Leaks): LaidFile {
  session.note({
    type: 'file-history-snapshot',
    messageId: session.sessionId,
    snapshot: { trackedFileBackups: {} },
    isSnapshotUpdate: false,
  });
  session.user('The late fine is computed for closed days too. Please mend it.');
  session.tool('Bash', { command: 'cat .env' }, leaks.say('aws_key_id', 'tool result of a session'));
  const fork = session.head;
  const before = session.lines.length;
  session.user('Go on, but keep it small.');
  session.say('I left out closed days in `late_fine.py` and ran its tests.');
  const first = [...range(1, before), ...range(before, session.lines.length)];
  session.goTo(fork);
  const turn = session.lines.length;
  session.user('Wait. Write a failing test first.');
  session.say('There is a failing test now, in `test_late_fine.py`.');
  const second = [...range(1, before), ...range(turn, session.lines.length)];
  return lay(`dev-sessions/${session.sessionId}.jsonl`, session, [
    branch(first, trap(UNKNOWN, 'fork', 'leak')),
    branch(second, trap(UNKNOWN, 'fork', 'leak')),
  ]);
}

function delegated(session: SessionWriter, startAgent: (sessionId: string) => SessionWriter): LaidFile[] {
  const task = 'List all callers of the loan counter.';
  session.user('Who calls the loan counter? Use a sub-agent.');
  session.tool('Task', { description: 'Find callers', prompt: task, subagent_type: 'general-purpose' }, 'Two callers.', false);
  session.say('Two places call it, both in the desk module.');
  const agent = startAgent(session.sessionId);
  agent.user(task);
  agent.tool('Grep', { pattern: 'count_loans', path: 'catalogue' }, 'catalogue/desk.py:12\ncatalogue/desk.py:90');
  agent.say('Two callers, both in catalogue/desk.py.');
  const cut = JSON.stringify(session.lines.at(-1)).slice(0, 90);
  return [
    lay(`dev-sessions/${session.sessionId}.jsonl`, session, [branch(range(0, session.lines.length), UNKNOWN)], cut),
    lay(`dev-sessions/${session.sessionId}/subagents/agent-a11ce5.jsonl`, agent, [
      branch(range(0, agent.lines.length), trap(UNKNOWN, 'sub_agent')),
    ]),
  ];
}

function cancelled(session: SessionWriter): LaidFile {
  session.user('Rename the module of the book bus.');
  session.tool('Read', { file_path: 'catalogue/bus.py' }, 'class Bus: ...');
  session.user('[Request interrupted by user]');
  return lay(`dev-sessions/${session.sessionId}.jsonl`, session, [branch(range(0, session.lines.length), trap(UNKNOWN, 'cancelled'))]);
}

function unanswered(session: SessionWriter): LaidFile {
  session.user('Is anybody working today?');
  return lay(`dev-sessions/${session.sessionId}.jsonl`, session, [branch(range(0, session.lines.length), trap(SILENT, 'no_output'))]);
}

/** A branch stands at its first line and is signed by all of its lines. */
function branch(lines: readonly number[], attempt: Attempt) {
  return { line: lines[0] ?? 0, ...attempt, parts: lines.map((line) => ({ line })) };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

function lay(path: string, session: SessionWriter, attempts: LaidFile['attempts'], cutLine?: string): LaidFile {
  const text = session.lines.map((line) => `${JSON.stringify(line)}\n`).join('') + (cutLine ?? '');
  return {
    path,
    bytes: utf8ToBytes(text),
    attempts,
    refused: cutLine === undefined ? [] : [{ line: session.lines.length, reason: 'truncated_line' }],
  };
}
