import { expect, test } from 'vitest';
import { awaitPromptNotice } from '../../../cli/contradictions/await-prompt-notice.ts';
import { UsageError } from '../../../domain/shared/errors.ts';
import { recordingIo } from '../../support/recording-io.ts';

const CHANGED = { before: 'judge-1', now: 'judge-2' };

test('nothing is said before the first run, or while the prompt stays what it was', async () => {
  const io = recordingIo({ isTerminal: true });
  expect(await awaitPromptNotice(io, { before: null, now: 'judge-2' })).toBe('go');
  expect(await awaitPromptNotice(io, { before: 'judge-2', now: 'judge-2' })).toBe('go');
  expect(io.said()).toBe('');
});

test('without a terminal a change is told and nobody waits', async () => {
  const io = recordingIo();
  expect(await awaitPromptNotice(io, CHANGED)).toBe('go');
  expect(io.said()).toContain('from judge-1 to judge-2');
});

test('at a terminal an interrupt ends the wait, and nothing was called', async () => {
  const io = recordingIo({ isTerminal: true });
  const waiting = awaitPromptNotice(io, CHANGED);
  io.interrupt();
  expect(await waiting).toBe('aborted');
  expect(io.said()).toContain('beginning in 10 s');
});

test.each([{ LAUTER_NO_PROBE_PROMPT: '1' }, { LAUTER_PROBE_PROMPT_GRACE_SECONDS: '0' }])('%j goes on at once', async (env) => {
  expect(await awaitPromptNotice(recordingIo({ isTerminal: true, env }), CHANGED)).toBe('go');
});

test.each(['soon', '-1', 'NaN', '1e9'])('a wait of %j is refused', async (seconds) => {
  const io = recordingIo({ env: { LAUTER_PROBE_PROMPT_GRACE_SECONDS: seconds } });
  await expect(awaitPromptNotice(io, CHANGED)).rejects.toThrow(UsageError);
});
