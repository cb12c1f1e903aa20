import type { Finding } from './finding.ts';

/** Private key blocks; of one that was cut off, its header and the rows of base64 behind it. */
export function* findPrivateKeys(text: string): Generator<Finding> {
  let done = 0;
  let hasEnds = true;
  for (const { 0: header, index: start } of text.matchAll(HEADER)) {
    if (start < done) continue;
    const body = start + header.length;
    const end: number = hasEnds ? endOfBlock(text, body) : -1;
    // Where one block has no end, none of the later ones has.
    hasEnds = end >= 0;
    done = hasEnds ? end : endOfRows(text, body);
    if (done > body) yield { class: 'secret', start, end: done };
  }
}

const HEADER = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
const FOOTER = '-----END ';

function endOfBlock(text: string, from: number): number {
  const footer = text.indexOf(FOOTER, from);
  if (footer < 0) return -1;
  const label = footer + FOOTER.length;
  const dashes = text.slice(label, label + 60).search(/-{5}/);
  return dashes < 0 ? label : label + dashes + 5;
}

function endOfRows(text: string, from: number): number {
  const rows = /(?:\s{0,8}[A-Za-z0-9+/=]{16,})+/y;
  rows.lastIndex = from;
  return rows.test(text) ? rows.lastIndex : from;
}
