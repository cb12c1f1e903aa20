import { dirname, join } from 'node:path';
import { connectWorker } from '../../adapters/temporal/connection.ts';
import { connectionOptionsForAddress } from '../../adapters/temporal/connection-options.ts';
import type { RuntimeModule, WorkerModule } from './built-worker.ts';
import { LAUTER } from './run-lauter.ts';

/** A built worker and nothing else: unlike `lauter worker` it leaves schedules as they are. Its arguments: workspace, its id, address of the server. */
const [workspace = '', workspaceId = '', address = ''] = process.argv.slice(2);
const built = join(dirname(LAUTER), '..', 'worker');
const { quietRuntime } = (await import(join(built, 'runtime.js'))) as RuntimeModule;
const { startWorker } = (await import(join(built, 'index.js'))) as WorkerModule;
quietRuntime();
const { namespace, ...options } = connectionOptionsForAddress(address);
const connection = await connectWorker({ namespace, ...options }, { giveUpAfterMs: 30_000 });
const worker = await startWorker({ connection, namespace, workspace, workspaceId, env: process.env, threads: 2 });
console.error('worker ready');
await worker.stopped;
