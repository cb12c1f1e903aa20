import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gateReportSchema, type GateReport } from '../../../schemas/gate-report.ts';
import { runCli } from '../../support/run-cli.ts';
import { makeFolder } from '../../support/temporary-folder.ts';
import { makeTwoArms } from './two-arms.ts';
import { makeTwoScores } from './two-scores.ts';

/** A committed collection, with what makes its files and how it is searched. */
export interface GateFixture {
  readonly name: 'two-arms' | 'two-scores';
  readonly make: () => Record<string, string>;
  /** What its arithmetic is about, of the section `search` of the configuration. */
  readonly search: Readonly<Record<string, string>>;
}

/** The reference ranking with fusion by ranks, and what searches go by when nobody says otherwise. */
export const FIXTURES: readonly GateFixture[] = [
  { name: 'two-arms', make: makeTwoArms, search: { lexical: 'bm25', fusion: 'rrf' } },
  { name: 'two-scores', make: makeTwoScores, search: {} },
];

/** A committed file of a fixture; with LAUTER_UPDATE_GOLDEN=1 it is replaced by what is made of it now. */
export function committed({ name: fixture }: GateFixture, name: string, made: string): string {
  const path = fixtureFile(fixture, name);
  if (process.env['LAUTER_UPDATE_GOLDEN'] === '1') writeFileSync(path, made);
  return readFileSync(path, 'utf8');
}

/** A workspace with the fixture as a collection that has vectors. */
export async function indexFixture({ name, search }: GateFixture): Promise<string> {
  const root = makeFolder({ 'lauter.config.json': JSON.stringify({ search: { embedder: 'deterministic', collection: name, ...search } }) });
  const pages = fixtureFile(name, 'pages.jsonl');
  const { code, err } = await runCli(['search', 'index', name, '--from', pages, '--synthetic', '--workspace', root], root);
  if (code !== 0) throw new Error(`the fixture was not indexed: ${err}`);
  return root;
}

/** Floors of a fixture's gate: shares of 0..1, which the environment may raise or lower. */
export function floors(env: NodeJS.ProcessEnv): { readonly top1: string; readonly recall: string } {
  return { top1: floorOf(env, 'LAUTER_GATE_TOP1_FLOOR', '0.80'), recall: floorOf(env, 'LAUTER_GATE_RECALL_FLOOR', '0.85') };
}

/** Runs the gate on a fixture: by its judgments, and by its baseline. Latency is not what it is about. */
export async function runGates(
  { name }: GateFixture,
  root: string,
  env = process.env,
): Promise<{ readonly codes: number[]; readonly reports: GateReport[] }> {
  const { top1, recall } = floors(env);
  const byQrels = ['--qrels', fixtureFile(name, 'qrels.json'), '--threshold-expected-top1', top1, '--threshold-recall-at-k', recall];
  const baseline = fixtureFile(name, `${name}.baseline.ndjson`);
  const byBaseline = ['--baseline', baseline, '--threshold-top1', top1, '--latency-floor-ms', '60000'];
  const codes: number[] = [];
  const reports: GateReport[] = [];
  for (const flags of [[...byQrels, '--embedder', 'deterministic'], byBaseline]) {
    const { code, out, err } = await runCli(['eval', 'gate', ...flags, '--json', '--workspace', root], root);
    if (out === '') throw new Error(`the gate said nothing: ${err}`);
    codes.push(code);
    reports.push(gateReportSchema.parse(JSON.parse(out)));
  }
  return { codes, reports };
}

function fixtureFile(fixture: GateFixture['name'], name: string): string {
  return fileURLToPath(new URL(`fixtures/${fixture}/${name}`, import.meta.url));
}

function floorOf(env: NodeJS.ProcessEnv, name: string, usual: string): string {
  const given = env[name] ?? '';
  if (given === '') return usual;
  if (/^(?:0?\.\d+|0|1(?:\.0*)?)$/.test(given)) return given;
  throw new Error(`reading ${name}: expected a number from 0 to 1, found ${JSON.stringify(given)}.`);
}
