import { createHash } from 'node:crypto';
import { openLake } from '../../../adapters/lake/lake.ts';
import type { Lake, EvidenceRow } from '../../../activities/ports.ts';
import { assembleEvidence, type UnidentifiedEvidence } from '../../../domain/materialize/index.ts';
import type { ShardEntry } from '../../../schemas/manifest.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A lake of its own for the running test. */
export function openTestLake({ memoryMb = 256 } = {}): { lake: Lake; root: string } {
  const root = temporaryFolder();
  return { lake: openLake(root, { threads: 2, memoryMb }), root };
}

export interface Record extends Partial<UnidentifiedEvidence> {
  /** Records that are signed alike have the same id. */
  readonly signed?: string;
  readonly source?: string;
  readonly file?: string;
}

/** A record as it is stored. */
export function assembled({ signed = 'a record', source = 'harbour-desk', file = 'desk.jsonl', ...changes }: Record = {}): ReturnType<
  typeof assembleEvidence
> {
  const draft: UnidentifiedEvidence = {
    branch: '',
    recordedAt: '2026-03-02T06:40:00.000Z',
    locator: { line: 0 },
    line: 0,
    task: { id: 'tide-1', text: 'When is low tide?' },
    messages: [
      { role: 'user', content: 'When is low tide?' },
      { role: 'assistant', content: 'At 6:40.' },
    ],
    artifacts: [],
    outcome: { state: 'success', value: 1, from: 'reward' },
    signals: { human: [], judges: [], reward: 1, cancelled: false, truncated: false, proxies: {} },
    model: null,
    provider: null,
    usage: {},
    attempt: null,
    trial: null,
    parent_id: null,
    origin: 'external',
    generation: 0,
    redactions: {},
    ...changes,
  };
  const origin = {
    source,
    adapter: 'openai-chat',
    sourceFile: file,
    fileTime: '2026-03-05T12:00:00.000Z',
    sigHash: sha256(signed),
  } as const;
  return assembleEvidence(draft, origin, sha256);
}

/** Publishes a shard of evidence with these records, in this order. */
export async function publishEvidence(lake: Lake, key: string, records: readonly Record[]): Promise<ShardEntry> {
  const draft = lake.draft();
  try {
    for (const [place, record] of records.entries()) {
      const { canonical, contentDigest, rowDigest, evidence } = assembled(record);
      const beside = { content_digest: contentDigest, place, row_digest: rowDigest, shard: key };
      draft.write('evidence', `${canonical.slice(0, -1)},${JSON.stringify(beside).slice(1)}`, evidence.day);
    }
    const [entry] = await draft.publish([{ kind: 'evidence', key, counts: { records: records.length } }]);
    return entry!;
  } finally {
    draft.close();
  }
}

/** All rows of a shard of evidence. */
export async function rowsIn(lake: Lake, shard: ShardEntry): Promise<EvidenceRow[]> {
  const rows: EvidenceRow[] = [];
  for await (const batch of lake.scanEvidence(shard)) rows.push(...batch);
  return rows;
}
