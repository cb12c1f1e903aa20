import { describe, expect, it } from 'vitest';
import { createRedactor, DETECTOR_FAMILIES } from '../../../domain/redaction/index.ts';

const SIZE = 1_000_000;

/** What a pattern with two ways to read the same characters, or with a long look for an end that never comes, would choke on. */
const UNITS = [
  'a',
  'a.',
  'a-',
  'a@',
  'a@b.',
  'a.b@c.d-',
  'a@a.1.',
  '\\u00e9',
  '@',
  '%40',
  '0',
  '4',
  '4 ',
  '4242 ',
  '4242-4242-4242-4243 ',
  '4242424242424241,',
  '+1 ',
  '+1 2 3 4 5 6 7 8 9 ',
  '+14155552 ',
  '(415) ',
  '415-555-',
  'phone: 1 1 1 1 1 1 1 ',
  'call me ',
  '123-45-',
  'ssn ',
  'GB82',
  'GB82 WEST ',
  'AB12 CDEF',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\n',
  '-----BEGIN PRIVATE KEY----- "+" ',
  '-----BEGIN ',
  '"\n',
  'eyJ',
  '.eyJ',
  'eyJhbGciOiJIUzI1NiJ9.',
  '\n-eyJ',
  'sk-',
  'sk-ant-',
  'xoxb-',
  'hooks.slack.com/services/',
  'ghp_',
  'AKIA',
  '://',
  '://a:',
  '://a:b',
  '://a:b@',
  'bearer ',
  'Authorization: Basic ',
  'password',
  'password=',
  'password="',
  'password="a',
  "password='\\\\",
  'password: ',
  'password is a',
  'secret key=',
  'token=',
  'token=a1',
  'api_key="a1b2c3',
  '<password>',
  '<password>a',
  'password to ',
  'curl ',
  'curl -u ',
  'curl -u a:',
  'mysql -p',
  'login a password ',
  '--a-',
  '--key ',
  'name: KEY, ',
  'name: A_KEY value: ',
  'env("A_',
  "IDENTIFIED BY '",
  '٤',
  '٤٢٤٢ ',
  '\\',
  '"',
  '\\"',
  ' ',
];

describe('hostile text of a million characters', () => {
  it.each(UNITS)('is done with %j over and over', (unit) => {
    const text = `phone password key token keeper@ ${unit.repeat(Math.ceil(SIZE / unit.length))}\n.`;
    expect(createRedactor().redact(text)).toMatch(/\n\.$/);
  });

  it('has every pattern read all of them, whatever its hint says', () => {
    for (const { pattern } of DETECTOR_FAMILIES.flatMap((family) => family.detectors)) {
      for (const unit of UNITS) expect(unit.repeat(Math.ceil(100_000 / unit.length)).replace(pattern, '')).toBeTypeOf('string');
    }
  });
});
