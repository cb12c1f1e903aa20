import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gateReportSchema, type GateReport } from '../../../schemas/gate-report.ts';
import { runCli } from '../../support/run-cli.ts';
import { makeFolder } from '../../support/temporary-folder.ts';

const FIXTURE = fileURLToPath(new URL('fixtures/two-arms', import.meta.url));
const COLLECTION = 'two-arms';

/** Where a file of the committed fixture lies. */
export function fixtureFile(name: string): string {
  return `${FIXTURE}/${name}`;
}

/** A committed file; with LAUTER_UPDATE_GOLDEN=1 it is replaced by what is made of it now. */
export function committed(name: string, made: string): string {
  if (process.env['LAUTER_UPDATE_GOLDEN'] === '1') writeFileSync(fixtureFile(name), made);
  return readFileSync(fixtureFile(name), 'utf8');
}

/** A workspace with the fixture as a collection that has vectors, searched as the reference does: its arithmetic is that of reciprocal ranks. */
export async function indexTwoArms(): Promise<string> {
  // The places were worked out for the reference ranking and for fusion by ranks.
  const config = { search: { embedder: 'deterministic', collection: COLLECTION, lexical: 'bm25', fusion: 'rrf' } };
  const root = makeFolder({ 'lauter.config.json': JSON.stringify(config) });
  const { code, err } = await runCli(
    ['search', 'index', COLLECTION, '--from', fixtureFile('pages.jsonl'), '--synthetic', '--workspace', root],
    root,
  );
  if (code !== 0) throw new Error(`the fixture was not indexed: ${err}`);
  return root;
}

/** Floors of the fixture's gate: shares of 0..1, which the environment may raise or lower. */
export function floors(env: NodeJS.ProcessEnv): { readonly top1: string; readonly recall: string } {
  return { top1: floorOf(env, 'LAUTER_GATE_TOP1_FLOOR', '0.80'), recall: floorOf(env, 'LAUTER_GATE_RECALL_FLOOR', '0.85') };
}

function floorOf(env: NodeJS.ProcessEnv, name: string, usual: string): string {
  const given = env[name] ?? '';
  if (given === '') return usual;
  if (/^(?:0?\.\d+|0|1(?:\.0*)?)$/.test(given)) return given;
  throw new Error(`reading ${name}: expected a number from 0 to 1, found ${JSON.stringify(given)}.`);
}

/** Runs the gate on the fixture: by its judgments, and by its baseline. Latency is not what it is about. */
export async function runGates(root: string, env = process.env): Promise<{ readonly codes: number[]; readonly reports: GateReport[] }> {
  const { top1, recall } = floors(env);
  const byQrels = ['--qrels', fixtureFile('qrels.json'), '--threshold-expected-top1', top1, '--threshold-recall-at-k', recall];
  const byBaseline = ['--baseline', fixtureFile('two-arms.baseline.ndjson'), '--threshold-top1', top1, '--latency-floor-ms', '60000'];
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
