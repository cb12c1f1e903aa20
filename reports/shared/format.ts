/** Numbers, times and digests as people read them. Everything is `en-US` and UTC, so a page never depends on the machine. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 });
const onePlace = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A number with its thousands grouped and at most four decimals: `12,345`. */
export function formatNumber(value: number): string {
  return grouped.format(value);
}

/** A number and its noun, in the singular for one: `1 file`, `2,048 files`. */
export function formatAmount(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(value)} ${value === 1 ? noun : plural}`;
}

/** A share of 0..1 in percent with one decimal. What is not quite nothing or everything never reads as if it were. */
export function formatShare(share: number): string {
  if (share === 0 || share === 1) return `${share * 100}%`;
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return `${onePlace.format(share * 100)}%`;
}

/** The share that `part` is of `whole`, or a dash where there is no whole. */
export function formatPart(part: number, whole: number): string {
  return whole === 0 ? '–' : formatShare(part / whole);
}

/** A relative change with its sign: 0.2 is `+20.0%`. */
export function formatChange(change: number): string {
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
  return `${sign}${onePlace.format(Math.abs(change) * 100)}%`;
}

/** A duration with two units at most: `840 ms`, `12.4 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${onePlace.format(durationMs / 1000)} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** An ISO instant in UTC to the second, `2025-03-04 02:10:11 UTC`; any other text unchanged. */
export function formatInstant(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(iso);
  return match === null ? iso : `${match[1]} ${match[2]} UTC`;
}

/** The first twelve characters of a digest; a short text unchanged. */
export function shortenDigest(digest: string): string {
  return digest.length <= 16 ? digest : `${digest.slice(0, 12)}…`;
}

/** US dollars with at least so many decimals, and two more than leading zeros where it is less than a dollar: `$1,200.00`, `$0.0015`. */
export function formatUsd(usd: number, leastDecimals = 2): string {
  const size = Math.abs(usd);
  const decimals = size > 0 && size < 1 ? Math.min(9, 2 - Math.floor(Math.log10(size))) : leastDecimals;
  const digits = { minimumFractionDigits: leastDecimals, maximumFractionDigits: Math.max(leastDecimals, decimals) };
  return `${usd < 0 ? '-' : ''}$${new Intl.NumberFormat('en-US', digits).format(size)}`;
}

/** The beginning of a text for a table that people read, never half a character; a short text unchanged. */
export function shortenText(text: string, length: number): string {
  const signs = [...text.slice(0, 2 * length + 2)];
  return signs.length <= length ? text : `${signs.slice(0, length).join('')}…`;
}

/** Names as a sentence lists them: `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
