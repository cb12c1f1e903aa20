/**
 * True for a text that may name a version: letters, digits and `. + _ -`, a letter or digit first, 100 at most. So it is one name of a file and one
 * word of a shell. What git allows in a tag beyond that (`v1;rm`, `$(id)`) is no version; what git forbids (`1..2`) git has to say.
 */
export function isVersionName(text: string): boolean {
  return /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,99}$/.test(text) && text.toUpperCase() !== 'HEAD';
}
