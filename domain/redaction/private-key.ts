import type { Detector } from './detector.ts';

/** Key blocks as OpenSSL, OpenSSH and PGP write them. */
export const PRIVATE_KEY: Detector = {
  name: 'private_key',
  placeholder: 'PRIVATE_KEY',
  description: 'PEM or PGP private key block, whole or cut off after its first lines.',
  hint: /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY/,
  pattern: keyBlockPattern(),
  confirm: (block) => (/[A-Za-z0-9+/=]{12}/.test(block.replaceAll(/-----[A-Z0-9 ]+-----/g, '')) ? block : undefined),
};

/**
 * BEGIN line, body, END line. The body stops at the next run of five dashes, so a text full of BEGIN lines is still read once; quotation marks
 * may stand in it only as the seam of a string broken over lines. Without END line only full rows of base64 belong to the key.
 */
function keyBlockPattern(): RegExp {
  const gap = String.raw`(?:\s|\\+[nr])`;
  const seam = String.raw`["']${gap}*(?:\+${gap}*)?\\*["']`;
  const label = '[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----';
  const whole = String.raw`[^"'-]*(?:(?:-(?!----)|${seam})[^"'-]*)*-----END ${label}`;
  const row = '[A-Za-z0-9+/=]{32,}';
  return new RegExp(`-----BEGIN ${label}(?:${whole}|${gap}*${row}(?:${gap}+${row})*)`, 'g');
}
