import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectionOptionsForAddress, connectionOptionsFromEnvironment } from '../../../adapters/temporal/connection-options.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lauter-connection-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** An environment that sees no profile file of whoever runs the test. */
function read(env: Record<string, string>) {
  return connectionOptionsFromEnvironment({ HOME: home, XDG_CONFIG_HOME: home, PATH: '/usr/bin', ...env });
}

function writeText(name: string, text: string): string {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
}

test('nothing chosen is null, and empty variables choose nothing', () => {
  expect(read({})).toBeNull();
  expect(read({ TEMPORAL_ADDRESS: '', TEMPORAL_API_KEY: '' })).toBeNull();
});

test('a plain address: no encryption, namespace default, the same for client and worker', () => {
  expect(read({ TEMPORAL_ADDRESS: 'brewery:7233' })).toEqual({
    namespace: 'default',
    client: { address: 'brewery:7233' },
    worker: { address: 'brewery:7233' },
  });
  expect(connectionOptionsForAddress('127.0.0.1:7233')).toEqual({
    namespace: 'default',
    client: { address: '127.0.0.1:7233' },
    worker: { address: '127.0.0.1:7233' },
  });
});

test('a client certificate arrives as bytes, with the server name and the authority', () => {
  const found = read({
    TEMPORAL_ADDRESS: 'brewery:7233',
    TEMPORAL_NAMESPACE: 'cellar',
    TEMPORAL_TLS_CLIENT_CERT_PATH: writeText('client.pem', 'certificate'),
    TEMPORAL_TLS_CLIENT_KEY_PATH: writeText('client.key', 'key'),
    TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'authority',
    TEMPORAL_TLS_SERVER_NAME: 'cellar.example',
  });
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
  const tls = {
    serverNameOverride: 'cellar.example',
    serverRootCACertificate: bytes('authority'),
    clientCertPair: { crt: bytes('certificate'), key: bytes('key') },
  };
  expect(found).toEqual({ namespace: 'cellar', client: { address: 'brewery:7233', tls }, worker: { address: 'brewery:7233', tls } });
});

test('an API key switches encryption on, unless it is switched off by name', () => {
  const env = { TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: 'a-key' };
  const options = { address: 'cloud:7233', apiKey: 'a-key', tls: true };
  expect(read(env)).toEqual({ namespace: 'default', client: options, worker: options });
  expect(read({ ...env, TEMPORAL_TLS: 'false' })?.worker.tls).toBe(false);
});

test('a profile of a file is taken, with its headers, and a variable goes before it', () => {
  const file = writeText(
    'temporal.toml',
    '[profile.cellar]\naddress = "cellar:7233"\nnamespace = "lager"\n[profile.cellar.grpc_meta]\nroom = "two"\n',
  );
  const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'cellar' };
  const options = { address: 'cellar:7233', metadata: { room: 'two' } };
  expect(read(env)).toEqual({ namespace: 'lager', client: options, worker: options });
  expect(read({ ...env, TEMPORAL_NAMESPACE: 'ale' })?.namespace).toBe('ale');
});

test('a file of the user that names no address chooses nothing', () => {
  writeText('unrelated.toml', '');
  expect(read({ XDG_CONFIG_HOME: home })).toBeNull();
});

test.each([
  ['a key without an address', { TEMPORAL_API_KEY: 'a-key' }, 'found TEMPORAL_API_KEY without an address'],
  ['a profile that does not exist', { TEMPORAL_PROFILE: 'attic' }, "Profile 'attic' not found"],
  ['a certificate without its key', { TEMPORAL_ADDRESS: 'a:1', TEMPORAL_TLS_CLIENT_CERT_DATA: 'c' }, 'only one of client certificate'],
  [
    'a certificate that is not there',
    { TEMPORAL_ADDRESS: 'a:1', TEMPORAL_TLS_CLIENT_CERT_PATH: 'no/such.pem', TEMPORAL_TLS_CLIENT_KEY_DATA: 'k' },
    'no such file',
  ],
])('%s is a configuration error', (_, env, message) => {
  expect(() => read(env as Record<string, string>)).toThrow(ConfigError);
  expect(() => read(env as Record<string, string>)).toThrow(message);
});
