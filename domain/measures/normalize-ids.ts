/** Ways to make ids of two files alike that were written differently. */
export const ID_FORMS = ['strip-zeros'] as const;
export type IdForm = (typeof ID_FORMS)[number];

/**
 * `strip-zeros`: an id of digits alone loses the zeros before its first other digit, `007` becoming `7` and `00` becoming `0`; so does the slug of a
 * key. Other ids stay.
 */
export function normalizeId(id: string, form: IdForm | null): string {
  return form === 'strip-zeros' ? id.replace(/(^|::)0+(?=\d+$)/, '$1') : id;
}
