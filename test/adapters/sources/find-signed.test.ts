import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { filesAround } from '../../../adapters/sources/files-around.ts';
import { findSigned, type SoughtRecord } from '../../../adapters/sources/find-signed.ts';
import type { SourcePart } from '../../../schemas/plan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** Canonical already: keys in order, no blanks. */
const record = (answer: string): string =>
  `{"messages":[{"content":"Low tide?","role":"user"},{"content":"${answer}","role":"assistant"}]}`;
const LINES = ['At six.', 'At seven.', 'At eight.'].map(record);

/** The second record of a file of three, as a run read it. */
function sought(name: string, content: string | Uint8Array, more: Partial<SourcePart> = {}): SoughtRecord & { readonly path: string } {
  const path = join(temporaryFolder({ [name]: content }), name);
  const sigHash = sha256(LINES[1]!);
  const bytes = readFileSync(path);
  const part: SourcePart = {
    path,
    source_file: name,
    layout: 'lines',
    compression: 'none',
    start: 0,
    end: bytes.length,
    line: 0,
    is_last: true,
    digest: sha256(bytes),
    file_time: '2026-03-02T08:15:00Z',
    ...more,
  };
  const locator = part.layout === 'elements' ? { pointer: '/1' } : { line: 1 };
  return {
    path,
    part,
    adapter: 'openai-chat',
    options: {},
    maxRecordBytes: 1 << 20,
    evidenceId: sha256(`openai-chat\n${sigHash}\n`),
    sigHash,
    locator,
    plannedBytes: bytes.length,
  };
}

const FILE = `${LINES.join('\n')}\n`;

describe('a record where it stood', () => {
  test('in a line file, plain or packed, and in an array', async () => {
    for (const asked of [
      sought('desk.jsonl', FILE),
      sought('desk.jsonl.gz', gzipSync(FILE), { compression: 'gzip' }),
      sought('desk.json', `[${LINES.join(',\n')}]`, { layout: 'elements' }),
    ]) {
      expect(await findSigned(asked)).toMatchObject({ state: 'found', record: { sigHash: asked.sigHash, evidenceId: asked.evidenceId } });
    }
  });

  test('in a later block, also after the file grew', async () => {
    const start = LINES[0]!.length + 1;
    const asked = sought('desk.jsonl', FILE, { start, line: 1 });
    appendFileSync(asked.path, `${record('At nine.')}\n`);
    expect(await findSigned(asked)).toMatchObject({ state: 'found', record: { line: 1 } });
  });

  test('in a file that was packed in its place', async () => {
    const asked = sought('desk.jsonl', FILE);
    writeFileSync(asked.path, gzipSync(FILE));
    expect(await findSigned(asked)).toMatchObject({ state: 'found' });
  });

  test('though blanks and the order of its keys are others: they are not signed', async () => {
    const asked = sought('desk.jsonl', FILE);
    const { messages } = JSON.parse(LINES[1]!) as { messages: { content: string; role: string }[] };
    const other = `{ "messages": [${messages.map(({ content, role }) => `{"role": "${role}", "content": "${content}"}`).join(', ')}] }`;
    writeFileSync(asked.path, FILE.replace(LINES[1]!, other));
    expect(await findSigned(asked)).toMatchObject({ state: 'found' });
  });
});

describe('a record that is not where it stood', () => {
  test('the lines before it became more without a change of its bytes offset', async () => {
    const start = LINES[0]!.length + 1;
    const asked = sought('desk.jsonl', FILE, { start, line: 1 });
    const broken = `${LINES[0]!.slice(0, 10)}\n${LINES[0]!.slice(11)}`;
    writeFileSync(asked.path, FILE.replace(LINES[0]!, broken));
    expect(await findSigned(asked)).toMatchObject({ state: 'elsewhere', record: { line: 2 } });
  });

  test('was changed', async () => {
    const asked = sought('desk.jsonl', FILE);
    writeFileSync(asked.path, FILE.replace('At seven.', 'At noon..'));
    expect(await findSigned(asked)).toMatchObject({ state: 'changed', record: { sigHash: sha256(record('At noon..')) } });
  });

  test('was cut off, or became something that is no record', async () => {
    const asked = sought('desk.jsonl', FILE);
    writeFileSync(asked.path, `${LINES[0]!}\n${LINES[1]!.slice(0, 20)}`);
    expect(await findSigned(asked)).toEqual({ state: 'no_record', bytes: LINES[0]!.length + 21 });
  });

  test('went to another file beside it', async () => {
    const asked = sought('desk.jsonl', FILE);
    renameSync(asked.path, `${asked.path}.1`);
    expect(await findSigned(asked)).toMatchObject({ state: 'moved', path: `${asked.path}.1`, isGone: true, record: { line: 1 } });
    writeFileSync(asked.path, `${record('A new day.')}\n`);
    expect(await findSigned(asked)).toMatchObject({ state: 'moved', isGone: false });
  });

  test('is gone, or stands in an archive that is torn', async () => {
    const asked = sought('desk.jsonl', FILE);
    rmSync(asked.path);
    expect(await findSigned(asked)).toEqual({ state: 'gone' });
    writeFileSync(asked.path, gzipSync(FILE).subarray(0, 30));
    expect(await findSigned(asked)).toMatchObject({ state: 'unreadable' });
  });
});

test('files that may be the same one under another name, the likeliest first', () => {
  const folder = temporaryFolder({
    'desk.jsonl': 'abc',
    'desk.jsonl.2.gz': '',
    'desk-2026-03-02.jsonl': '',
    'desktop.jsonl': '',
    'other.jsonl': 'xyz',
    'unlike.jsonl': 'longer',
  });
  const names = filesAround(join(folder, 'desk.jsonl'), 3).map((path) => path.slice(folder.length + 1));
  expect(names).toEqual(['desk.jsonl.2.gz', 'desk-2026-03-02.jsonl', 'other.jsonl']);
  expect(filesAround(join(folder, 'nowhere', 'desk.jsonl'), 3)).toEqual([]);
});
