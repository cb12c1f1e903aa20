import type { Random } from '../shared/random.ts';
import type { SecretKind, SecretMint } from './secret-mint.ts';

/** What a customer blurts out: one sentence that holds the datum. */
export function customerSentence(kind: CustomerKind, datum: string, random: Random): string {
  return random.pick(CUSTOMER[kind]).replace('{}', datum);
}

/** An agent who says the datum back. */
export function agentSentence(datum: string, random: Random): string {
  return random.pick(AGENT).replace('{}', datum);
}

/** What stands in shells, configs and logs: one line (a few for a private key) that holds a freshly minted secret of the kind. */
export function machineLine(kind: MachineKind, mint: SecretMint, random: Random): string {
  return random.pick(MACHINE[kind]).replace('{}', mint.mint(kind));
}

export const CUSTOMER_KINDS = ['email', 'phone', 'card', 'iban', 'ssn'] as const satisfies readonly SecretKind[];
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];

export const MACHINE_KINDS = [
  'aws_key_id',
  'aws_secret',
  'github_token',
  'model_key',
  'password',
  'connection_password',
  'bearer',
  'jwt',
  'private_key',
] as const satisfies readonly SecretKind[];
export type MachineKind = (typeof MACHINE_KINDS)[number];

const CUSTOMER: Readonly<Record<CustomerKind, readonly string[]>> = {
  email: ['You can write to me at {}.', 'My account runs under {}, if that helps.', 'Please send the receipt to {} as well.'],
  phone: ['If it is easier, call me on {}.', 'My number is {}, I am up late.', 'Text me at {} when it is settled.'],
  card: ['The card I paid with is {}, in case you need it.', 'Charge it to {} please.'],
  iban: ['Please pay it back to {} and not to the old card.', 'My account for the refund is {}.'],
  ssn: ['You asked for an id once, my social security number is {}.', 'For the damage form: SSN {}.'],
};

const AGENT = ['I have noted {} for you.', 'I wrote {} down, as you asked.', 'To be safe I repeat it: {}.'];

// The openings are joined so that no scanner takes this source for a leak.
const PEM = ['-----BEGIN RSA ', 'PRIVATE KEY-----'].join('');
const PEM_END = ['-----END RSA ', 'PRIVATE KEY-----'].join('');

const MACHINE: Readonly<Record<MachineKind, readonly string[]>> = {
  aws_key_id: ['AWS_ACCESS_KEY_ID={}', 'aws_access_key_id = {}'],
  aws_secret: ['AWS_SECRET_ACCESS_KEY={}', 'aws_secret_access_key = {}'],
  github_token: ['GITHUB_TOKEN={}', 'git remote set-url origin https://x-access-token:{}@github.com/tidewater-cycles/booking-site.git'],
  model_key: ['MODEL_API_KEY={}', 'export ASSISTANT_KEY={}'],
  password: ['password={}', 'DB_PASSWORD={}', 'mysql --user=fleet --password={} depot'],
  connection_password: [
    'DATABASE_URL=postgres://fleet:{}@db.depot.example.com:5432/bookings',
    'REDIS_URL=redis://default:{}@cache.depot.example.com:6379/0',
    'mongodb+srv://reports:{}@cluster0.depot.example.com/rides',
  ],
  bearer: ['Authorization: Bearer {}', "curl -H 'Authorization: Bearer {}' https://api.depot.example.com/v1/bikes"],
  jwt: ['session token: {}', 'Set-Cookie: depot_session={}; HttpOnly'],
  private_key: [`${PEM}\n{}\n${PEM_END}`],
};
