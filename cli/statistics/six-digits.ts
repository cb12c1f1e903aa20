/** A number to six significant digits, an exact half to the even one, as printf and published tables have it: 0.03515625 is 0.0351562. */
export function sixDigits(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential(20).split('e');
  const point = digits.indexOf('.');
  const [kept, rest] = [digits.slice(0, point + 6), digits.slice(point + 6)];
  const isHalf = /^50*$/.test(rest) && Number(kept.at(-1)) % 2 === 0;
  return String(Number(isHalf ? `${kept}e${exponent}` : value.toPrecision(6)));
}
