import type { Random } from '../../../../domain/shared/random.ts';

/** Makes one value of a kind; the same random numbers make the same value. Nothing real: drawn by lot, or reserved for examples. */
export type Mint = (random: Random) => string;

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const ALNUM = UPPER + LOWER + DIGITS;
const HEX = '0123456789abcdef';

export function draw(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[random.int(alphabet.length)]).join('');
}

/** Of the forms of a kind, one by lot. */
function oneOf(...forms: readonly Mint[]): Mint {
  return (random) => random.pick(forms)(random);
}

/** A prefix and characters drawn by lot. The prefix stands in pieces, so that no scanner takes this source for a leak. */
function token(prefix: readonly string[], alphabet: string, length: number): Mint {
  return (random) => prefix.join('') + draw(random, alphabet, length);
}

const base64url = `${ALNUM}_-`;

/** The values of each detector, in all the forms that its description names. */
export const MINTS: Readonly<Record<string, Mint>> = {
  private_key: (random) => {
    const [label, start] = random.pick([
      ['RSA ', 'MIIEpAIBAAKCAQEA'],
      ['EC ', 'MHcCAQEEIF'],
      ['OPENSSH ', 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB'],
      ['', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj'],
    ] as const);
    const body = start + draw(random, `${ALNUM}+/`, 64 * random.pick([3, 12, 24]) - start.length);
    const end = ['PRIVATE', 'KEY-----'].join(' ');
    return `-----BEGIN ${label}${end}\n${(body.match(/.{64}/g) ?? []).join('\n')}\n${draw(random, ALNUM, 20)}==\n-----END ${label}${end}`;
  },
  aws_access_key: oneOf(token(['AK', 'IA'], `${UPPER}234567`, 16), token(['AS', 'IA'], `${UPPER}234567`, 16)),
  gcp_api_key: token(['AI', 'za'], base64url, 35),
  google_oauth: oneOf(token(['ya', '29.'], base64url, 60), token(['GOC', 'SPX-'], base64url, 28)),
  github_token: oneOf(...['p', 'o', 'u', 's', 'r'].map((kind) => token(['gh', kind, '_'], ALNUM, 36)), (random) =>
    ['github', '_pat_', draw(random, ALNUM, 22), '_', draw(random, ALNUM, 59)].join(''),
  ),
  gitlab_token: oneOf(token(['gl', 'pat-'], base64url, 20), token(['gl', 'dt-'], base64url, 20), token(['gl', 'rt-'], base64url, 20)),
  slack_token: oneOf(
    (random) => ['xo', 'xb-', draw(random, DIGITS, 12), '-', draw(random, DIGITS, 13), '-', draw(random, ALNUM, 24)].join(''),
    (random) => ['xo', 'xp-', draw(random, DIGITS, 12), '-', draw(random, DIGITS, 12), '-', draw(random, HEX, 32)].join(''),
    (random) => ['hooks.slack', `.com/services/T${draw(random, UPPER, 8)}/B${draw(random, UPPER, 8)}/`, draw(random, ALNUM, 24)].join(''),
  ),
  anthropic_key: (random) => ['sk', '-ant-', random.pick(['api03', 'admin01']), '-', draw(random, base64url, 93), 'AA'].join(''),
  openai_key: oneOf(
    (random) => ['s', 'k-', draw(random, ALNUM, 20), 'T3Blbk', 'FJ', draw(random, ALNUM, 20)].join(''),
    (random) => ['s', 'k-proj-', draw(random, base64url, 74), 'T3Blbk', 'FJ', draw(random, base64url, 74)].join(''),
    (random) => ['s', 'k-svcacct-', draw(random, base64url, 58), 'T3Blbk', 'FJ', draw(random, base64url, 58)].join(''),
  ),
  huggingface_token: token(['h', 'f_'], UPPER + LOWER, 34),
  stripe_key: oneOf(
    token(['sk', '_live_'], ALNUM, 24),
    token(['rk', '_live_'], ALNUM, 24),
    token(['sk', '_test_'], ALNUM, 24),
    token(['wh', 'sec_'], ALNUM, 32),
  ),
  provider_token: oneOf(
    token(['gs', 'k_'], ALNUM, 52),
    token(['xa', 'i-'], ALNUM, 80),
    token(['pp', 'lx-'], ALNUM, 48),
    token(['r', '8_'], ALNUM, 37),
    token(['nv', 'api-'], base64url, 64),
  ),
  service_token: oneOf(
    token(['np', 'm_'], ALNUM, 36),
    token(['py', 'pi-'], base64url, 80),
    (random) => ['S', 'G.', draw(random, base64url, 22), '.', draw(random, base64url, 43)].join(''),
    token(['dop', '_v1_'], HEX, 64),
    token(['shp', 'at_'], HEX, 32),
    token(['da', 'pi'], HEX, 32),
    token(['hv', 's.'], base64url, 24),
  ),
  jwt: (random) => [`ey${'J'}${draw(random, ALNUM, 33)}`, `ey${'J'}${draw(random, ALNUM, 60)}`, draw(random, base64url, 43)].join('.'),
  connection_string: (random) => `${draw(random, LOWER, 6)}:${passphrase(random)}`,
  bearer: oneOf(token([], ALNUM, 40), token([], `${base64url}.`, 64), token([], HEX, 32)),
  basic_auth: (random) => Buffer.from(`${draw(random, LOWER, 6)}:${passphrase(random)}`).toString('base64'),
  aws_secret_key: token([], `${ALNUM}+/`, 40),
  password_assignment: oneOf(passphrase, (random) => `${draw(random, LOWER, 5)}${random.pick(['!', '#', '%'])}${draw(random, DIGITS, 4)}`),
  placed_secret: passphrase,
  api_key_assignment: oneOf(token([], HEX, 32), token([], ALNUM, 40), token([], ALNUM, 24)),
  email: (random) =>
    `${random.pick(['keeper', 'night.watch', 'crew_7', 'tide-desk', 'm.buoy', 'pilot+log', 'quay'])}${random.int(90) + 10}@${random.pick(['harbor.example', 'mail.harbor.example', 'example.com', 'example.co.uk', 'quay-9.example.org'])}`,
  iban: oneOf(iban('DE', 18), iban('GB', 4, 14), iban('FR', 23), iban('NL', 4, 10), iban('ES', 20), iban('NO', 11)),
  card: oneOf(card('4', 16, 4), card('51', 16, 4), card('6011', 16, 4), card('37', 15, 0), card('4', 16, 0), card('62', 16, 0)),
  ssn: (random) => `${random.pick(['412', '528', '603', '219', '078'])}-${draw(random, '123456789', 2)}-${draw(random, '123456789', 4)}`,
  phone: oneOf(
    (random) => `+1 ${areaCode(random)} 555 01${draw(random, DIGITS, 2)}`,
    (random) => `(${areaCode(random)}) 555-01${draw(random, DIGITS, 2)}`,
    (random) => `${areaCode(random)}-555-01${draw(random, DIGITS, 2)}`,
    (random) => `+1${areaCode(random)}55501${draw(random, DIGITS, 2)}`,
    (random) => `+44 20 7946 0${draw(random, DIGITS, 3)}`,
    (random) => `+49 30 23125 ${draw(random, DIGITS, 3)}`,
    (random) => `+33 1 99 00 ${draw(random, DIGITS, 2)} ${draw(random, DIGITS, 2)}`,
    (random) => `+61 2 5550 ${draw(random, DIGITS, 4)}`,
  ),
  announced_phone: oneOf(
    (random) => `030 23125 ${draw(random, DIGITS, 3)}`,
    (random) => `020 7946 0${draw(random, DIGITS, 3)}`,
    (random) => `01 99 00 ${draw(random, DIGITS, 2)} ${draw(random, DIGITS, 2)}`,
    (random) => `${areaCode(random)}55501${draw(random, DIGITS, 2)}`,
  ),
};

/** A word, a digit or two, a word: what people take for a good password. */
function passphrase(random: Random): string {
  return `${random.pick(['kelp', 'buoy', 'mast', 'tide', 'reef', 'hull'])}${random.pick(['Ferry', 'Spoke', 'Chain', 'Pedal'])}${draw(random, DIGITS, 3)}`;
}

/** Area codes whose 555-0100 to 555-0199 nobody has. */
function areaCode(random: Random): string {
  return random.pick(['415', '206', '312', '617', '503', '718']);
}

/** An account that no bank has: drawn by lot, with the check digits that make it well-formed. In groups of four or none. */
function iban(country: string, ...lengths: readonly [digits: number] | readonly [letters: number, digits: number]): Mint {
  return (random) => {
    const [letters, digits] = lengths.length === 1 ? [0, lengths[0]] : lengths;
    const account = draw(random, UPPER, letters) + draw(random, DIGITS, digits);
    const rest = [...`${account}${country}00`].map((sign) => Number.parseInt(sign, 36)).join('');
    const check = String(98n - (BigInt(rest) % 97n)).padStart(2, '0');
    const plain = `${country}${check}${account}`;
    return random.int(2) === 0 ? plain : (plain.match(/.{1,4}/g) ?? []).join(' ');
  };
}

/** A number with the right check digit, drawn by lot; groups of `group` digits, or none for 0. */
function card(prefix: string, length: number, group: number): Mint {
  return (random) => {
    const body = prefix + draw(random, DIGITS, length - prefix.length - 1);
    const sum = [...body].toReversed().reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    const plain = `${body}${(10 - (sum % 10)) % 10}`;
    return group === 0 ? plain : (plain.match(new RegExp(`.{1,${group}}`, 'g')) ?? []).join(random.pick([' ', '-']));
  };
}
