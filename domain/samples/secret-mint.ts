import type { Random } from '../shared/random.ts';
import type { Planted } from './telling.ts';

/** Makes synthetic secrets and personal data and remembers each, so that the truth file can name what must not survive. */
export interface SecretMint {
  mint(kind: SecretKind): string;
  minted(): readonly Planted[];
}

const SECRET_KINDS = [
  'email',
  'phone',
  'card',
  'iban',
  'ssn',
  'aws_key_id',
  'aws_secret',
  'github_token',
  'model_key',
  'password',
  'connection_password',
  'bearer',
  'jwt',
  'private_key',
] as const;
/** Kinds of things that must never reach an output. */
export type SecretKind = (typeof SECRET_KINDS)[number];

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const DIGITS = '0123456789';
const HANDLE_WORDS = ['harbor', 'quay', 'lantern', 'saltmarsh', 'pier', 'mill', 'gull', 'heron', 'delta', 'foundry'];
const MAIL_DOMAINS = ['example.com', 'example.org', 'mail.example.net'];
const AREA_CODES = ['415', '206', '312', '617', '503', '718'];

// Published numbers that payment and bank test systems reserve for trying things out.
const TEST_CARDS = ['4242 4242 4242 4242', '4111111111111111', '5555-5555-5555-4444', '3782 822463 10005', '6011 1111 1111 1117'];
const EXAMPLE_IBANS = ['DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432', 'FR14 2004 1010 0505 0001 3M02 606', 'NL91ABNA0417164300'];

// Each form stands in pieces, so that no scanner takes this source for a leak.
const MAKERS: Readonly<Record<SecretKind, (random: Random) => string>> = {
  email: (random) => `${random.pick(HANDLE_WORDS)}-rider-${random.int(900) + 100}@${random.pick(MAIL_DOMAINS)}`,
  phone: (random) => phoneForm(random, random.pick(AREA_CODES), `01${drawFrom(random, DIGITS, 2)}`),
  card: (random) => random.pick(TEST_CARDS),
  iban: (random) => random.pick(EXAMPLE_IBANS),
  ssn: (random) => `${random.pick(['412', '528', '603', '219'])}-${random.int(89) + 10}-${random.int(8999) + 1000}`,
  aws_key_id: (random) => ['AK', 'IA', drawFrom(random, BASE32, 16)].join(''),
  aws_secret: (random) => drawFrom(random, `${ALNUM}+/`, 40),
  github_token: (random) => ['gh', 'p_', drawFrom(random, ALNUM, 36)].join(''),
  model_key: (random) => [['s', 'k-'].join(''), random.pick(['proj', 'ant-api03']), '-', drawFrom(random, ALNUM, 48)].join(''),
  password: (random) => passphrase(random),
  connection_password: (random) => passphrase(random),
  bearer: (random) => drawFrom(random, ALNUM, 40),
  jwt: (random) =>
    [
      ['ey', 'J', drawFrom(random, ALNUM, 33)].join(''),
      ['ey', 'J', drawFrom(random, ALNUM, 45)].join(''),
      drawFrom(random, ALNUM, 43),
    ].join('.'),
  private_key: (random) => drawFrom(random, `${ALNUM}+/`, 64),
};

/** A mint that draws from `random`. For `private_key` the text is one line of the key's body. */
export function createSecretMint(random: Random): SecretMint {
  const made: Planted[] = [];
  return {
    mint(kind) {
      const text = MAKERS[kind](random);
      made.push({ kind, text });
      return text;
    },
    minted: () => made,
  };
}

function passphrase(random: Random): string {
  const word = random.pick(['kelp', 'buoy', 'mast', 'tide', 'reef', 'hull']);
  return `${word}${random.pick(['Ferry', 'Spoke', 'Chain', 'Pedal', 'Crank'])}${drawFrom(random, DIGITS, 4)}${drawFrom(random, ALNUM, 4)}`;
}

function phoneForm(random: Random, area: string, line: string): string {
  return random.pick([`+1 ${area} 555 ${line}`, `(${area}) 555-${line}`, `${area}-555-${line}`, `+1-${area}-555-${line}`]);
}

function drawFrom(random: Random, alphabet: string, length: number): string {
  let text = '';
  for (let at = 0; at < length; at += 1) text += alphabet[random.int(alphabet.length)];
  return text;
}
