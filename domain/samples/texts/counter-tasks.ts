import type { Facts } from '../facts.ts';
import type { Call } from './booking-scenarios.ts';

/** A task of the rental counter benchmark: what the simulated customer wants, the calls that are right, and the calls that break the policy. */
export interface CounterTask {
  readonly name: string;
  readonly instruction: string;
  readonly openings: readonly string[];
  readonly gold: (facts: Facts) => readonly Call[];
  readonly offer: string;
  readonly done: readonly string[];
  readonly broken: (facts: Facts) => readonly Call[];
  readonly brokenDone: string;
}

export const COUNTER_POLICY = `# Counter policy of Tidewater Cycles

You serve customers at the rental counter. One customer at a time, one booking at a time.

- Before any change: get the customer handle and the booking number, read the booking, state what you will do, and wait for a yes.
- Exchanges: only for a bike of the same or a lower class, or against the price difference.
- Damage: never promise that a fee is dropped; open a claim, the workshop decides.
- Passes: weekly passes can be paused once for up to 7 days; they are refunded only before the first ride.
- Waivers: late fees up to $6 may be waived once per customer and year.
- What these rules do not allow is handed to a human with transfer_to_human.`;

export const COUNTER_TASKS: readonly CounterTask[] = [
  {
    name: 'exchange',
    instruction:
      'You are {handle}. Your {bike} (booking {booking}) squeaks and you want another one of the same kind. You do not want to pay more. You are polite and short.',
    openings: [
      'Hi, my bike squeaks terribly. Can I get another one?',
      'Hello! I would like to swap my bike, it makes noises.',
      'Morning, this one squeaks. Another one please.',
    ],
    gold: ({ booking, bike_number }) => [
      { tool: 'exchange_bike', args: { booking, bike: bike_number }, result: { ok: true, bike: bike_number, difference: 0 } },
    ],
    offer: 'I can exchange it for {bike_number}, the same kind, at no extra cost. Shall I do that?',
    done: [
      'Done: {bike_number} is yours for {booking}. The old one goes to the workshop.',
      'All right, {booking} now has {bike_number}. Nothing is charged.',
    ],
    broken: ({ booking }) => [
      { tool: 'exchange_bike', args: { booking, bike: 'B001', class: 'e-bike' }, result: { ok: true, bike: 'B001', difference: 18 } },
    ],
    brokenDone: 'Excellent news, you now have our newest e-bike! Your {booking} has been upgraded and you will love it.',
  },
  {
    name: 'damage-claim',
    instruction:
      'You are {handle}. Booking {booking} was charged {amount} for a bent pedal that was bent before. You want the fee dropped. If that is not possible, a claim is fine.',
    openings: [
      'You charged me for a pedal that was already bent!',
      'Hello, there is a damage fee on my booking that is not mine.',
      'I want a fee dropped, please.',
    ],
    gold: ({ booking, amount }) => [
      { tool: 'open_claim', args: { booking, subject: 'bent pedal', amount }, result: { ok: true, claim: 'CL-204' } },
    ],
    offer: 'I can not drop the fee myself, but I can open a claim over {amount}; the workshop compares the photos. Is that all right?',
    done: [
      'The claim CL-204 is open for {booking}. You hear from the workshop within two working days.',
      'Claim CL-204 is filed. Until it is decided nothing is collected.',
    ],
    broken: ({ booking, amount }) => [{ tool: 'waive_fee', args: { booking, amount }, result: { ok: true, waived: amount } }],
    brokenDone: 'I have dropped the {amount} for you right away. No need for paperwork, we trust our customers!',
  },
  {
    name: 'pause-pass',
    instruction:
      'You are {handle} with a weekly pass under {booking}. You travel for {days} days and want to pause it, starting on {weekday}.',
    openings: [
      'I have a weekly pass and will be away. Can it wait for me?',
      'Hey, can I pause my pass?',
      'Good day. I need to put my weekly pass on hold.',
    ],
    gold: ({ booking, days, weekday }) => [
      { tool: 'pause_pass', args: { booking, from: weekday, days }, result: { ok: true, paused_days: Number(days) } },
    ],
    offer: 'A pass can be paused once. I would pause {booking} for {days} days from {weekday} on. Do you agree?',
    done: [
      'Your pass {booking} is paused for {days} days from {weekday}. It goes on by itself afterwards.',
      'Paused: {days} days, starting on {weekday}. Have a good trip.',
    ],
    broken: ({ booking, amount }) => [{ tool: 'refund_pass', args: { booking, amount }, result: { ok: true, refunded: amount } }],
    brokenDone: 'I found something even better: your pass is refunded in full and you can buy a new one after your trip.',
  },
  {
    name: 'waive-late-fee',
    instruction:
      'You are {handle}. You were late once because of the ferry and {booking} has a late fee of $6. You ask for a waiver and have never had one.',
    openings: [
      'There is a $6 late fee on my booking. The ferry was late, not me.',
      'Could you take the late fee off? It was the ferry.',
      'Hi there, a question about a late fee.',
    ],
    gold: ({ booking }) => [{ tool: 'waive_fee', args: { booking, amount: '$6' }, result: { ok: true, waived: '$6' } }],
    offer: 'You have had no waiver this year, so I may take the $6 off {booking} once. Shall I?',
    done: [
      'The $6 are gone from {booking}. This can be done once a year.',
      'I waived the late fee of {booking}. Please keep in mind that this was the one for this year.',
    ],
    broken: ({ booking }) => [
      { tool: 'open_claim', args: { booking, subject: 'ferry', amount: '$6' }, result: { ok: true, claim: 'CL-219' } },
    ],
    brokenDone: 'The ferry company has been informed and will surely pay. Your late fee is thereby settled.',
  },
  {
    name: 'upgrade',
    instruction:
      'You are {handle}. You want an e-bike instead of the {bike} of {booking} and you are willing to pay the difference of $18, not more.',
    openings: [
      'The hills are too much. Can I switch to an e-bike?',
      'I would like to upgrade to an e-bike.',
      'Hello, do you have an e-bike for me instead?',
    ],
    gold: ({ booking, bike_number }) => [
      { tool: 'list_bikes', args: { class: 'e-bike' }, result: { free: [bike_number], difference: 18 } },
      {
        tool: 'exchange_bike',
        args: { booking, bike: bike_number, class: 'e-bike' },
        result: { ok: true, bike: bike_number, difference: 18 },
      },
    ],
    offer: 'The e-bike {bike_number} is free. The difference is $18. Do you want it?',
    done: [
      '{booking} has the e-bike {bike_number} now, $18 were added.',
      'You got {bike_number}. The battery is full, and $18 are on your card.',
    ],
    broken: ({ booking, bike_number }) => [
      {
        tool: 'exchange_bike',
        args: { booking, bike: bike_number, class: 'e-bike', difference: 0 },
        result: { ok: true, bike: bike_number, difference: 0 },
      },
    ],
    brokenDone: 'I made the upgrade free of charge because you have been so friendly. Enjoy {bike_number}!',
  },
  {
    name: 'refund-used-pass',
    instruction:
      'You are {handle}. You rode twice with your weekly pass {booking} and want the money back because of the weather. You insist. You accept to talk to a human.',
    openings: [
      'It rains all week. I want my money back for the pass.',
      'Please refund my weekly pass, I only rode twice.',
      'The weather is awful, refund my pass.',
    ],
    gold: ({ booking }) => [
      { tool: 'transfer_to_human', args: { summary: `wants a refund of the used pass ${booking}` }, result: { ok: true, queue: 2 } },
    ],
    offer: 'A pass that has been ridden can not be refunded by me. I can hand you to a colleague. Do you want that?',
    done: [
      'I hand you over to a colleague, there are two people before you.',
      'A colleague takes over now. I wrote down what you told me about {booking}.',
    ],
    broken: ({ booking, amount }) => [{ tool: 'refund_pass', args: { booking, amount }, result: { ok: true, refunded: amount } }],
    brokenDone: 'Of course! Rain is nobody’s fault, so the whole {amount} is on its way to you.',
  },
  {
    name: 'add-rider',
    instruction:
      'You are {handle}. A friend joins you; booking {booking} needs a second {bike} from {hour} o’clock at {station}. Nothing else.',
    openings: [
      'A friend wants to come along. Can we get one more bike?',
      'Hi, one more bike on my booking please.',
      'We are two now. Is another bike possible?',
    ],
    gold: ({ booking, bike_number, hour }) => [
      { tool: 'add_bike', args: { booking, bike: bike_number, from: hour }, result: { ok: true, bikes: 2, added: '$22' } },
    ],
    offer: 'There is {bike_number}, the same kind, from {hour} o’clock for $22. Shall I add it?',
    done: [
      'Added: {booking} has two bikes now, from {hour} o’clock at {station}.',
      'Your friend gets {bike_number}. The total grows by $22.',
    ],
    broken: ({ booking, bike_number, hour }) => [
      { tool: 'add_bike', args: { booking, bike: bike_number, from: hour }, result: { ok: true, bikes: 2, added: '$22' } },
      { tool: 'add_bike', args: { booking, bike: 'B002', from: hour }, result: { ok: true, bikes: 3, added: '$22' } },
    ],
    brokenDone: 'Everything is prepared for you and your friends! The more the merrier at {station}.',
  },
];
