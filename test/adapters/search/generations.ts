import type { GenerationFacts } from '../../../adapters/search/collection-store.ts';

/** Files and facts of a generation whose every byte tells its number. */
export function generationOf(number: number): { readonly files: Readonly<Record<string, Uint8Array>>; readonly facts: GenerationFacts } {
  const bytes = (sizeBytes: number): Uint8Array => new Uint8Array(sizeBytes).fill(number % 251);
  return {
    files: {
      'pages.jsonl': bytes(20),
      'index.bin': bytes(70_000 + number),
      'vectors.f32': new Uint8Array(Float32Array.from({ length: 6 }, () => number).buffer),
    },
    facts: {
      pages: number,
      chunks: 3,
      corpus_hash: String(number % 10).repeat(64),
      embedder: 'deterministic',
      embedder_name: 'deterministic',
      dimensions: 2,
      contextual: 'title',
      synopses: null,
      chunker_version: 'lauter-chunker-1',
      index_version: 1,
      synthetic: false,
    },
  };
}
