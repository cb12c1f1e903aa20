import {
  ContaminationIndexBuilder,
  DECONTAMINATION_VERSION,
  findContamination,
  type ContaminationIndex,
} from '../domain/decontamination/index.ts';
import type { ContaminationFacts } from '../domain/receipts/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import { SourceChangedError } from '../domain/shared/errors.ts';
import type { DistillInput } from './contract.ts';
import type { Ports, RunningDigest } from './ports.ts';
import type { StoredRecord } from './record.ts';
import { readWritten } from './written-set.ts';

/** What a run compares its rows with. */
export interface EvaluationVersion {
  /** Of every evaluation text and of what decides when a row copies one. */
  readonly digest: string;
  readonly sets: readonly { readonly name: string; readonly items: number }[];
}

/** Tells which evaluation item a record copies from, in words; undefined when it copies from none. */
export type FindCopied = (record: StoredRecord) => string | undefined;

const DOCUMENT = 'evaluation';

/** Reads the evaluation sets once before anything else, so that a missing one stops the run, and fixes what they hold. */
export async function takeEvaluationSets(ports: Ports, run: DistillInput): Promise<void> {
  if (run.settings.decontamination.sets.length === 0 || ports.runs.has(run.run_id, DOCUMENT)) return;
  const { digest, sets } = await readSets(ports, run);
  ports.runs.write(run.run_id, DOCUMENT, { digest, sets } satisfies EvaluationVersion);
}

/** What a run compares its rows with, or undefined when it compares them with nothing. */
export function evaluationVersion(ports: Pick<Ports, 'runs'>, run: Pick<DistillInput, 'run_id'>): EvaluationVersion | undefined {
  return ports.runs.has(run.run_id, DOCUMENT) ? ports.runs.read<EvaluationVersion>(run.run_id, DOCUMENT) : undefined;
}

/** Rows of the text sets that copy from an evaluation set, of those that would have stood there; undefined when nothing was compared. */
export function contaminationFacts(ports: Pick<Ports, 'runs'>, run: DistillInput): ContaminationFacts | undefined {
  if (evaluationVersion(ports, run) === undefined) return undefined;
  const written = readWritten(ports, run);
  const sets = (['rag', 'sft'] as const).map((set) => {
    const { contaminated: hits = 0, duplicate_text: repeated = 0, near_duplicate: near = 0 } = written.quarantine.reasons[set] ?? {};
    return { set, hits, checked: written[set].rows + repeated + near + hits };
  });
  return { sets, limit: run.settings.decontamination.max_contamination };
}

interface LoadedSets extends EvaluationVersion {
  readonly index: ContaminationIndex;
}

/** The index of the last run that asked; one in each thread. */
let loaded: { readonly runId: string; readonly sets: Promise<LoadedSets> } | undefined;

/** The comparison with the evaluation sets of a run, as they were when it began. */
export async function loadContamination(ports: Ports, run: DistillInput): Promise<FindCopied> {
  const version = evaluationVersion(ports, run);
  if (version === undefined) return () => undefined;
  if (loaded?.runId !== run.run_id) loaded = { runId: run.run_id, sets: readSets(ports, run) };
  const { digest, index } = await loaded.sets;
  if (digest !== version.digest) {
    throw new SourceChangedError(
      `reading the evaluation sets: expected the content that the run began with (${version.digest.slice(0, 12)}…), found another.`,
      'They were changed while the run was going on. Run the same command again.',
    );
  }
  return (record) => {
    const [hit] = findContamination(index, partsOf(record));
    return hit === undefined ? undefined : `${hit.set}, ${hit.item}: ${hit.matches} runs of words in common`;
  };
}

async function readSets(ports: Ports, run: DistillInput): Promise<LoadedSets> {
  const { sets, allow, max_contamination: _limit, ...settings } = run.settings.decontamination;
  const builder = new ContaminationIndexBuilder(settings);
  const digest = ports.digests.startSha256();
  digest.update(canonicalJson([DECONTAMINATION_VERSION, settings]));
  const counted: { name: string; items: number }[] = [];
  for (const set of sets) {
    let items = 0;
    for await (const { item, texts } of ports.evaluationSets.read(set, run.config_base)) {
      for (const text of texts) builder.add({ set: set.name, item }, text);
      feed(digest, [set.name, item, ...texts]);
      items += 1;
    }
    counted.push({ name: set.name, items });
  }
  if (allow.length > 0) {
    for await (const { texts } of ports.evaluationSets.read({ name: 'allow', paths: allow }, run.config_base)) {
      for (const text of texts) builder.allow(text);
      feed(digest, ['allow', ...texts]);
    }
  }
  return { index: builder.finish(), digest: digest.digest(), sets: counted };
}

function feed(digest: RunningDigest, parts: readonly string[]): void {
  digest.update(`${JSON.stringify(parts)}\n`);
}

/** Everything of a record that a row can hold. */
function partsOf({ task_text, messages, artifacts }: StoredRecord): string[] {
  return [
    task_text,
    ...messages.flatMap(({ content, tool_calls: calls }) => [content, ...(calls ?? []).map((call) => call.arguments)]),
    ...artifacts.map(({ text }) => text),
  ];
}
