import { describe, expect, it } from 'vitest';
import { redactPayload } from '../../../domain/redaction/index.ts';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { fc } from '../../support/fast-check.ts';

// Parts that only together look like a secret, so that no scanner of repositories stops at this file.
const AWS = ['AKIA', 'QYLPMN5HFIQR7XYA'].join('');
const GITHUB = ['ghp', 'a8Kd03jfLq92mZx71Vbn40PwRt65sYcE12uH'].join('_');
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiI3In0', 'c2lnbmVk'].join('.');
const PEM = ['-----BEGIN', 'CERTIFICATE-----\nTm90IGEgc2VjcmV0Cg==\n-----END', 'CERTIFICATE-----'].join(' ');

function redact(payload: JsonObject) {
  return redactPayload(payload).payload;
}

function inText(text: string): unknown {
  return redact({ stdout: text }).stdout;
}

describe('the detectors', () => {
  it.each([
    ['an AWS key id', `found ${AWS} in the log`, 'found [REDACTED] in the log'],
    ['a GitHub token', `git push https://${GITHUB}@forge.example`, 'git push https://[REDACTED]@forge.example'],
    ['a short JSON web token', `session ${JWT}`, 'session [REDACTED]'],
    ['a bearer header', 'Authorization: Bearer abc', 'Authorization: Bearer [REDACTED]'],
    ['a bearer token without its header', 'sent bearer nightshift-token', 'sent bearer [REDACTED]'],
    ['a whole PEM block of any label', `cert:\n${PEM}\nend`, 'cert:\n[REDACTED]\nend'],
    ['a value of eight letters', 'export TOKEN=abcdefgh', 'export TOKEN=[REDACTED]'],
    ['a value in quotation marks with blanks', 'password: "dome opens at nine"', 'password: "[REDACTED]"'],
    ['a value in single quotation marks', "api_key = 'abcdefgh'", "api_key = '[REDACTED]'"],
    ['a value with an escaped quotation mark in it', 'secret="ab\\"cdefgh"', 'secret="[REDACTED]"'],
    ['a value in a query', 'GET /sky?access_token=abcdefgh&page=2', 'GET /sky?access_token=[REDACTED]&page=2'],
  ])('take %s', (_, text, redacted) => expect(inText(text)).toBe(redacted));

  it.each([
    ['a value of seven characters', 'TOKEN=abcdefg'],
    ['a count of tokens', 'prompt_tokens=12345678'],
    ['the folder that a shell stands in', 'PWD=/home/nightshift/observatory'],
    ['a call', 'token = readToken()'],
    ['what was replaced before', 'password="[PASSWORD_1]" token=[REDACTED]'],
    ['plain words', 'The dome opened at 21:40 and the seeing was 0.8 arcseconds.'],
  ])('leave %s', (_, text) => expect(inText(text)).toBe(text));
});

describe('leaves', () => {
  it('are redacted before they are serialised, so a payload with quotation marks in it still parses', () => {
    const { payload, counts } = redactPayload({ command: 'echo "password=\\"night shift 9\\""', stdout: `{"token":"${GITHUB}"}` });
    expect(JSON.parse(canonicalJson(payload))).toEqual({ command: 'echo "password=\\"[REDACTED]\\""', stdout: '{"token":"[REDACTED]"}' });
    expect(counts).toEqual({ key_value_secret: 1, secret_name: 1 });
  });

  it('that hold JSON are parsed, redacted inside and serialised again, at any depth', () => {
    const innermost = JSON.stringify({ note: `key ${AWS}` });
    const inner = JSON.stringify([{ arguments: innermost, name: 'fetch' }]);
    expect(redact({ tool_calls_json: inner })).toEqual({
      tool_calls_json: JSON.stringify([{ arguments: JSON.stringify({ note: 'key [REDACTED]' }), name: 'fetch' }]),
    });
  });

  it('that hold JSON without a finding stay as they were written', () => {
    const text = '[ {"name": "open_dome",  "azimuth": 1.50} ]';
    expect(redact({ tool_calls_json: text })).toEqual({ tool_calls_json: text });
  });

  it('that hold JSON with a key twice lose the value that no parser shows', () => {
    expect(redact({ stdout: `{"note":"${AWS}","note":"clear sky"}` })).toEqual({ stdout: '{"note":"clear sky"}' });
  });

  it('with an escape that hides a secret from the text are read as a parser reads them', () => {
    const hidden = `{"note":"\\u0041${AWS.slice(1)}"}`;
    expect(redact({ stdout: hidden })).toEqual({ stdout: '{"note":"[REDACTED]"}' });
  });
});

describe('keys that name a secret', () => {
  it('take the whole value with them, whatever it is', () => {
    const payload = { password: 'x', db: { clientSecret: ['a', 'b'], 'x-api-key': 71, AWS_SECRET_ACCESS_KEY: { id: 1 } }, token: null };
    expect(redact(payload)).toEqual({
      password: '[REDACTED]',
      db: { clientSecret: '[REDACTED]', 'x-api-key': '[REDACTED]', AWS_SECRET_ACCESS_KEY: '[REDACTED]' },
      token: null,
    });
    expect(redactPayload(payload).counts).toEqual({ secret_name: 4 });
  });

  it('are told from those that only sound like it', () => {
    const payload = { prompt_tokens: 812, tokenizer: 'bpe', keyboard: 'de', cwd: '/srv', PWD: '/srv/night', secretary: 'nobody' };
    expect(redact(payload)).toEqual(payload);
  });

  it('that are secrets themselves are replaced, and none is lost', () => {
    expect(redact({ [AWS]: 'first', [GITHUB]: 'second' })).toEqual({ '[REDACTED]': 'first', '[REDACTED] 2': 'second' });
  });
});

it('finds nothing in what it left, whatever stood there', () => {
  const pieces = fc.constantFrom(
    'password',
    '=',
    ': ',
    '"',
    "'",
    '\\"',
    AWS,
    GITHUB,
    JWT,
    PEM,
    'bearer ',
    'token',
    'night',
    '[REDACTED]',
    '{',
    '}',
    '\n',
    '@',
    '://',
  );
  const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('stdout', 'token', 'note'),
        fc.oneof(
          text,
          text.map((inner) => JSON.stringify({ inner })),
        ),
      ),
      (payload) => {
        const once = redactPayload(payload);
        if (!once.isSettled) return;
        const twice = redactPayload(once.payload);
        expect(twice.findings).toBe(0);
        expect(twice.payload).toEqual(once.payload);
        for (const [key, value] of Object.entries(payload)) {
          if ([AWS, GITHUB, JWT].includes(value)) expect(once.payload[key]).toBe('[REDACTED]');
        }
      },
    ),
    { numRuns: 300 },
  );
});
