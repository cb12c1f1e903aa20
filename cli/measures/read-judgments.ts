import { resolve } from 'node:path';
import { sha256 } from '../../adapters/digest.ts';
import { readTextFile } from '../../adapters/gate/read-rows.ts';
import {
  dropDefaultSource,
  liftKey,
  normalizeId,
  readQrels,
  readQueryTexts,
  renameQrels,
  type IdRules,
  type Qrels,
} from '../../domain/measures/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { Io } from '../io.ts';
import type { QrelsOptions } from './qrels-options.ts';

/** Judgments with the texts of their queries, as far as they are known, and how ids of rankings are brought into their form. */
export interface Judgments {
  readonly qrels: Qrels;
  readonly sha256: string;
  readonly ids: IdRules;
  /** What they call a page that goes by a key here. */
  readonly nameDoc: (key: string) => string;
}

/** Reads --qrels and, where it is given, --queries. CollectionError with file and line of what is wrong. */
export function readJudgments(io: Io, { qrels: name, queries, run, normaliseIds }: QrelsOptions): Judgments {
  const { text } = readTextFile(resolve(io.cwd, name), name);
  const read = readQrels(text, name);
  // Ids of files are compared as they stand. Those of pages are keys, and a file may name a page of the default source by its slug alone.
  const isJson = read.form === 'json-a' || read.form === 'json-b';
  const isOfPages = run === undefined || isJson;
  const ids: IdRules = {
    isSame: !isOfPages && normaliseIds === undefined,
    query: (id) => normalizeId(id, normaliseIds ?? null),
    doc: (id) => {
      const bare = normalizeId(id, normaliseIds ?? null);
      return isOfPages ? liftKey(bare) : bare;
    },
  };
  const qrels = renameQrels(read, ids, name);
  return {
    qrels: queries === undefined ? qrels : addTexts(io, qrels, ids, queries),
    sha256: sha256(text),
    ids,
    nameDoc: isOfPages && !isJson ? dropDefaultSource : (key) => key,
  };
}

/** CollectionError unless every query has a text, without which it cannot be put to anybody. */
export function refuseSilentQueries(qrels: Qrels, { qrels: name, queries }: QrelsOptions): void {
  const silent = qrels.queries.filter(({ query }) => query === null).map(({ id }) => JSON.stringify(id));
  if (silent.length === 0) return;
  const shown = `${silent.slice(0, SHOWN).join(', ')}${silent.length > SHOWN ? ` and ${silent.length - SHOWN} more` : ''}`;
  throw new CollectionError(
    `asking queries, on ${queries ?? name}: expected the text of every judged query, found none of ${shown}.`,
    queries === undefined ? 'Name the file of their texts with --queries FILE.' : 'Add their texts, or take their judgments out.',
    { flag: '--queries', file: queries ?? name },
  );
}

const SHOWN = 5;

function addTexts(io: Io, qrels: Qrels, ids: IdRules, name: string): Qrels {
  const { text } = readTextFile(resolve(io.cwd, name), name);
  const texts = new Map([...readQueryTexts(text, name)].map(([id, query]) => [ids.query(id), query]));
  return { ...qrels, queries: qrels.queries.map((query) => ({ ...query, query: texts.get(query.id) ?? query.query })) };
}
