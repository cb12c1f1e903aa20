/** The text as a reader of the rendered page sees it: tags and targets of links left out, entities and JSON escapes as the characters they stand for. */
export function unwrapMarkup(text: string): string {
  let plain = text;
  // Most texts hold none of these, and looking for one character is cheap.
  if (plain.includes('\\u')) plain = plain.replace(/\\u([0-9a-fA-F]{4})/g, (_, digits: string) => fromCode(parseInt(digits, 16)));
  if (plain.includes('<')) plain = plain.replace(/<\/?[a-zA-Z][^<>]{0,1000}>/g, ' ');
  if (plain.includes('&')) plain = plain.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,8}));/g, readEntity);
  if (plain.includes('](')) plain = plain.replace(/\]\([^()\s]*(?:\s+"[^"]*")?\)/g, ' ');
  return plain;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '\u00ad',
  zwnj: '\u200c',
  zwj: '\u200d',
  lsquo: '\u2018',
  rsquo: '\u2019',
  ldquo: '\u201c',
  rdquo: '\u201d',
  ndash: '\u2013',
  mdash: '\u2014',
  hellip: '\u2026',
};

function readEntity(entity: string, decimal: string | undefined, hexadecimal: string | undefined, name: string | undefined): string {
  if (decimal !== undefined) return fromCode(Number(decimal));
  if (hexadecimal !== undefined) return fromCode(parseInt(hexadecimal, 16));
  return ENTITIES[name ?? ''] ?? entity;
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}
