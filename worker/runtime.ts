import { DefaultLogger, Runtime } from '@temporalio/worker';

let isInstalled = false;

/** Quiets the SDK, which speaks to the terminal unless told otherwise: what matters to a user is said by the command. Must run before the first connection. */
export function quietRuntime(): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { forward: {}, filter: 'OFF' } },
    shutdownSignals: [],
  });
}
