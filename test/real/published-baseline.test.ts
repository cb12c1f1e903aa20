import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBaseline, readRows } from '../../adapters/gate/read-rows.ts';
import { buildBaseline, hashQuery, verifyBaseline, writeBaseline } from '../../domain/gate/index.ts';
import { readGateQrels } from '../../domain/measures/index.ts';
import { DATA, isPresent } from './real-data.ts';

const FILE = join(DATA, 'gbrain-evals/baselines/v0.41-launch.baseline.ndjson');
const SOURCE_HASH = '34e880416bd4e4eb456ffaa92d88dea6ee87cf258e3a2b6b2793ed38c35d1e4c';

describe.runIf(isPresent)('the published baseline of another system', () => {
  const source = () => ({ name: 'v0.41-launch.baseline.ndjson', text: readFileSync(FILE, 'utf8') });

  test('HSH-3: its hashes and mean are what is published of it, and it attests its queries only', () => {
    const { header, rows } = readBaseline(source());
    expect(header).toMatchObject({ source_hash: SOURCE_HASH, row_count: 12, baseline_mean_latency_ms: 26.75 });
    expect(rows.map(({ query }) => hashQuery(query))).toEqual(rows.map(({ query_hash }) => query_hash));
    expect(verifyBaseline({ header, rows })).toEqual({ attestation: 'queries_only', breaches: [] });
  });

  test('it is written again byte by byte as it was read', () => {
    expect(writeBaseline(readBaseline(source()))).toBe(source().text);
  });

  test('publishing its rows again gives its order, its hashes and its mean', () => {
    const { rows } = readBaseline(source());
    const facts = { label: 'again', publishedAt: '', thresholds: { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 }, lauterVersion: '' };
    const again = buildBaseline([...readRows(source())].reverse(), { ...facts, isSynthetic: true });
    expect(again.rows).toEqual(rows);
    expect(again.header).toMatchObject({ source_hash: SOURCE_HASH, row_count: 12, baseline_mean_latency_ms: 26.75 });
  });

  test('a row that is taken away, and a query that is another one, are found', () => {
    const { header, rows } = readBaseline(source());
    expect(verifyBaseline({ header, rows: rows.slice(1) }).breaches).toHaveLength(2);
    expect(verifyBaseline({ header, rows: [{ ...rows[0]!, query: 'another' }, ...rows.slice(1)] }).breaches).toHaveLength(1);
  });

  test('its judgments load as those of a gate', () => {
    const name = 'gbrain-evals/qrels/v0.41-launch.qrels.json';
    expect(readGateQrels(readFileSync(join(DATA, name), 'utf8'), name).queries).toHaveLength(12);
  });
});
