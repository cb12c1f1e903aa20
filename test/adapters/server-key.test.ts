import { expect, test } from 'vitest';
import { serverKey } from '../../adapters/server-key.ts';

test.each([
  'http://127.0.0.1:11434/v1',
  'http://127.0.0.1:11434/v1/',
  'http://127.0.0.1:11434',
  'http://localhost:11434/v1',
  'http://LOCALHOST.:11434/v1',
  'http://pier.localhost:11434/v1',
  'http://127.0.0.9:11434/v1',
  'http://2130706433:11434/v1',
  'http://0.0.0.0:11434/v1',
  'http://[::1]:11434/v1',
  'http://[0:0:0:0:0:0:0:1]:11434/v1',
  'http://[::]:11434/v1',
  'http://[::ffff:127.0.0.1]:11434/v1',
  'http://keeper:pass@localhost:11434/other/v1?tide=low',
])('%s is port 11434 of this machine', (url) => {
  expect(serverKey(url)).toBe('localhost:11434');
});

test.each([
  ['http://127.0.0.1:11435/v1', 'localhost:11435'],
  ['http://localhost/v1', 'localhost:80'],
  ['https://localhost/v1', 'localhost:443'],
  ['https://models.harbour.example/v1', 'models.harbour.example:443'],
  ['https://Models.Harbour.example.:443/v1/', 'models.harbour.example:443'],
  ['http://10.0.0.7:8000/v1', '10.0.0.7:8000'],
  ['http://[fd00::7]:8000/v1', 'fd00::7:8000'],
  ['the lock house', 'the lock house'],
])('%s is %s', (url, key) => {
  expect(serverKey(url)).toBe(key);
});
