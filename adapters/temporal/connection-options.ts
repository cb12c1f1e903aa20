import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import type { ClientConfigProfile } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { ConfigError } from '../../domain/shared/errors.ts';

/** Where the server is and how to prove who we are: the same facts in the client's and in the worker's form. */
export interface EngineConnection {
  readonly namespace: string;
  readonly client: ConnectionOptions & { readonly address: string };
  readonly worker: NativeConnectionOptions & { readonly address: string };
}

/**
 * The connection that the user chose by the SDK's own environment configuration: TEMPORAL_ADDRESS, _NAMESPACE, _API_KEY, _TLS_*, _PROFILE,
 * _CONFIG_FILE. null when none is chosen; ConfigError when the choice is incomplete or a file that it names cannot be used.
 */
export function connectionOptionsFromEnvironment(env: NodeJS.ProcessEnv): EngineConnection | null {
  const profile = loadProfile(env);
  if (!profile.address) {
    const stray = Object.keys(env).find((name) => name.startsWith('TEMPORAL_') && env[name]);
    if (stray === undefined) return null;
    throw incomplete(`${stray} without an address`, `Set TEMPORAL_ADDRESS as well, or unset ${stray}`);
  }
  if ((profile.tls?.clientCert === undefined) !== (profile.tls?.clientKey === undefined)) {
    throw incomplete(
      'only one of client certificate and client key',
      'Set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH together',
    );
  }
  const { address, apiKey, tls, metadata } = inContext(() => toClientOptions(profile)).connectionOptions;
  const shared = {
    address: address ?? profile.address,
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  return { namespace: profile.namespace ?? 'default', client: shared, worker: shared };
}

/** The connection to a server on this machine: no encryption, no key, the namespace that every server has. */
export function connectionOptionsForAddress(address: string): EngineConnection {
  return { namespace: 'default', client: { address }, worker: { address } };
}

function loadProfile(env: NodeJS.ProcessEnv): ClientConfigProfile {
  // An empty variable means "not set", except for request headers, where the SDK takes it as "remove this header".
  const isSet = ([name, value]: [string, string | undefined]) =>
    value !== undefined && (value !== '' || name.startsWith('TEMPORAL_GRPC_META_'));
  const overrideEnvVars = Object.fromEntries(Object.entries(env).filter(isSet)) as Record<string, string>;
  return inContext(() => loadClientConfigProfile({ overrideEnvVars }));
}

function inContext<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw incomplete(error instanceof Error ? error.message : String(error), 'Correct the TEMPORAL_* variables or the profile file', error);
  }
}

function incomplete(found: string, remedy: string, cause?: unknown): ConfigError {
  return new ConfigError(
    `reading the connection to Temporal, on the TEMPORAL_* variables and profile: expected a complete set, found ${found}.`,
    `${remedy}, and run the same command again.`,
    {},
    cause,
  );
}
