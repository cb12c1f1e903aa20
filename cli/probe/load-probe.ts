import { auditFolderOf } from '../../adapters/audit-folder.ts';
import { openProbeAudit, type ProbeAudit } from '../../adapters/files/probe-audit.ts';
import type { Config } from '../../schemas/config.ts';
import type { Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';

/** The probe of a workspace, as its config and its audit files have it. */
export interface LoadedProbe {
  readonly workspaceDir: string;
  readonly config: Config;
  readonly configPath: string;
  readonly audit: ProbeAudit;
}

/** Reads the config anew. UsageError, ConfigError. */
export function loadProbe(io: Io, options: PlaceOptions): LoadedProbe {
  const workspaceDir = workspaceFolder(io, options);
  const { config, path: configPath } = loadConfig(io, workspaceDir, options);
  return { workspaceDir, config, configPath, audit: openProbeAudit(auditFolderOf(workspaceDir, io.env, workspaceDir)) };
}
