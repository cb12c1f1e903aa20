import { describe, expect, test } from 'vitest';
import { REDACTED, scrubQuery } from '../../../domain/scrub/index.ts';
import { fc } from '../../support/fast-check.ts';

/** What `text` becomes. */
function scrubbed(text: string): string {
  return scrubQuery(text).text;
}

describe('SCR-1: phone numbers', () => {
  test.each([
    ['call 555-123-4567', 'call [REDACTED]'],
    ['tel (555) 123-4567 ext 4', 'tel [REDACTED]'],
    ['+1 555 123 4567', '[REDACTED]'],
    ['(555)123-4567, then lunch', '[REDACTED], then lunch'],
    ['555.123.4567 x12', '[REDACTED]'],
    ['555-123-4567x12', '[REDACTED]'],
    ['1-800-555-1234', '[REDACTED]'],
    ['+1 (555) 123-4567', '[REDACTED]'],
    ['call +49 (0)30 1234567 today', 'call [REDACTED] today'],
    ['+44 20 7946 0958', '[REDACTED]'],
    ['+15551234567', '[REDACTED]'],
    ['my number is 5551234567.', 'my number is [REDACTED].'],
    ['５５５-１２３-４５６７', '[REDACTED]'],
    ['555\u2011123\u20114567', '[REDACTED]'],
  ])('%s', (text, expected) => {
    expect(scrubQuery(text)).toEqual({ text: expected, counts: { phone: 1 } });
  });

  test.each([
    'logged at 1700000000',
    'order 5551234567',
    'order number: 5551234567',
    'ticket 555-123-4567',
    'invoice #5551234567',
    'id=5551234567',
    'user_id: 5551234567',
    'build 555.123.4567',
    'crate #555-123-4567',
    '12-555-123-4567-8',
    '3.1415926535',
    'harvest of 2024-11-21 10:30',
    'a+b, C++20, +5 points',
  ])('stays: %s', (text) => {
    expect(scrubQuery(text)).toEqual({ text, counts: {} });
  });
});

describe('SCR-3: cards', () => {
  test.each([
    ['4111 1111 1111 1111', '[REDACTED]'],
    ['4111-1111-1111-1111', '[REDACTED]'],
    ['card 4111111111111111 now', 'card [REDACTED] now'],
    ['3782 822463 10005', '[REDACTED]'],
    ['pay 12 with 5500 0000 0000 0004 please', 'pay 12 with [REDACTED] please'],
    ['order 4111 1111 1111 1111', 'order [REDACTED]'],
    ['4111\u00a01111\u00a01111\u00a01111', '[REDACTED]'],
  ])('%s', (text, expected) => {
    expect(scrubQuery(text)).toEqual({ text: expected, counts: { card: 1 } });
  });

  test.each([
    '1234567890123456',
    '4111 1111 1111 1112',
    '4111111111111112',
    'order 4111111111111111',
    'Invoice number 4111111111111111',
    'ticket no. 4111111111111111',
    'tracking: #4111111111111111',
    '9111111111111111',
  ])('stays: %s', (text) => {
    expect(scrubQuery(text)).toEqual({ text, counts: {} });
  });

  test('the border of something is no order', () => {
    expect(scrubbed('border 4111111111111111')).toBe('border [REDACTED]');
  });
});

describe('SCR-4: bearer tokens', () => {
  test.each(['Bearer abc123DEF456ghi789', 'bearer abc123DEF456ghi789', 'BEARER abc123DEF456ghi789'])('%s', (text) => {
    expect(scrubQuery(text)).toEqual({ text: 'Bearer [REDACTED]', counts: { bearer: 1 } });
  });

  test('in a header', () => {
    expect(scrubbed('Authorization: bearer mF_9.B5f-4.1JqM and tea')).toBe('Authorization: Bearer [REDACTED] and tea');
  });

  test.each(['the bearer of this letter', 'Bearer', 'bearer authentication explained', 'bearer token'])('stays: %s', (text) => {
    expect(scrubbed(text)).toBe(text);
  });

  test('a JSON web token by itself', () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwZWFyIn0.c2lnbmF0dXJl_-x';
    expect(scrubQuery(`why is ${token} refused`)).toEqual({ text: 'why is [REDACTED] refused', counts: { jwt: 1 } });
  });
});

describe('SCR-5: addresses', () => {
  test('two in one query are two', () => {
    expect(scrubQuery('from anna@harbour.example to ben@orchard.example')).toEqual({
      text: 'from [REDACTED] to [REDACTED]',
      counts: { email: 2 },
    });
  });

  test.each([
    ['anna＠harbour.example', '[REDACTED]'],
    ["write to <o'brien+boats@mail.harbour.example>.", 'write to <[REDACTED]>.'],
    ['jürgen@häfen.example', '[REDACTED]'],
    ['?to=anna%40harbour.example&x=1', '?to=[REDACTED]&x=1'],
    ['mailto:anna@harbour.example,ben@orchard.example', 'mailto:[REDACTED],[REDACTED]'],
  ])('%s', (text, expected) => {
    expect(scrubbed(text)).toBe(expected);
  });

  test.each(['meet @ the harbour', 'anna@localhost', 'logo@2x.png', 'lodash@4.17.21', '@harbour.example'])('stays: %s', (text) => {
    expect(scrubbed(text)).toBe(text);
  });
});

describe('social security numbers', () => {
  test.each([
    ['123-45-6789', '[REDACTED]'],
    ['ssn 123456789', 'ssn [REDACTED]'],
    ['SSN: 123-45-6789', 'SSN: [REDACTED]'],
    ['my social security number is 123456789', 'my social security number is [REDACTED]'],
    ['ssn 123 45 6789', 'ssn [REDACTED]'],
  ])('%s', (text, expected) => {
    expect(scrubQuery(text)).toEqual({ text: expected, counts: { ssn: 1 } });
  });

  test.each([
    'crate 123456789',
    'the year 2024',
    '#123-45-6789',
    '#123456789',
    '1-123-45-6789',
    'lesson 123456789',
    'ssn of the person who picked 123456789',
  ])('stays: %s', (text) => {
    expect(scrubbed(text)).toBe(text);
  });
});

describe('SCR-8: secrets', () => {
  test.each([
    ['key AKIAIOSFODNN7EXAMPLE leaked', 'key [REDACTED] leaked'],
    ['ASIAIOSFODNN7EXAMPLE', '[REDACTED]'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '[REDACTED]'],
    ['gho_abcdefghijklmnopqrstuvwxyz0123456789', '[REDACTED]'],
    ['ghs_abcdefghijklmnopqrstuvwxyz0123456789', '[REDACTED]'],
    ['github_pat_11ABCDEFG0abcdefghij_klmnop', '[REDACTED]'],
    ['sk-ant-api03-abcdefghijklmnop', '[REDACTED]'],
    ['sk-abcdefghijklmnopqrstuvwx', '[REDACTED]'],
    ['xoxb-1234567890-abcdefghij', '[REDACTED]'],
    ['password=x', 'password=[REDACTED]'],
    ['passwd: pear7', 'passwd: [REDACTED]'],
    ['SECRET = "two words"', 'SECRET = "[REDACTED]"'],
    ['api_key=abc&next=1', 'api_key=[REDACTED]&next=1'],
    ['apikey: abc', 'apikey: [REDACTED]'],
    ['API-KEY=abc.', 'API-KEY=[REDACTED].'],
    ['{"token": "pear", "limit": 3}', '{"token": "[REDACTED]", "limit": 3}'],
    ['postgres://admin:pear@db.example/harbour', 'postgres://[REDACTED]@db.example/harbour'],
    ['redis://:pe@ar@cache.example', 'redis://[REDACTED]@cache.example'],
    ['postgres://admin:pea#r@db.example', 'postgres://[REDACTED]@db.example'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEpear\n-----END RSA PRIVATE KEY----- what is it', '[REDACTED] what is it'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC', '[REDACTED]'],
    ['glpat-abcdefghij0123456789', '[REDACTED]'],
  ])('%s', (text, expected) => {
    expect(scrubQuery(text)).toEqual({ text: expected, counts: { secret: 1 } });
  });

  test.each([
    'password',
    'password=',
    'password: ',
    'how do I reset my password',
    'passwords: a history',
    'Token::parse in Rust',
    'https://harbour.example:8080/boats?at=noon',
    'sk-learn-pipeline-notes-for-beginners',
    'what does -----BEGIN PRIVATE KEY----- mean',
  ])('stays: %s', (text) => {
    expect(scrubQuery(text)).toEqual({ text, counts: {} });
  });
});

describe('IP addresses', () => {
  test.each([
    ['who is 203.0.113.7?', 'who is [REDACTED]?'],
    ['8.8.8.8:53', '[REDACTED]:53'],
    ['http://[2001:db8::1]:80/', 'http://[[REDACTED]]:80/'],
    ['2606:4700:4700::1111.', '[REDACTED].'],
    ['2001:0DB8:0000:0000:0000:0000:0000:0001', '[REDACTED]'],
    ['::ffff:8.8.8.8', '[REDACTED]'],
  ])('%s', (text, expected) => {
    expect(scrubQuery(text)).toEqual({ text: expected, counts: { ip: 1 } });
  });

  test.each([
    ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.0.0.1', '169.254.1.1', '::1', 'fe80::1', 'fd12:3456::1', '::ffff:192.168.1.1'],
    ...[
      'v1.2.3.4',
      'version 1.2.3.4',
      'Version: 1.2.3.4',
      'v 1.2.3.4',
      '1.2.3.4.5',
      '300.1.2.3',
      '12:30:45',
      'std::vector',
      'a::b',
      'aa:bb:cc:dd:ee:ff',
    ],
  ])('stays: %s', (text) => {
    expect(scrubQuery(text)).toEqual({ text, counts: {} });
  });
});

test('172.32.0.1 is public, 172.31.0.1 is not', () => {
  expect(scrubbed('172.31.0.1 172.32.0.1')).toBe('172.31.0.1 [REDACTED]');
});

test('a query with everything counts each class', () => {
  const text = 'password=pear Bearer abc123DEF456 anna@harbour.example 4111 1111 1111 1111, 123-45-6789, 555-123-4567, 8.8.8.8';
  expect(scrubQuery(text)).toEqual({
    text: 'password=[REDACTED] Bearer [REDACTED] [REDACTED] [REDACTED], [REDACTED], [REDACTED], [REDACTED]',
    counts: { secret: 1, bearer: 1, email: 1, card: 1, ssn: 1, phone: 1, ip: 1 },
  });
});

describe('SCR-7: hostile texts stay readable', () => {
  test('a long run of a letter', () => {
    const text = 'a'.repeat(51_200);
    expect(scrubQuery(text)).toEqual({ text, counts: {} });
  });

  test.each([
    '((((',
    '[{("\'',
    '@',
    '1.',
    '4 ',
    '+1 ',
    'password',
    'eyJ',
    'bearer ',
    '-----BEGIN ',
    '://',
    ':',
    '\\"',
    '%40',
    '555-',
    'ssn ',
  ])('%s without end, and words in the middle of it', (unit) => {
    const half = unit.repeat(Math.floor(25_000 / unit.length));
    expect(scrubbed(`${half} the pears of the harbour ${half}`)).toContain('the pears of the harbour');
  });
});

const ordinary = fc.array(
  fc.constantFrom('pears', 'harbour', 'at noon', 'the', '2024', 'v2.1', 'boat-7', 'a@b', '3 of 12,', '«été»', '港'),
  { maxLength: 20 },
);
const findings = fc.constantFrom(
  ['anna@harbour.example', 'email'],
  ['555-123-4567', 'phone'],
  ['4111 1111 1111 1111', 'card'],
  ['123-45-6789', 'ssn'],
  ['203.0.113.7', 'ip'],
  ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'secret'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwZWFyIn0.c2lnbmF0dXJl', 'jwt'],
);

test('a value among ordinary words is taken out and nothing else is', () => {
  fc.assert(
    fc.property(ordinary, findings, ordinary, (before, [value, name], after) => {
      const [head, tail] = [before.join(' '), after.join(' ')];
      expect(scrubQuery(`${head}; ${value}; ${tail}`)).toEqual({ text: `${head}; ${REDACTED}; ${tail}`, counts: { [name]: 1 } });
    }),
  );
});

test('what has been scrubbed is not scrubbed again', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          ordinary.map((words) => words.join(' ')),
          findings.map(([value]) => value),
          fc.constantFrom('password=', 'token: ', 'bearer ', '"', '://'),
        ),
      ),
      (parts) => {
        const { text } = scrubQuery(parts.join(' '));
        expect(scrubQuery(text)).toEqual({ text, counts: {} });
      },
    ),
  );
});

test('any text at all can be scrubbed, and what is found is counted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { text: after, counts } = scrubQuery(text);
      expect(after === text).toBe(Object.keys(counts).length === 0);
    }),
  );
});
