import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { DistillInput } from '../../activities/contract.ts';
import type { SourceRequest } from '../../activities/ports.ts';
import { sha256 } from '../../adapters/digest.ts';
import { VERSION } from '../../adapters/program-version.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { Config } from '../../schemas/config.ts';
import type { Stage } from '../../schemas/vocabulary.ts';
import { SHARD_WINDOW } from '../../temporal.config.ts';

export interface DistillRequest {
  readonly config: Config;
  /** Folder that relative paths of the config start from. */
  readonly configBase: string;
  /** Paths from the command line; they replace the sources of the config. */
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly skipUnknown: boolean;
  readonly until: Stage;
  readonly workspaceId: string;
  readonly now: Date;
}

/** What a refinery run is, from config and command line. The workflow id names the work: the same request gives the same id. */
export function distillInput(request: DistillRequest): DistillInput {
  const requests = sourceRequests(request);
  const { distill: settings, engine } = request.config;
  const work = {
    requests: requests.map(({ base, paths, ...rest }) => ({ ...rest, paths: paths.map((path) => resolve(base, path)), given: paths })),
    settings,
    skip_unknown: request.skipUnknown,
    until: request.until,
  };
  const config_digest = sha256(canonicalJson(work as unknown as JsonValue));
  return {
    run_id: runId(request.now),
    workflow_id: `distill-${request.workspaceId}-${config_digest.slice(0, 16)}`,
    started_at: request.now.toISOString(),
    requests,
    skip_unknown: request.skipUnknown,
    settings,
    config_digest,
    config_base: request.configBase,
    code_version: VERSION,
    until: request.until,
    window: SHARD_WINDOW,
    heartbeat_timeout_ms: engine.heartbeat_timeout_s * 1000,
  };
}

/** Run ids sort by time. */
function runId(now: Date): string {
  return `${now.toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}

/** What is to be read: the paths of the command line, or else the sources of the config. */
export function sourceRequests({
  paths,
  cwd,
  config,
  configBase,
}: Pick<DistillRequest, 'paths' | 'cwd' | 'config' | 'configBase'>): SourceRequest[] {
  if (paths.length > 0) return paths.map((path) => ({ paths: [path], base: cwd, options: {} }));
  if (config.sources.length === 0) {
    throw new UsageError(
      'looking for sources: expected paths on the command line or `sources` in lauter.config.json, found neither.',
      'Name a folder, as in `lauter distill run-all ./traces`, or write the config with `lauter init ./traces`.',
    );
  }
  return config.sources.map(({ name, adapter, license, paths: own, options }) => ({
    name,
    ...(adapter === undefined ? {} : { adapter }),
    ...(license === undefined ? {} : { license }),
    paths: own,
    base: configBase,
    options: options as Record<string, JsonValue>,
  }));
}
