import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Channel } from '../../../adapters/notify/channel.ts';
import { openChannels } from '../../../adapters/notify/open-channels.ts';
import type { NoticeReceiver } from '../../../schemas/probe-settings.ts';
import { HARBOUR_NOTICE } from '../../support/probe-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const never = new AbortController().signal;

function open(base: string, settings: NoticeReceiver): Channel {
  return openChannels([settings], { base, env: process.env })[0]!;
}

function command(base: string, words: string[], timeout_s = 30): Channel {
  return open(base, { kind: 'command', command: words, timeout_s });
}

describe('a file', () => {
  test('gets a line a notice, its folder made where there is none', async () => {
    const base = temporaryFolder();
    const channel = open(base, { kind: 'file', path: 'bells/notices.jsonl' });
    expect(await channel.deliver(HARBOUR_NOTICE, never)).toEqual({ delivered: true });
    expect(await channel.deliver({ ...HARBOUR_NOTICE, detail: 'a line\nand another' }, never)).toEqual({ delivered: true });
    const lines = readFileSync(join(base, 'bells', 'notices.jsonl'), 'utf8').split('\n');
    expect(lines.map((line) => (line === '' ? null : (JSON.parse(line) as { detail: string }).detail))).toEqual([
      HARBOUR_NOTICE.detail,
      'a line\nand another',
      null,
    ]);
  });
  test('that cannot be written is told by its reason', async () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'notices.jsonl'));
    expect(await open(base, { kind: 'file', path: 'notices.jsonl' }).deliver(HARBOUR_NOTICE, never)).toEqual({
      delivered: false,
      problem: 'the file cannot be written (EISDIR)',
    });
  });
});

describe('a command', () => {
  test('gets the notice on its input, in the folder of the config, and its words as they are', async () => {
    const base = temporaryFolder();
    const script = 'cat > "$1" && printf %s "$2" > words';
    const hostile = '$(touch escaped); `touch escaped`';
    expect(await command(base, ['sh', '-c', script, 'bell', 'notice.json', hostile]).deliver(HARBOUR_NOTICE, never)).toEqual({
      delivered: true,
    });
    expect(JSON.parse(readFileSync(join(base, 'notice.json'), 'utf8'))).toEqual(HARBOUR_NOTICE);
    expect(readFileSync(join(base, 'words'), 'utf8')).toBe(hostile);
  });
  test('is read by no shell', async () => {
    const base = temporaryFolder();
    expect(await command(base, ['true; touch escaped']).deliver(HARBOUR_NOTICE, never)).toEqual({
      delivered: false,
      problem: 'the program cannot be started (ENOENT)',
    });
    expect(existsSync(join(base, 'escaped'))).toBe(false);
  });
  test('that does not read its input has still taken it when it ends well', async () => {
    const long = { ...HARBOUR_NOTICE, detail: 'tide '.repeat(100_000) };
    expect(await command(temporaryFolder(), ['true']).deliver(long, never)).toEqual({ delivered: true });
  });
  test('that ends badly is told by its code or its signal', async () => {
    const base = temporaryFolder();
    expect(await command(base, ['sh', '-c', 'exit 3']).deliver(HARBOUR_NOTICE, never)).toMatchObject({ problem: 'it ended with code 3' });
    expect(await command(base, ['sh', '-c', 'kill -9 $$']).deliver(HARBOUR_NOTICE, never)).toMatchObject({
      problem: 'it was ended by SIGKILL',
    });
  });
  test('that takes too long is killed with all that it started', async () => {
    const base = temporaryFolder();
    const script = 'sleep 600 & echo $! > child; wait';
    const delivery = await command(base, ['sh', '-c', script], 1).deliver(HARBOUR_NOTICE, never);
    expect(delivery).toEqual({ delivered: false, problem: 'it did not end within 1 s' });
    const child = Number(readFileSync(join(base, 'child'), 'utf8'));
    await expect.poll(() => isRunning(child)).toBe(false);
  });
  test('leaves nothing running behind, though it ended well itself', async () => {
    const base = temporaryFolder();
    expect(await command(base, ['sh', '-c', 'sleep 600 & echo $! > child']).deliver(HARBOUR_NOTICE, never)).toEqual({ delivered: true });
    const child = Number(readFileSync(join(base, 'child'), 'utf8'));
    await expect.poll(() => isRunning(child)).toBe(false);
  });
  test('is killed when the caller breaks off', async () => {
    const stop = new AbortController();
    const delivery = command(temporaryFolder(), ['sleep', '600']).deliver(HARBOUR_NOTICE, stop.signal);
    stop.abort(new Error('the worker goes home'));
    await expect(delivery).rejects.toThrow('the worker goes home');
  });
});

describe('the name', () => {
  const base = '/harbour';
  const hook = {
    kind: 'webhook',
    url: 'https://hooks.example/services/secret',
    secret_env: 'S',
    allow_private: false,
    timeout_s: 10,
  } as const;
  test('of a web address is its host, because the rest may be a secret', () => {
    const { id, name } = open(base, hook);
    expect(name).toBe('webhook hooks.example');
    expect(id).not.toContain('secret');
  });
  test('of one address is one, whatever else is set', () => {
    const channels = openChannels([hook, { ...hook, timeout_s: 20 }, { ...hook, url: 'https://hooks.example/services/other' }], {
      base,
      env: {},
    });
    expect(channels.map(({ id }) => id)).toHaveLength(2);
    expect(new Set(channels.map(({ id }) => id)).size).toBe(2);
  });
});

/** A zombie has ended: only nobody has asked how yet. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
