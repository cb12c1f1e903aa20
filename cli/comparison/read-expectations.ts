import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sha256 } from '../../adapters/digest.ts';
import { parseJson } from '../../adapters/parse-json.ts';
import type { RegisteredExpectations } from '../../domain/comparison/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import { expectationsSchema } from '../../schemas/expectations.ts';
import type { Io } from '../io.ts';
import { PACKAGE_ROOT } from '../version.ts';

/** The expectations that come with the program: what its three modes are expected to do. */
export const SHIPPED_EXPECTATIONS = 'data/expectations/search-modes.json';

/** Reads a file of expectations; `shipped` is the one that comes with the program. CollectionError for one that cannot be read, with the field that is wrong. */
export function readExpectations(io: Io, given: string): RegisteredExpectations {
  const [path, name] =
    given === 'shipped' ? [join(PACKAGE_ROOT, SHIPPED_EXPECTATIONS), SHIPPED_EXPECTATIONS] : [resolve(io.cwd, given), given];
  const bytes = readBytes(path, name);
  const { data, error } = expectationsSchema.safeParse(parseJson(bytes.toString()));
  if (data !== undefined) {
    const twice = data.expectations.find(({ id }, at) => data.expectations.findIndex((other) => other.id === id) !== at);
    if (twice !== undefined) throw refuse(name, 'each id once', `${twice.id} twice`);
    return { file: data, path: name, sha256: sha256(bytes) };
  }
  const [issue] = error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the document' : issue.path.map(String).join('.');
  throw refuse(name, 'a file of expectations', `another form at ${place}: ${issue?.message ?? 'no JSON'}`);
}

function readBytes(path: string, name: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = 'no file' } = error as NodeJS.ErrnoException;
    throw refuse(name, 'a file that can be read', code === 'ENOENT' ? 'none' : code);
  }
}

function refuse(name: string, expected: string, found: string): CollectionError {
  return new CollectionError(
    `reading expectations, on ${name}: expected ${expected}, found ${found}.`,
    'Name a file of the form {schema_version: 1, registered_at, expectations} with --expectations FILE.',
    { flag: '--expectations', file: name },
  );
}
