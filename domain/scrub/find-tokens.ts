import type { ScrubClass } from '../../schemas/vocabulary.ts';
import type { Finding } from './finding.ts';

/** Secrets that show by their own form: tokens with the prefix of whoever gives them out, and JSON web tokens. */
export function* findTokens(text: string): Generator<Finding> {
  for (const { 0: token, groups, index } of text.matchAll(TOKEN)) {
    if (groups?.loose !== undefined && !isDrawnByLot(token)) continue;
    const name: ScrubClass = groups?.jwt === undefined ? 'secret' : 'jwt';
    yield { class: name, start: index, end: index + token.length };
  }
}

/** Every form begins where no run of its own signs goes on, so none is read twice. */
const TOKEN = new RegExp(
  [
    String.raw`(?<jwt>(?<![\w-])eyJ[\w-]{2,}\.[\w-]{2,}\.[\w-]*)`,
    '(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])',
    '(?<![A-Za-z0-9])gh[opsur]_[A-Za-z0-9]{10,}',
    String.raw`(?<![A-Za-z0-9])github_pat_\w{10,}`,
    '(?<![A-Za-z0-9])xox[abeprs]-[A-Za-z0-9-]{10,}',
    String.raw`(?<![\w-])sk-ant-[\w-]{8,}`,
    String.raw`(?<loose>(?<![\w-])sk-[\w-]{16,})`,
  ].join('|'),
  'g',
);

/** Tells a key from a name such as `sk-learn-pipeline-notes`. */
function isDrawnByLot(token: string): boolean {
  return /\d[^\d]*\d[^\d]*\d/.test(token) || /[A-Za-z0-9]{16}/.test(token);
}
