import { fixtureOf, type SchemaFixture } from './fixture.ts';

/** What is said about the optional part that makes vectors on this machine. */
export const EMBEDDER_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  embedderPartSchema: fixtureOf(
    {
      schema_version: 1,
      outcome: 'installed',
      folder: '/home/keeper/.cache/lauter/onnx/1',
      packages: [{ name: 'onnxruntime-node', version: '1.30.0' }],
    },
    { 'another version': { schema_version: 2 }, 'no packages': { packages: [] }, 'an outcome of its own': { outcome: 'updated' } },
    { accepts: [{ outcome: 'present' }] },
  ),
};
