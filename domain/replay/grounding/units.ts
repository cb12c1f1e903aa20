/** What a unit measures, and how many of the smallest one it is. */
interface Unit {
  readonly measures: string;
  readonly factor: number;
}

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...unit('share', 1, '% pct percent', 'per cent'),
  ...unit('time', 1, 'ns nsec nanosecond nanoseconds'),
  ...unit('time', 1e3, 'µs μs us usec microsecond microseconds'),
  ...unit('time', 1e6, 'ms msec msecs millisecond milliseconds'),
  ...unit('time', 1e9, 's sec secs second seconds'),
  ...unit('time', 60e9, 'min mins minute minutes'),
  ...unit('time', 3_600e9, 'h hr hrs hour hours'),
  ...unit('time', 86_400e9, 'd day days'),
  ...unit('time', 604_800e9, 'week weeks'),
  ...unit('months', 1, 'month months'),
  ...unit('months', 12, 'year years'),
  ...unit('size', 1, 'b byte bytes'),
  ...unit('size', 1e3, 'kb kilobyte kilobytes'),
  ...unit('size', 1e6, 'mb megabyte megabytes'),
  ...unit('size', 1e9, 'gb gigabyte gigabytes'),
  ...unit('size', 1e12, 'tb terabyte terabytes'),
  ...unit('size', 1_024, 'kib'),
  ...unit('size', 1_024 ** 2, 'mib'),
  ...unit('size', 1_024 ** 3, 'gib'),
  ...unit('length', 1, 'mm millimetre millimetres millimeter millimeters'),
  ...unit('length', 10, 'cm centimetre centimetres centimeter centimeters'),
  ...unit('length', 1e3, 'm metre metres meter meters'),
  ...unit('length', 1e6, 'km kilometre kilometres kilometer kilometers'),
  ...unit('miles', 1, 'mi mile miles'),
  ...unit('knots', 1, 'kn knot knots'),
  ...unit('feet', 1, 'ft foot feet'),
  ...unit('mass', 1, 'g gram grams'),
  ...unit('mass', 1e3, 'kg kilogram kilograms kilo kilos'),
  ...unit('mass', 1e6, 't tonne tonnes'),
  ...unit('volume', 1, 'ml millilitre millilitres milliliter milliliters'),
  ...unit('volume', 1e3, 'l litre litres liter liters'),
  ...unit('celsius', 1, '°c'),
  ...unit('fahrenheit', 1, '°f'),
  ...unit('degrees', 1, '° degree degrees'),
  ...unit('dollars', 1, '$ usd dollar dollars'),
  ...unit('euros', 1, '€ eur euro euros'),
  ...unit('pounds', 1, '£ gbp pound pounds'),
  ...unit('yen', 1, '¥ jpy yen'),
  ...unit('frequency', 1, 'hz hertz'),
  ...unit('frequency', 1e3, 'khz'),
  ...unit('frequency', 1e6, 'mhz'),
  ...unit('frequency', 1e9, 'ghz'),
  ...unit('power', 1, 'w watt watts'),
  ...unit('power', 1e3, 'kw kilowatt kilowatts'),
  ...unit('times', 1, 'x × times'),
  ...unit('tokens', 1, 'token tokens'),
]);

/** The unit that a word names; capitals do not count. Undefined for any other word. */
export function unitOf(word: string): Unit | undefined {
  return UNITS.get(word.toLowerCase().replace(/\s+/g, ' '));
}

function unit(measures: string, factor: number, words: string, phrase?: string): [string, Unit][] {
  return [...words.split(' '), ...(phrase === undefined ? [] : [phrase])].map((word) => [word, { measures, factor }]);
}
