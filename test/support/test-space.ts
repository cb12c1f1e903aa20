import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stopServer } from '../../adapters/temporal/embedded-server.ts';
import { killCommands } from './lauter-command.ts';

/** A folder of a test, with traces and any number of workspaces side by side, so that all of them see the traces at the same relative path. */
export interface TestSpace {
  readonly root: string;
  /** Writes a file of traces; `name` is relative to `traces/`. */
  trace(name: string, content: string | Uint8Array): void;
  /** A new workspace with a config; paths in it start from the workspace, as in `../traces/desk.jsonl`. */
  workspace(config?: object): string;
  /** Stops the servers and removes everything. */
  clear(): Promise<void>;
}

/** Makes a space. Call {@link TestSpace.clear} when the test is over. */
export function makeTestSpace(): TestSpace {
  const root = mkdtempSync(join(tmpdir(), 'lauter-runs-'));
  const workspaces: string[] = [];
  return {
    root,
    trace: (name, content) => {
      const path = join(root, 'traces', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    },
    workspace: (config) => {
      const path = join(root, `workspace-${workspaces.length + 1}`);
      workspaces.push(path);
      if (config !== undefined) {
        mkdirSync(path);
        writeFileSync(join(path, 'lauter.config.json'), JSON.stringify(config, null, 2));
      }
      return path;
    },
    clear: async () => {
      await killCommands();
      for (const path of workspaces) await stopServer(path);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
