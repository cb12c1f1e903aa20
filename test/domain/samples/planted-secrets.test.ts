import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readFolder, readTruth, SAMPLES_FOLDER } from './read-samples.ts';

const files = readFolder(SAMPLES_FOLDER);
const { secrets, records } = readTruth();
const bookkeeping = ['truth.json', 'lauter.config.json', 'README.md'];

describe('planted secrets', () => {
  test('each stands in a trace file of its stream', () => {
    const lost = secrets.filter(({ stream, parts }) => {
      return ![...files].some(([path, bytes]) => path.startsWith(`${stream}/`) && bytes.includes(parts.join('')));
    });
    expect(lost).toEqual([]);
    expect(secrets.length).toBeGreaterThan(100);
  });

  test('none stands whole in the truth file, in the config or in the note', () => {
    for (const name of bookkeeping) {
      const text = String(files.get(name));
      expect(secrets.filter(({ parts }) => text.includes(parts.join('')))).toEqual([]);
    }
  });

  test('all kinds are there, in prompts, tool results and answers', () => {
    expect([...new Set(secrets.map(({ kind }) => kind))].sort().join(' ')).toEqual(
      'aws_key_id aws_secret bearer card connection_password email github_token iban jwt ' + 'model_key password phone private_key ssn',
    );
    expect(rolesWithSecrets()).toEqual(new Set(['user', 'tool', 'assistant']));
  });

  test('a broken line holds one too', () => {
    const [line] = records.filter(({ planted }) => planted.includes('secret_in_broken_line'));
    const text = String(files.get(line?.file ?? '')).split('\n')[line?.line ?? -1] ?? '';
    expect(secrets.filter(({ parts }) => text.includes(parts.join('')))).toHaveLength(1);
  });

  test('the source of the generator holds nothing that looks like one', () => {
    const source = readFolder(fileURLToPath(new URL('../../../domain/samples', import.meta.url)));
    const texts = [...source.values()].map(String).join('\n');
    expect(texts.match(/AKIA[A-Z0-9]{16}|gh[pousr]_\w{20}|\bsk-[\w-]{20}|eyJ[\w-]{10}|-----BEGIN [A-Z ]+-----/g)).toBeNull();
    expect(readFileSync(fileURLToPath(new URL('../../../domain/samples/secret-mint.ts', import.meta.url)), 'utf8')).toContain(
      "['AK', 'IA'",
    );
  });
});

function rolesWithSecrets(): Set<string> {
  const roles = new Set<string>();
  for (const [path, bytes] of files) {
    if (!/^(support-desk|booking-agent)\//.test(path)) continue;
    for (const line of bytes.toString('utf8').split('\n')) {
      for (const [, role, content] of line.matchAll(/"role":"(\w+)"[^{]*"content":"((?:[^"\\]|\\.)*)"/g)) {
        if (secrets.some(({ parts }) => content?.includes(parts.join('')))) roles.add(role as string);
      }
    }
  }
  return roles;
}
