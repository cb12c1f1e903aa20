import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PROJECT_ROOT } from '../support/run-lauter.ts';
import { categoryMeantBy, inspectLogFiles, inspectSamplesIn } from './inspect-truth.ts';

/** Where a record stands, as a row says it. */
export interface SourcePlace {
  readonly source_file: string;
  readonly line_offset: number;
  readonly locator: { readonly line?: number | undefined; readonly pointer?: string | undefined; readonly member?: string | undefined };
}

const documents = new Map<string, unknown>();

/**
 * What the source of a record says of its outcome, from 0 to 1; null where it says nothing that counts. A word of a judge alone counts as a half.
 * Read with JSON.parse from the place that the row names, by no adapter.
 */
export function sourceTruth(place: SourcePlace): number | null {
  const [, folder = ''] = /shared\/data\/([^/]+)\//.exec(place.source_file) ?? [];
  const read = TRUTHS[folder];
  if (read === undefined) throw new Error(`no truth is known of ${place.source_file}`);
  return read(place);
}

const TRUTHS: Readonly<Record<string, (place: SourcePlace) => number | null>> = {
  'trace-tau-bench': (place) => element<{ reward: number }>(place).reward,
  'trace-aider-swebench': (place) => Number(element<{ resolved?: boolean }>(place).resolved === true),
  'trace-reflexion': (place) => {
    const { is_solved, is_success } = element<{ is_solved?: boolean; is_success?: boolean }>(place);
    return Number(is_solved ?? is_success);
  },
  'trace-intercode': (place) => element<{ summary: { max_reward: number } }>(place).summary.max_reward,
  'review-aacr-bench': ({ source_file }) => Number(basename(source_file).startsWith('positive')),
  'trace-swe-agent-demos': () => null,
  'trace-claude-code': () => null,
  'trace-inspect-logs': inspectTruth,
};

/** The line, or what the pointer leads to. */
function element<Value>({ source_file, locator }: SourcePlace): Value {
  const document = parsed(source_file);
  const path = locator.pointer === undefined ? [String(locator.line)] : locator.pointer.split('/').slice(1);
  return path.reduce((value, key) => (value as Record<string, unknown>)[key], document) as Value;
}

function parsed(file: string): unknown {
  if (!documents.has(file)) {
    const text = readFileSync(join(PROJECT_ROOT, file), 'utf8');
    const lines = (): unknown[] => text.split('\n').map((line) => (line.trim() === '' ? null : (JSON.parse(line) as unknown)));
    documents.set(file, file.endsWith('.jsonl') ? lines() : (JSON.parse(text) as unknown));
  }
  return documents.get(file);
}

const MEANT: Readonly<Record<string, number | null>> = { accepted: 1, partially_accepted: 0.5, rejected: 0, needs_human_review: null };
let inspectSamples: Map<string, string> | undefined;

function inspectTruth({ source_file, locator }: SourcePlace): number | null {
  inspectSamples ??= new Map(
    inspectLogFiles()
      .flatMap(inspectSamplesIn)
      .map(({ file, place, log, sample }) => [`${file} ${place}`, categoryMeantBy(log, sample)]),
  );
  const [, file = ''] = /trace-inspect-logs\/(.*)$/.exec(source_file) ?? [];
  const meant = inspectSamples.get(`${file} ${locator.member ?? locator.pointer ?? ''}`);
  if (meant === undefined) throw new Error(`no sample at ${file} ${JSON.stringify(locator)}`);
  return MEANT[meant]!;
}
