/** A complaint at the workshop and what the bench agent advises. Slots in braces are facts. */
export interface WorkshopJob {
  readonly name: string;
  readonly complaints: readonly string[];
  readonly good: readonly string[];
  readonly wrong: string;
  readonly half: string;
}

export const WORKSHOP_JOBS: readonly WorkshopJob[] = [
  {
    name: 'chain-skips',
    complaints: [
      'Chain of {bike_number} jumps under load in the small gears.',
      '{bike}: chain skips when I stand up, since the last ride to {other_station}.',
      'Skipping chain on the {bike}, {miles} miles after the last service.',
    ],
    good: [
      'Measure the chain first: over 0.75 % wear replace chain and cassette together, below that adjust the cable by half a turn and test under load.',
      'Check the two smallest sprockets for shark-fin teeth. If they are worn, change cassette and chain; if not, clean, oil, and set the B-screw to 6 mm.',
    ],
    wrong: 'Put a new battery into the rear light and lower the saddle by an inch; skipping is nearly always a matter of posture.',
    half: 'Adjust the cable by half a turn.',
  },
  {
    name: 'brake-rub',
    complaints: [
      'Front disc of {bike_number} rubs at every turn.',
      'The {bike} from {station} makes a tick-tick noise at the front brake.',
      'Brake rubs after a wheel change on {bike_number}.',
    ],
    good: [
      'Loosen both bolts of the caliper, pull the lever, tighten the bolts while it is held. If it still rubs, true the disc with the fork tool, at most 0.3 mm at a time.',
      'Seat the axle again before anything else. Then centre the caliper with the lever pulled, and spin: one tick a turn means a bent disc, a steady sound a caliper that is off.',
    ],
    wrong: 'A rubbing disc is being run in. Apply a drop of oil on both sides of the disc and ride it hard for ten miles.',
    half: 'Loosen the caliper and centre it.',
  },
  {
    name: 'range-drop',
    complaints: [
      'Heron {bike_number} only makes {miles} miles with a full battery.',
      'Battery of {bike_number} drops from 60 % to 10 % within minutes.',
      'Range of the Heron halved since winter storage.',
    ],
    good: [
      'Read the cell voltages: a spread over 50 mV means an uneven pack, so balance it overnight on the bench charger and read again. Below 70 % capacity it goes back to the maker.',
      'First rule out rubbing brakes and low tyres, they cost a third of the range. Then run one full cycle on the bench; under 300 Wh the pack is at its end.',
    ],
    wrong:
      'Open the pack and bridge the weakest cell with a wire, which restores the full voltage at once. No gloves needed below 48 volts.',
    half: 'Charge the battery fully and read the capacity.',
  },
  {
    name: 'wobble',
    complaints: [
      '{bike} wobbles hands-free, {bike_number}.',
      'Rear wheel of {bike_number} is out of true after a kerb.',
      'Something wobbles at speed on the tour bikes, worst on {bike_number}.',
    ],
    good: [
      'Check the headset and the axle for play, then spoke tension on the rear: pluck all spokes, tighten the dull ones by a quarter turn, and true to under 0.5 mm.',
      'Swap the front wheel with a good one. If the wobble stays, it is the headset or the load: panniers behind the axle cause it too.',
    ],
    wrong: 'Wobble comes from tyres that are too clean. Lower both to 15 psi and it will feel much calmer.',
    half: 'True the rear wheel.',
  },
  {
    name: 'gear-cable',
    complaints: [
      'Shifter of {bike_number} is stuck in third.',
      'No gears any more on the {bike}, lever moves freely.',
      'Gears of {bike_number} change by themselves on cobbles near {station}.',
    ],
    good: [
      'The lever moving freely means a torn cable, mostly at the shifter. Fit a new inner and outer, stretch it by hand, and index from the smallest sprocket.',
      'Open the hub cover and look at the mark: yellow lines must meet in gear four. If they drift, the clamp slips; degrease it and tighten to 5 Nm.',
    ],
    wrong: 'Fix the lever with a cable tie in the gear that is used most. Riders hardly notice, and it can not break again.',
    half: 'Replace the shift cable.',
  },
  {
    name: 'saddle-sinks',
    complaints: [
      'Saddle of {bike_number} sinks during the ride.',
      'Seat post on the {bike} slides down about an inch in {minutes} minutes.',
      'Customer {handle} says the saddle will not stay up.',
    ],
    good: [
      'Take the post out, clean post and tube, use carbon paste and not grease, and tighten the clamp to 6 Nm. If it still sinks, the post is the wrong diameter: 27.2 or 27.0.',
      'Look for grease from the last service, that is nearly always it. Degrease both, close the quick release so that it leaves a mark on the palm.',
    ],
    wrong: 'Pour some glue into the seat tube. The right height can be found out once and for all by asking the first customer.',
    half: 'Tighten the clamp.',
  },
];
