import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { sha256Of } from '../../adapters/digest.ts';
import { digestFile } from '../../adapters/file-digest.ts';
import { readRows, readTextFile } from '../../adapters/gate/read-rows.ts';
import { readQuestion, scanDataset } from '../../adapters/longmemeval/scan-dataset.ts';
import { stageDataset } from '../../adapters/longmemeval/stage-dataset.ts';
import { suitePlaces } from '../../adapters/suites/suite-places.ts';
import { readQueryTexts } from '../../domain/measures/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import { capturedQuestions, judgedQuestions, kindOfSuite, readConversations, type SuitePlan } from '../../domain/suites/index.ts';
import type { Io } from '../io.ts';
import { readJudgments, refuseSilentQueries } from '../measures/read-judgments.ts';
import type { QrelsOptions } from '../measures/qrels-options.ts';

interface Dataset {
  readonly name: string;
  readonly sha256: string;
}

/** What there is of a suite: all its questions, or why there are none. */
export type ReadSuite =
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'longmemeval'; readonly dataset: Dataset; readonly path: string; readonly ids: readonly string[] }
  /** `corpus` is the file of the pages that are searched; null where that is a collection of the user's. */
  | { readonly kind: 'measure'; readonly dataset: Dataset; readonly plan: SuitePlan; readonly corpus: string | null };

/** Reads the data of a suite. CollectionError or SourceError with the place of what is wrong with it. */
export async function readSuite(io: Io, root: string, suite: string, given: string | undefined): Promise<ReadSuite> {
  if (given === undefined) return { kind: 'missing', reason: `no data: name it with --dataset ${suite}=PATH` };
  const path = resolve(io.cwd, given);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: 'missing', reason: `no data: there is nothing at ${given}` };
  const kind = kindOfSuite(suite);
  if (stat.isDirectory()) {
    if (kind === 'judged') return readBeir(io, path, given);
    return { kind: 'missing', reason: `no data: ${given} is a folder, and ${suite} is read from a file` };
  }
  if (kind === 'longmemeval') return readLongMemEval(root, path);
  return kind === 'captured' ? readCaptured(path, given) : readQrelsFile(io, path, given);
}

async function readLongMemEval(root: string, path: string): Promise<ReadSuite> {
  const dataset = { name: basename(path), sha256: digestFile(path).sha256 };
  // Unpacked once for all modes.
  const staged = await stageDataset(path, suitePlaces(root).dataset(dataset.sha256));
  const ids = new Set<string>();
  for await (const entry of scanDataset(staged)) {
    if ('fault' in entry) {
      throw new CollectionError(
        `reading the dataset ${dataset.name}, line ${entry.line}: expected a question, found ${entry.fault}.`,
        'Name a whole file of LongMemEval, a JSON array or JSON lines.',
      );
    }
    const id = entry.questionId ?? (readQuestion(staged, entry) as { question_id?: unknown } | null | undefined)?.question_id;
    if (typeof id === 'string' && id !== '') ids.add(id);
  }
  return { kind: 'longmemeval', dataset, path: staged, ids: [...ids] };
}

function readCaptured(path: string, given: string): ReadSuite {
  const questions = capturedQuestions(readRows(readTextFile(path, given)));
  const dataset = { name: basename(path), sha256: digestFile(path).sha256 };
  return { kind: 'measure', dataset, plan: { kind: 'captured', questions }, corpus: null };
}

function readQrelsFile(io: Io, path: string, given: string): ReadSuite {
  const options = { qrels: given } as QrelsOptions;
  const { qrels, sha256 } = readJudgments(io, options);
  refuseSilentQueries(qrels, options);
  const questions = judgedQuestions(qrels.queries, [], new Map());
  return { kind: 'measure', dataset: { name: basename(path), sha256 }, plan: { kind: 'judged', questions }, corpus: null };
}

/** A folder with `corpus.jsonl`, `queries.jsonl` and `qrels/`, or one that holds such a folder under the name `beir`. */
function readBeir(io: Io, path: string, given: string): ReadSuite {
  const folder = [path, join(path, 'beir')].find((each) => existsSync(join(each, 'corpus.jsonl')));
  if (folder === undefined) return { kind: 'missing', reason: `no data: ${given} holds no corpus.jsonl` };
  const [corpus, queries] = [join(folder, 'corpus.jsonl'), join(folder, 'queries.jsonl')];
  const qrelsPath = findJudgments(folder, given);
  const options = { qrels: qrelsPath, queries } as QrelsOptions;
  const judgments = readJudgments(io, options);
  const { text } = readTextFile(queries, queries);
  const texts = readQueryTexts(text, queries);
  refuseSilentQueries(judgments.qrels, options);
  const hashes = [corpus, queries, qrelsPath].map((file) => digestFile(file).sha256);
  const named = basename(folder) === 'beir' ? dirname(folder) : folder;
  return {
    kind: 'measure',
    dataset: { name: basename(named), sha256: sha256Of(...hashes) },
    plan: { kind: 'judged', questions: judgedQuestions(judgments.qrels.queries, [...texts.keys()], readConversations(text)) },
    corpus,
  };
}

/** The judgments of the test split; where there is no such, the only ones. */
function findJudgments(folder: string, given: string): string {
  const place = join(folder, 'qrels');
  const files = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith('.tsv')) : [];
  const chosen = files.includes('test.tsv') ? 'test.tsv' : files.length === 1 ? files[0] : undefined;
  if (chosen !== undefined) return join(place, chosen);
  throw new CollectionError(
    `reading judgments, on ${given}: expected qrels/test.tsv or a single file in qrels, found ${files.length === 0 ? 'none' : files.sort().join(', ')}.`,
    'Keep the one that counts in qrels/test.tsv.',
    { file: given },
  );
}
