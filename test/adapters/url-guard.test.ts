import { describe, expect, test } from 'vitest';
import { recordUrl } from '../../adapters/record-url.ts';
import { judgeUrl, type UrlRules } from '../../adapters/url-guard.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'models.harbour.example': ['10.0.0.7'],
  'trap.harbour.example': ['169.254.169.254'],
  'mixed.harbour.example': ['10.0.0.7', '::ffff:169.254.169.254'],
  'half.harbour.example': ['127.0.0.1', '10.0.0.7'],
};

const LOCAL_ONLY: UrlRules = {
  allowRemote: false,
  allowedHosts: [],
  resolve: (host) => (NAMES[host] === undefined ? Promise.reject(new Error('not found')) : Promise.resolve(NAMES[host])),
};
const ANY: UrlRules = { ...LOCAL_ONLY, allowRemote: true };

const reasonOf = async (url: string, rules: UrlRules): Promise<string> => {
  const verdict = await judgeUrl(url, rules);
  return verdict.verdict === 'refused' ? verdict.reason : verdict.verdict;
};

describe('this machine is always allowed', () => {
  test.each([
    'http://127.0.0.1:8000/v1',
    'http://localhost:8000',
    'http://LOCALHOST./v1',
    'http://[::1]:8000',
    'https://127.1/v1',
    'http://0x7f000001/',
    'http://[::ffff:127.0.0.1]/',
  ])('%s', async (url) => {
    expect(await judgeUrl(url, LOCAL_ONLY)).toMatchObject({ verdict: 'accepted', where: 'loopback' });
  });
});

describe('other hosts need a flag or their name in the list', () => {
  test.each([
    'http://10.0.0.7:8000/v1',
    'http://models.harbour.example/v1',
    'http://[2001:db8::7]/',
    'http://0.0.0.0:8000/',
    'http://half.harbour.example/',
  ])('%s', async (url) => {
    expect(await reasonOf(url, LOCAL_ONLY)).toBe('remote_host');
    expect(await judgeUrl(url, ANY)).toMatchObject({ verdict: 'accepted', where: 'remote' });
  });

  test('the list names hosts, in any case and without port', async () => {
    const listed: UrlRules = { ...LOCAL_ONLY, allowedHosts: ['Models.Harbour.example', '10.0.0.9', '[2001:db8::7]'] };
    expect(await reasonOf('http://models.harbour.example:9000/v1', listed)).toBe('accepted');
    expect(await reasonOf('http://models.harbour.example./v1', listed)).toBe('accepted');
    expect(await reasonOf('http://10.0.0.9/', listed)).toBe('accepted');
    expect(await reasonOf('http://[2001:db8::7]/', listed)).toBe('accepted');
    expect(await reasonOf('http://10.0.0.7/', listed)).toBe('remote_host');
    expect(await reasonOf('http://half.harbour.example/', listed)).toBe('remote_host');
  });

  test('the answer names the addresses to connect to', async () => {
    expect(await judgeUrl('http://models.harbour.example/', ANY)).toEqual({
      verdict: 'accepted',
      where: 'remote',
      addresses: ['10.0.0.7'],
    });
  });
});

describe('metadata services are refused whatever is allowed', () => {
  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.169.254./',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0xA9.0xFE.0xA9.0xFE/',
    'http://0251.0376.0251.0376/',
    'http://0251.254.0xa9.254/',
    'http://169.254.43518/',
    'http://%31%36%39.254.169.254/',
    'http://１６９.254.169.254/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[0:0:0:0:0:ffff:a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[fd00:ec2::254]/',
    'http://[FD00:EC2:0:0:0:0:0:254]/',
    'http://metadata.google.internal/computeMetadata/v1/',
    'http://METADATA.GOOGLE.INTERNAL./',
    'http://user:word@169.254.169.254/',
    'http://trap.harbour.example/',
    'http://mixed.harbour.example/',
  ])('%s', async (url) => {
    const listed = [new URL(url).hostname, 'trap.harbour.example', 'metadata.google.internal', '169.254.169.254'];
    expect(await reasonOf(url, { ...ANY, allowedHosts: listed })).toBe('metadata_address');
  });
});

test.each(['ftp://127.0.0.1/', 'file:///models', 'javascript:0', 'localhost:8000', ''])(
  '%j is no address of an inference server',
  async (url) => {
    expect(await reasonOf(url, ANY)).toBe('not_http');
  },
);

test('a name without an address is neither allowed nor refused', async () => {
  expect(await judgeUrl('http://gone.harbour.example/', ANY)).toEqual({ verdict: 'unresolved', host: 'gone.harbour.example' });
  expect(await reasonOf('http://gone.harbour.example/', { ...ANY, resolve: () => Promise.resolve([]) })).toBe('unresolved');
});

test('a resolver that gives something else than addresses is not believed', async () => {
  expect(await reasonOf('http://odd.harbour.example/', { ...LOCAL_ONLY, resolve: () => Promise.resolve(['nonsense']) })).toBe(
    'remote_host',
  );
});

test.each([
  ['http://user:word@127.0.0.1:8000/v1/?key=secret#top', 'http://127.0.0.1:8000/v1'],
  ['HTTP://LocalHost:80/v1/', 'http://localhost/v1'],
  ['http://[::1]:8000', 'http://[::1]:8000'],
])('a record of %s holds %s', (url, recorded) => {
  expect(recordUrl(url)).toBe(recorded);
});
