/** The text with full-width signs, unusual spaces and unusual hyphens as the ASCII ones, each in its place: as long as the original. */
export function fold(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text;
  return text.replace(FOLDED, (sign) => {
    if (sign >= '\uff01' && sign <= '\uff5e') return String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
    return /\s/.test(sign) ? ' ' : '-';
  });
}

const FOLDED = /[\uff01-\uff5e\u00a0\u2000-\u200a\u202f\u205f\u3000\u2010-\u2015\u2212\ufe58\ufe63]/g;
