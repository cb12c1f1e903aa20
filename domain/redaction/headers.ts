import type { Detector } from './detector.ts';
import { ASSIGNS, OPENS } from './fragments.ts';
import { isStandIn } from './stand-in.ts';

/** Credentials that show by their place in a URL or a header. */
export const HEADERS: readonly Detector[] = [
  {
    name: 'connection_string',
    placeholder: 'CREDENTIALS',
    description: 'User and password inside a URL or connection string.',
    hint: /:\\?\/\\?\/[^\s/"'<>\\]{1,301}@/i,
    pattern: /(:\\?\/\\?\/)[^\s:/"'`<>\\@]{0,100}:[^\s/"'`<>\\]{1,200}(?=@[\w.[-])/gi,
    confirm: (credentials) => (isStandIn(credentials.slice(credentials.indexOf(':') + 1)) ? undefined : credentials),
  },
  {
    name: 'bearer',
    placeholder: 'BEARER_TOKEN',
    description: 'Token behind the word Bearer.',
    hint: /bearer\s/i,
    pattern: /(bearer\s{1,4})[\w.~+/=-]{16,4096}/gi,
    confirm: (token) => (/\d/.test(token) && !isStandIn(token) ? token : undefined),
  },
  {
    name: 'basic_auth',
    placeholder: 'BASIC_AUTH',
    description: 'Credentials of an Authorization header other than Bearer.',
    hint: /authorization/i,
    pattern: new RegExp(String.raw`(authorization${ASSIGNS}${OPENS}?(?:(?:basic|token|apikey|digest)\s{1,4}))[\w.~+/=-]{8,4096}`, 'gi'),
    confirm: (value) => (/[A-Z\d]|=$/.test(value) && !isStandIn(value) ? value : undefined),
  },
];
