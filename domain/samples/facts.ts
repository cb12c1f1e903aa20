import type { Random } from '../shared/random.ts';

/** The details one conversation turns on. */
export type Facts = Readonly<Record<keyof typeof DRAW, string>>;

/** Draws a consistent set of details: places, a bike, a booking, numbers that fit together. */
export function drawFacts(random: Random): Facts {
  const entries = Object.entries(DRAW).map(([slot, draw]) => [slot, draw(random)] as const);
  const facts = Object.fromEntries(entries) as Record<keyof typeof DRAW, string>;
  if (facts.other_station === facts.station) facts.other_station = nextStation(facts.station);
  return facts;
}

/** The template with every `{slot}` replaced; a slot without a fact is a mistake in the template. */
export function fill(template: string, facts: Facts): string {
  return template.replace(/\{([a-z_]+)\}/g, (_, slot: string) => {
    const fact = (facts as Readonly<Record<string, string | undefined>>)[slot];
    if (fact === undefined)
      throw new RangeError(`filling a template, on "${template}": expected a known slot, found {${slot}}. Add it to the facts.`);
    return fact;
  });
}

export const STATIONS = [
  'Harbor Street',
  'Mill Quay',
  'Lantern Hill',
  'Pier Nine',
  'Old Foundry',
  'Saltmarsh',
  'Customs House',
  'Weir Gardens',
];
const BIKES = ['Gull city bike', 'Heron e-bike', 'Pelican cargo bike', 'Curlew tourer', 'Plover kids bike', 'Cormorant tandem'];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const HANDLE_PLACES = ['harbor', 'quay', 'lantern', 'foundry', 'saltmarsh', 'weir', 'pier', 'delta', 'lock', 'dune'];
const HANDLE_WORDS = ['rider', 'spoke', 'pedal', 'saddle', 'bell', 'chain'];

const DRAW = {
  station: (random: Random) => random.pick(STATIONS),
  other_station: (random: Random) => random.pick(STATIONS),
  bike: (random: Random) => random.pick(BIKES),
  handle: (random: Random) => `${random.pick(HANDLE_PLACES)}-${random.pick(HANDLE_WORDS)}-${random.int(90) + 10}`,
  booking: (random: Random) => `TC-${random.int(90000) + 10000}`,
  bike_number: (random: Random) => `B${random.int(900) + 100}`,
  weekday: (random: Random) => random.pick(WEEKDAYS),
  hour: (random: Random) => String(random.int(9) + 9),
  minutes: (random: Random) => String(random.int(8) * 5 + 20),
  riders: (random: Random) => String(random.int(7) + 4),
  days: (random: Random) => String(random.int(4) + 2),
  miles: (random: Random) => String(random.int(25) + 12),
  amount: (random: Random) => `$${random.int(60) + 12}`,
  dock: (random: Random) => String(random.int(24) + 1),
};

function nextStation(station: string): string {
  return STATIONS[(STATIONS.indexOf(station) + 1) % STATIONS.length] as string;
}
