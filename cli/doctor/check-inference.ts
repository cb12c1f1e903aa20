import { openBenchRuns } from '../../adapters/bench/run-store.ts';
import { readApiKey } from '../../adapters/api-key.ts';
import { createModelClient } from '../../adapters/model/model-client.ts';
import { judgeUrl } from '../../adapters/url-guard.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import { benchSettingsSchema, type BenchSettings } from '../../schemas/bench-settings.ts';
import type { RunManifest } from '../../schemas/bench-run-file.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

const NAME = 'inference server';
const LIMIT_MS = 5_000;

/** The inference server of the bench answers and lists what the config names. It is not called where a bench would not call it either. */
export async function checkInference(
  { io, root }: Pick<Patient, 'io' | 'root'>,
  { bench }: { readonly bench: BenchSettings },
): Promise<DoctorCheck> {
  const expected = 'a list of models that holds those of the config';
  try {
    const url = isConfigured(bench) ? bench.base_url : lastMeasured(root);
    if (url === null) return ok(NAME, 'not configured', expected);
    const rules = { allowRemote: false, allowedHosts: bench.allowed_hosts };
    const verdict = await judgeUrl(url, rules);
    if (verdict.verdict !== 'accepted') return notCalled(url, verdict);
    const server = createModelClient({ baseUrl: url, apiKey: readApiKey(io.env, bench.api_key_env), rules });
    const listed = await server.listModels({ timeoutMs: LIMIT_MS });
    if (listed.state === 'failed') {
      return warn(NAME, `${url}: ${listed.kind}: ${listed.detail}`, expected, 'Start that server, or set bench.base_url to where it is.');
    }
    const names = listed.value.map(({ id }) => id);
    const wanted = [bench.embedding_model, ...(bench.judge_url === undefined ? [bench.judge_model] : [])];
    const missing = wanted.filter((name) => name !== undefined && !names.includes(name));
    const found = `${url}: ${formatAmount(names.length, 'model')}`;
    if (missing.length === 0) return ok(NAME, found, expected);
    return warn(NAME, `${found}, without ${missing.join(', ')}`, expected, 'Load what is missing, or name another model in the config.');
  } catch (error) {
    if (error instanceof LauterError) return warn(NAME, error.message, expected, error.remedy);
    throw error;
  }
}

/** The defaults alone mean that nobody has thought of a bench yet. */
function isConfigured(bench: BenchSettings): boolean {
  return JSON.stringify(bench) !== JSON.stringify(benchSettingsSchema.parse({}));
}

/** The server of the newest run; null before the first. */
function lastMeasured(root: string): string | null {
  const runs = openBenchRuns(root);
  const newest = runs.list().find((id) => runs.has(id, 'manifest'));
  return newest === undefined ? null : runs.read<RunManifest>(newest, 'manifest').inference_url;
}

function notCalled(url: string, verdict: Exclude<Awaited<ReturnType<typeof judgeUrl>>, { readonly verdict: 'accepted' }>): DoctorCheck {
  const expected = 'a server on this machine, or a host of bench.allowed_hosts';
  if (verdict.verdict === 'unresolved')
    return warn(NAME, `${url}: ${verdict.host} has no address`, expected, 'Mend the name in bench.base_url.');
  if (verdict.reason === 'remote_host') {
    return warn(
      NAME,
      `${url} was not called: it is another host`,
      expected,
      `If events may go there, add ${JSON.stringify(verdict.host)} to bench.allowed_hosts.`,
    );
  }
  return fail(NAME, `${url} is never called: ${verdict.reason}`, expected, 'Set bench.base_url to an inference server.');
}
