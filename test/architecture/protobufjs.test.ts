import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { expect, test } from 'vitest';

interface PackageEntry {
  readonly version?: string;
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')) as Content;
}

/** Where each copy of protobufjs lies and its version, by a lockfile of npm. */
function copiesIn(lockfile: { readonly packages: Readonly<Record<string, PackageEntry>> }): readonly (readonly [string, string])[] {
  return Object.entries(lockfile.packages).flatMap(([path, { version = '' }]) =>
    path.endsWith('node_modules/protobufjs') ? [[path, version] as const] : [],
  );
}

test.each(['../../package-lock.json', '../../node_modules/.package-lock.json'])(
  '%s holds one copy of protobufjs 8, at the root',
  (lockfile) => {
    const modern = copiesIn(readJson(lockfile)).filter(([, version]) => !version.startsWith('7.'));
    expect(modern).toEqual([['node_modules/protobufjs', expect.stringMatching(/^8\./)]]);
  },
);

test('the only older copy belongs to the loader of protocol files', () => {
  const old = copiesIn(readJson('../../package-lock.json')).filter(([, version]) => version.startsWith('7.'));
  expect(old.map(([path]) => path)).toEqual(['node_modules/@grpc/proto-loader/node_modules/protobufjs']);
});

test('a second copy would be found', () => {
  const nested = {
    packages: {
      'node_modules/protobufjs': { version: '8.8.1' },
      'node_modules/@temporalio/proto/node_modules/protobufjs': { version: '8.7.1' },
    },
  };
  expect(copiesIn(nested)).toHaveLength(2);
});

test('a history comes back from JSON as it was', () => {
  const written = readJson<object>('../replay/histories/distill-failed.json');
  expect(JSON.parse(historyToJSON(historyFromJSON(written)))).toEqual(written);
});
