import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { sha256 } from '../../adapters/digest.ts';
import { signedTextOf, type SignatureFact } from '../../domain/acceptance/index.ts';
import type { Planted } from '../../schemas/acceptance-planted.ts';

/** The signature of every planted attempt, computed from the files of the fixture as they lie there now, without the pipeline's readers. */
export function signatureFacts(fixture: string, { files }: Planted): SignatureFact[] {
  return files.flatMap(({ file, attempts }) => {
    if (attempts.length === 0) return [];
    const source = readSource(join(fixture, file));
    return attempts.map((attempt) => {
      const text = source === undefined ? undefined : signedOrNothing(attempt, source);
      return { file, attempt, sig_hash: text === undefined ? null : sha256(text) };
    });
  });
}

type Source = Parameters<typeof signedTextOf>[1];

function readSource(path: string): Source | undefined {
  try {
    const bytes = readFileSync(path);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const isArchive = bytes.subarray(0, 2).toString('latin1') === 'PK';
    return { text: (isPacked ? gunzipSync(bytes) : bytes).toString('utf8'), members: isArchive ? membersOf(bytes) : new Map() };
  } catch {
    return undefined;
  }
}

/** A file that was changed may be JSON no longer. */
function signedOrNothing(attempt: SignatureFact['attempt'], source: Source): string | undefined {
  try {
    return signedTextOf(attempt, source);
  } catch {
    return undefined;
  }
}

const LOCAL_HEADER = 0x04034b50;

/** The members of a zip archive, read from its beginning; the fixture's states the size of each before its bytes. */
function membersOf(bytes: Buffer): Map<string, string> {
  const members = new Map<string, string>();
  for (let at = 0; at + 30 <= bytes.length && bytes.readUInt32LE(at) === LOCAL_HEADER;) {
    const [method, size] = [bytes.readUInt16LE(at + 8), bytes.readUInt32LE(at + 18)];
    const name = at + 30;
    const content = name + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const packed = bytes.subarray(content, content + size);
    members.set(
      bytes.toString('utf8', name, name + bytes.readUInt16LE(at + 26)),
      (method === 0 ? packed : inflateRawSync(packed)).toString('utf8'),
    );
    at = content + size;
  }
  return members;
}
