import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchRunFolder } from '../../adapters/bench/run-store.ts';
import { sha256 } from '../../adapters/digest.ts';
import { openTrustLedger } from '../../adapters/files/trust-ledger.ts';
import { serverStatus } from '../../adapters/temporal/embedded-server.ts';
import { qaContentHash } from '../../domain/bench/index.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { CorpusManifest, CorpusRow } from '../../schemas/bench-corpus.ts';
import { runFileRecordSchema, type RunFileRecord } from '../../schemas/bench-run-file.ts';
import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import { killGuards } from './bench-processes.ts';
import { jsonLines } from './bench-workspace.ts';
import { FLEET_NOW, fleetEvents, type FleetEvent } from './harbor-fleet.ts';
import { killCommands, startLauter, type CommandOptions, type LauterCommand } from './lauter-command.ts';
import { startModelServer, type LoggedCall, type ModelServer } from './model-server/model-server.ts';
import type { ModelServerScript } from './model-server/script.ts';
import { startProduction, type ProductionServer } from './production-server/production-server.ts';
import { runCli, type CliOutcome } from './run-cli.ts';
import { makeTestSpace, type TestSpace } from './test-space.ts';

/** Models of the server unless a script says otherwise. */
export const CANDIDATE = 'harbor-8b';
const EMBEDDER = 'embed-small';
export const JUDGE = 'judge-70b';
export const SERVED: ModelServerScript['models'] = [CANDIDATE, EMBEDDER, JUDGE].map((id) => ({ id, digest: `sha256:${id}` }));

export const CORPUS = 'corpus-v1';
export const QUESTIONS = 'eval-qa-v1';

/** A question of a fixture. */
export interface FleetQuestion {
  readonly qa_id: string;
  readonly question: string;
  readonly golden_event_id: string | null;
}

/**
 * A workspace with a frozen corpus, and a question for each of its events that only the answer about that very event can be found by. Every usual
 * answer is found first then, in every mode; one that does not name its ship is found by no word of its question.
 */
export interface BenchHarbor {
  readonly space: TestSpace;
  readonly workspace: string;
  /** The events, in the order in which a run asks about them. */
  readonly fleet: readonly FleetEvent[];
  /** Starts a model server on a port of its own. */
  serve(script?: Partial<ModelServerScript>): Promise<ModelServer>;
  production(): Promise<ProductionServer>;
  /** `lauter bench …` of the built program, in the workspace. */
  bench(args: readonly string[], options?: CommandOptions): LauterCommand;
  /** `lauter bench …` in this process, for what needs no engine. */
  benchHere(...args: readonly string[]): Promise<CliOutcome>;
  /** Arguments that build a corpus of that label out of the same events. */
  corpusOf(label: string): string[];
  /** Keeps a Temporal server running, so that no command has to start one; its address. */
  startEngine(): Promise<string>;
  /** Writes a fixture of that label with the provenance that belongs to it, changed by `provenance`; none of it for null. */
  writeQuestions(label: string, questions: readonly FleetQuestion[], provenance?: object | null): void;
  /** A run file of the workspace's own, each record held against the schema. */
  records(runId: string): RunFileRecord[];
  ledger(): Promise<readonly TrustLedgerRow[]>;
  /** Stops everything that is still running and removes the workspace. */
  clear(): Promise<void>;
}

export interface HarborSettings {
  /** Events; 25 unless stated. */
  readonly events?: number;
  /** Added to the config file of the workspace. */
  readonly config?: object;
  /** Address of the Temporal server of another workspace, to do with one for all. */
  readonly engine?: string;
}

/** Builds such a workspace. Call {@link BenchHarbor.clear} when the tests are over. */
export async function makeBenchHarbor({ events = 25, config = {}, engine }: HarborSettings = {}): Promise<BenchHarbor> {
  const space = makeTestSpace();
  const workspace = space.workspace({ engine: { heartbeat_timeout_s: 1 }, ...config });
  const fleet = fleetEvents(events);
  const open: { close(): Promise<void> }[] = [];
  const kept = <Server extends { close(): Promise<void> }>(server: Server): Server => {
    open.push(server);
    return server;
  };
  const benchHere = (...args: readonly string[]): Promise<CliOutcome> => runCli(['bench', ...args, '--workspace', workspace], space.root);
  const harbor: BenchHarbor = {
    space,
    workspace,
    fleet,
    serve: async (script = {}) => kept(await startModelServer({ models: SERVED, ...script })),
    production: async () => kept(await startProduction()),
    bench: (args, options = {}) =>
      startLauter(['bench', ...args, '--workspace', workspace], {
        cwd: space.root,
        ...options,
        env: { ...(engine === undefined ? {} : { TEMPORAL_ADDRESS: engine }), ...options.env },
      }),
    benchHere,
    corpusOf: (label) => corpusOf(label, fleet),
    startEngine: async () => {
      const { code, err } = await startLauter(['server', 'start', '--workspace', workspace]).ended;
      const { last } = await serverStatus(workspace);
      if (code !== 0 || last === null) throw new Error(`the server did not start: ${err}`);
      return last.address;
    },
    writeQuestions: (label, questions, provenance = {}) => writeQuestions(workspace, label, questions, provenance),
    records: (runId) => readRecords(join(benchRunFolder(workspace, runId), 'run.jsonl')),
    ledger: () => openTrustLedger(workspace).all(),
    clear: async () => {
      await killCommands();
      // A guard outlives the commands that started it, as it should.
      await killGuards(workspace);
      await space.clear();
      for (const server of open) await server.close();
    },
  };
  await buildCorpus(harbor);
  harbor.writeQuestions(QUESTIONS, fleet.map(questionAbout));
  return harbor;
}

/** A question that no answer but the one about this event has a word of. */
export function questionAbout({ ship, event_id }: FleetEvent, index: number): FleetQuestion {
  return { qa_id: `qa-${String(index + 1).padStart(3, '0')}`, question: `Where does ${ship} lie?`, golden_event_id: event_id };
}

/** What runs and sweeps of these tests have in common; later options take the place of earlier ones. */
export function measure(
  server: Pick<ModelServer, 'url'>,
  production: Pick<ProductionServer, 'url'> | null,
  ...more: readonly string[]
): string[] {
  return [
    ...['--corpus-version', CORPUS, '--qa', QUESTIONS, '--min-scoreable', '10', '--base-url', server.url, '--embedding-model', EMBEDDER],
    ...(production === null ? ['--no-production'] : ['--production-url', production.url]),
    ...more,
    '--json',
  ];
}

/** Arguments of `bench run` of the usual candidate. */
export function runOf(...[server, production, ...more]: Parameters<typeof measure>): string[] {
  return ['run', '--models', CANDIDATE, ...measure(server, production, ...more)];
}

/** Arguments of `bench sweep` of the usual candidate. */
export function sweepOf(...[server, production, ...more]: Parameters<typeof measure>): string[] {
  return ['sweep', '--model', CANDIDATE, '--yes', ...measure(server, production, ...more)];
}

/** How many chat calls came in, answered or not. */
export function chatCalls({ seen }: Pick<ModelServer, 'seen'>): number {
  return seen.filter(({ path }) => path === 'chat').length;
}

/** The records of a run file, each of them held against the schema. */
export function readRecords(path: string): RunFileRecord[] {
  return jsonLines<unknown>(path).map((line) => runFileRecordSchema.parse(line));
}

/** Calls that a request log names, in order; of one path when it is stated. */
export function loggedCalls(requestLog: string, path?: LoggedCall['path']): LoggedCall[] {
  const calls = readFileSync(requestLog, 'utf8') === '' ? [] : jsonLines<LoggedCall>(requestLog);
  return path === undefined ? calls : calls.filter((call) => call.path === path);
}

async function buildCorpus({ space, fleet, benchHere }: BenchHarbor): Promise<void> {
  writeFileSync(join(space.root, 'events.jsonl'), fleet.map((event) => `${JSON.stringify({ ...event, ship: undefined })}\n`).join(''));
  const { code, err } = await benchHere(...corpusOf(CORPUS, fleet));
  if (code !== 0) throw new Error(`the corpus was not built: ${err}`);
}

function corpusOf(label: string, fleet: readonly FleetEvent[]): string[] {
  const sessions = fleet.filter(({ source }) => source === 'claude').length;
  const floors = `shell=${fleet.length - sessions},claude=${sessions}`;
  return ['corpus', 'init', '--corpus-version', label, '--from', 'events.jsonl', '--now', FLEET_NOW, '--min', floors];
}

function writeQuestions(workspace: string, label: string, questions: readonly FleetQuestion[], provenance: object | null): void {
  const corpus = join(workspace, 'lake', 'bench', 'corpora', CORPUS);
  const manifest = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as CorpusManifest;
  const hashes = new Map(jsonLines<CorpusRow>(join(corpus, 'corpus.jsonl')).map((row) => [row.event_id, row.content_sha256]));
  const rows = questions.map((question) => ({
    ...question,
    golden_content_sha256: [hashes.get(question.golden_event_id ?? '') ?? null],
    source_filter: null,
    acceptable_answer_keywords: [],
    tags: [],
  }));
  const folder = join(workspace, 'lake', 'bench', 'qa');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${label}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  if (provenance === null) return;
  const lines = rows.map((row, index) => ({ line: index + 1, value: row as JsonObject }));
  const stated = {
    fixture: label,
    corpus_version: CORPUS,
    corpus_content_hash: manifest.corpus_content_hash,
    qa_content_hash: qaContentHash(lines, sha256),
  };
  writeFileSync(join(folder, `${label}.provenance.json`), JSON.stringify({ ...stated, ...provenance }));
}
