import {
  corpusManifestSchema,
  foreignCorpusManifestSchema,
  type CorpusManifest,
  type ForeignCorpusManifest,
} from '../../schemas/bench-corpus.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import type { CorpusFiles } from './corpus-files.ts';

/** A manifest of ours, one of another program, or what stands in its place. */
export type ReadManifest =
  | { readonly kind: 'own'; readonly manifest: CorpusManifest }
  | { readonly kind: 'foreign'; readonly manifest: ForeignCorpusManifest }
  | { readonly kind: 'broken'; readonly expected: string; readonly found: string };

/** Reads the manifest of a corpus. SourceError when there is none: then there is no corpus. */
export function readCorpusManifest(files: CorpusFiles): ReadManifest {
  const text = files.manifestText();
  if (text === undefined) {
    throw new SourceError(
      `reading the corpus ${files.version}: expected manifest.json in ${files.folder}, found none.`,
      'Build the corpus with `lauter bench corpus init`, or name another one with --corpus-version.',
    );
  }
  const value = parseObject(text);
  if (value === undefined) return { kind: 'broken', expected: 'one JSON object', found: 'something else' };
  // What only our manifests hold; another program may have a schema_version of its own.
  const isOwn = 'schema' in value || 'redaction_version' in value;
  if (isOwn) {
    const { data, error } = corpusManifestSchema.safeParse(value);
    return data === undefined ? broken('a bench-corpus/1 document', error.issues) : { kind: 'own', manifest: data };
  }
  const { data, error } = foreignCorpusManifestSchema.safeParse(value);
  return data === undefined ? broken('corpus_version and corpus_content_hash', error.issues) : { kind: 'foreign', manifest: data };
}

function broken(expected: string, issues: readonly { readonly path: readonly PropertyKey[] }[]): ReadManifest {
  const fields = [...new Set(issues.map(({ path }) => path.join('.') || 'its keys'))];
  return { kind: 'broken', expected, found: `others in ${fields.join(', ')}` };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
