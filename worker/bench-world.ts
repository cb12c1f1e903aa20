import { existsSync, statfsSync } from 'node:fs';
import { arch, cpus, freemem, hostname, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import type { CorpusFiles } from '../activities/bench/corpus-files.ts';
import { importRun } from '../activities/bench/import-run.ts';
import { openCorpus, type OpenCorpus } from '../activities/bench/open-corpus.ts';
import { openQa, type OpenQa } from '../activities/bench/open-qa.ts';
import { verifyCorpus } from '../activities/bench/verify-corpus.ts';
import type { SweepWorld } from '../activities/bench/sweep.ts';
import { openCorpusFiles } from '../adapters/bench/corpus-files.ts';
import { qaPlace, readProvenanceText, readQaLines } from '../adapters/bench/qa-files.ts';
import { readRunFile } from '../adapters/bench/read-run-file.ts';
import { benchRunFolder, modelSlug, openBenchRuns } from '../adapters/bench/run-store.ts';
import { scanRunFile } from '../adapters/bench/scan-run-file.ts';
import { openBenchSweeps } from '../adapters/bench/sweep-store.ts';
import { openSlot } from '../adapters/bench/slot.ts';
import { writeFileAtomically } from '../adapters/atomic-write.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { sha256, startSha256 } from '../adapters/digest.ts';
import { openTrustLedger } from '../adapters/files/trust-ledger.ts';
import { changeResults } from '../adapters/lake/bench-results.ts';
import { readCorpusParquet } from '../adapters/lake/bench-parquet.ts';
import { readApiKey } from '../adapters/api-key.ts';
import { createModelClient } from '../adapters/model/model-client.ts';
import { judgeUrl } from '../adapters/url-guard.ts';
import { openLeaseFile } from '../adapters/pause/lease-file.ts';
import { openProduction } from '../adapters/production/client.ts';
import { sweepTemporaries } from '../adapters/scratch.ts';
import { bt29StateOf } from '../domain/trust/index.ts';
import type { BenchRunSettings } from '../schemas/bench-run-settings.ts';
import { startPauseGuard, type GuardPlace } from './pause-owner.ts';

/** The world as the activities of a bench see it, for one workspace. */
export function createBenchWorld(place: GuardPlace): SweepWorld {
  const { workspace, env } = place;
  const runs = openBenchRuns(workspace);
  const corpora = new Newest<OpenCorpus>();
  const fixtures = new Newest<OpenQa>();
  return {
    clock: { now, nowMs },
    sha256,
    runs: { ...runs, runFile: (runId) => join(benchRunFolder(workspace, runId), 'run.jsonl'), slug: modelSlug },
    slot: (url) => openSlot(workspace, url),
    inference: (settings, which) => createModelClient(serverOf(settings, which, env)),
    judgeUrl: async (settings, url) => {
      const verdict = await judgeUrl(url, rulesOf(settings));
      if (verdict.verdict === 'accepted') return { where: verdict.where };
      return {
        refused: `expected a server that may be called, found ${verdict.verdict === 'refused' ? verdict.reason : 'a name without an address'}`,
      };
    },
    corpus: (version) => {
      const files = corpusFiles(workspace, version);
      // The manifest names every row by its hash, so what was read for one batch holds for the next.
      return corpora.get(`${version}\n${files.manifestText() ?? ''}`, () => openCorpus(files, { sha256, startSha256 }));
    },
    corpusMismatches: async (version) => {
      const { mismatches } = await verifyCorpus(corpusFiles(workspace, version), { sha256, startSha256 });
      return mismatches.map(
        ({ check, file, line, expected, found }) =>
          `${file}${line === null ? '' : `:${line}`}, ${check}: expected ${expected}, found ${found}`,
      );
    },
    questions: (name) => {
      const fixture = qaPlace(workspace, name, workspace);
      if (!existsSync(fixture.path)) return Promise.resolve(null);
      return fixtures.get(fixture.path, () =>
        openQa({ ...fixture, lines: () => readQaLines(fixture), provenanceText: () => readProvenanceText(fixture) }),
      );
    },
    health: (url) => openProduction(url).health(),
    pauseMarker: () => openLeaseFile(workspace).read(),
    lastResume: () => openLeaseFile(workspace).tokens().resumed,
    guardProblem: async (url) => {
      try {
        await startPauseGuard(place, url);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    freeDiskBytes: () => {
      const { bavail, bsize } = statfsSync(workspace);
      return bavail * bsize;
    },
    systemLoad: () => ({
      inference_rss_mb: null,
      inference_cpu_pct: null,
      load_avg_1m: loadavg()[0] ?? null,
      mem_free_mb: Math.round(freemem() / 2 ** 20),
    }),
    host: () => ({
      hostname: hostname(),
      os: platform(),
      arch: arch(),
      cpu_brand: cpus()[0]?.model ?? null,
      total_mem_gb: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    }),
    loadAverages: () => [loadavg()[0] ?? 0, loadavg()[1] ?? 0],
    trust: async () => {
      const rows = await openTrustLedger(workspace).all();
      return (subject) => bt29StateOf(rows, subject);
    },
    importRun: (path) =>
      importRun(
        { scan: scanRunFile, change: (runId, decide) => changeResults(workspace, runId, decide), nowMs },
        { given: path, path },
        false,
      ),
    readRunFile: (path) => readRunFile(path),
    keepSweepReport: async (sweep, report) => {
      // Loaded when a sweep ends: charts cost a worker 150 ms and 40 MB.
      const { renderDeterminism } = await import('../reports/determinism/render-determinism.ts');
      const { files } = renderDeterminism(report);
      const folders = [openBenchSweeps(workspace).folder(sweep.sweep_id), ...(sweep.out === null ? [] : [sweep.out])];
      for (const folder of folders) {
        // No start of a command looks outside the workspace.
        sweepTemporaries(folder, 'top');
        for (const { name, text } of files) writeFileAtomically(join(folder, name), text);
      }
      return { json: files.find(({ name }) => name === 'determinism.json')?.text ?? '' };
    },
    keepSweepInput: (sweep) => {
      const sweeps = openBenchSweeps(workspace);
      if (sweeps.readInput(sweep.sweep_id) === undefined) sweeps.writeInput(sweep.sweep_id, sweep);
    },
    keepSweepResult: ({ sweep_id }, result) => openBenchSweeps(workspace).writeResult(sweep_id, result),
    appendTrust: async (row, isKnown) => (await openTrustLedger(workspace).append(row, isKnown)).row,
  };
}

function corpusFiles(workspace: string, version: string): CorpusFiles {
  const stored = openCorpusFiles(workspace, version);
  return { ...stored, parquetRows: () => readCorpusParquet(stored.path('corpus.parquet')) };
}

function rulesOf({ allow_remote_inference: allowRemote, allowed_hosts: allowedHosts }: BenchRunSettings) {
  return { allowRemote, allowedHosts };
}

function serverOf(
  settings: BenchRunSettings,
  which: 'candidate' | 'judge',
  env: NodeJS.ProcessEnv,
): Parameters<typeof createModelClient>[0] {
  const { base_url: baseUrl, api_key_env: variable } = which === 'judge' && settings.judge !== null ? settings.judge : settings;
  return { baseUrl, apiKey: readApiKey(env, variable ?? undefined), rules: rulesOf(settings) };
}

/** The last thing that was read, by what it was read for. */
class Newest<Value> {
  #kept: { readonly key: string; readonly value: Promise<Value> } | undefined;

  get(key: string, read: () => Promise<Value>): Promise<Value> {
    if (this.#kept?.key === key) return this.#kept.value;
    const value = read();
    this.#kept = { key, value };
    value.catch(() => (this.#kept = undefined));
    return value;
  }
}
