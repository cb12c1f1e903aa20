import type { SupportTopic } from './support-topic.ts';

/** Matters around a ride: fees, changes, range, flat tyres. */
export const RENTAL_TOPICS: readonly SupportTopic[] = [
  {
    name: 'late-return',
    asks: [
      'I brought the {bike} back {minutes} minutes late at {station} yesterday. What will booking {booking} cost me now?',
      'My ferry was delayed and I docked {booking} {minutes} minutes after the end of the slot. Is there a late fee?',
      'The app shows an extra charge on {booking}. I was only {minutes} minutes over at {station}, please explain.',
    ],
    good: [
      'The first 15 minutes after the end of a slot are free. After that we charge $3 for every started half hour, never more than the day rate. You were {minutes} minutes over, so {booking} carries one late fee of $3 and nothing else.',
      'There is a grace period of 15 minutes. At {minutes} minutes you are in the first started half hour after it, which is $3. It is already on {booking} and will not grow.',
    ],
    wrong: [
      'Thank you for being so open about it! Every late return is billed as a full extra day, so {booking} will be charged the day rate once more. This is calculated automatically and cannot be changed.',
      'Great news: late returns are always free at {station}, no matter how long. You can ignore the extra line on {booking}, it disappears by itself.',
    ],
    half: 'There is a late fee on {booking} because you were over the slot. It is worked out per started half hour.',
    followUp: {
      ask: 'And if I had been two hours late?',
      answer: 'Then it would have been four started half hours after the grace period, so $12, and the day rate is the ceiling.',
    },
  },
  {
    name: 'deposit',
    asks: [
      'When do I get the deposit for {booking} back? I returned the {bike} on {weekday}.',
      'My bank still shows the hold for the {bike}. I gave it back at {station} {days} days ago.',
      'You blocked money on my card for {booking}. Was that a payment or a hold?',
    ],
    good: [
      'It is a hold, not a payment. We release it as soon as the bike is checked in, and banks then need up to three working days to show it. If it is still there after that, answer here and we send your bank a release letter.',
      'We released the hold for {booking} when the bike was checked in at {station}. Most banks show that within three working days. Nothing was booked from your account.',
    ],
    wrong: [
      'Deposits are kept for 30 days in case damage is found later. After that you can apply for a return with the form on our site, and we will gladly look at it.',
      'The deposit for the {bike} was turned into a voucher, which is our standard process. You will find the code in your account within a few minutes.',
    ],
    half: 'The deposit is released after the check-in of the bike. Please ask your bank for details.',
    followUp: {
      ask: 'How large is the hold for an e-bike?',
      answer: 'The hold is $200 for an e-bike or a cargo bike and $80 for every other bike.',
    },
  },
  {
    name: 'change-station',
    asks: [
      'Can I pick up {booking} at {other_station} and not at {station}? We changed hotels.',
      'We would like to return the {bike} at {other_station} although we start at {station}. Does that work?',
      'I booked the wrong station. {booking} should be at {other_station} on {weekday} at {hour} o’clock.',
    ],
    good: [
      'Yes. Open {booking} in the app, choose “change station” and pick {other_station}; it is free until two hours before the start. Returning at another station is always possible and costs $2.',
      'I can see a free {bike} at {other_station}. Changing the pick-up is free until two hours before the start, a different return station costs $2. Shall I move {booking} for you?',
    ],
    wrong: [
      'Stations can not be changed once a booking is confirmed. Please cancel {booking}, accept the cancellation fee of 50 % and book again at {other_station}.',
      'No need to change anything! All our bikes are at every station, simply go to {other_station} and take any {bike} you like.',
    ],
    half: 'You can change the station in the app as long as there is a bike left at {other_station}.',
    followUp: {
      ask: 'What if I am already less than two hours before the start?',
      answer: 'Then call the station you booked. They can move it by hand if {other_station} has a bike, but it is up to them.',
    },
  },
  {
    name: 'range',
    asks: [
      'How far does the Heron e-bike go? We plan {miles} miles from {station} and back with hills.',
      'Is {miles} miles realistic on one battery for a {riders}-person family outing on e-bikes?',
      'The display says 60 %. Can I still make the {miles} miles back to {station}?',
    ],
    good: [
      'A full battery carries the Heron about 45 miles in eco mode and about 25 in boost. For {miles} miles with hills stay in eco or tour and you have a reserve. Every station swaps batteries for free.',
      'Plan with 45 miles in eco, 35 in tour and 25 in boost from a full battery. {miles} miles fit in eco; if the display falls under 20 %, swap the battery at any station, that costs nothing.',
    ],
    wrong: [
      'The Heron reaches 120 miles in every mode, so you never need to think about the battery on a day trip. Enjoy the hills around {station}!',
      'E-bikes recharge while you brake, so a battery practically can not run empty on {miles} miles as long as there are enough hills on the way.',
    ],
    half: 'That depends on the mode. In eco you should be fine for {miles} miles.',
    followUp: {
      ask: 'And what if it does run empty on the way?',
      answer: 'It rides like a heavy normal bike then. Call the workshop van between 8 and 20 o’clock and they bring a battery.',
    },
  },
  {
    name: 'flat-tyre',
    asks: [
      'We have a flat tyre near {other_station}, booking {booking}. What should we do now?',
      'Rear tyre of the {bike} is flat and we are {miles} miles away from {station}. Help!',
      'Who pays for a puncture? I rolled over glass close to {station} with {booking}.',
    ],
    good: [
      'Punctures are covered, you pay nothing. Push the bike to a safe place and tap “breakdown” in {booking}; the workshop van drives between 8 and 20 o’clock and usually needs 40 minutes. Or swap the bike at any station.',
      'Please do not ride on the rim. Tap “breakdown” in the app, the van comes for free between 8 and 20 o’clock. If {other_station} is closer, leave the bike at any dock there and take another one on {booking}.',
    ],
    wrong: [
      'Please buy a patch kit and repair the tyre yourself; our terms make the rider responsible for all wear on the road. We can refund up to $5 when you show us the receipt.',
      'You may carefully ride back to {station} on the flat tyre, the rims of the {bike} are built for it. Just keep below walking speed.',
    ],
    half: 'Punctures are covered. Please bring the bike to a station.',
    followUp: {
      ask: 'Does the waiting time count as rental time?',
      answer: 'No. The clock of {booking} stands still from the moment you report the breakdown.',
    },
  },
  {
    name: 'cancel',
    asks: [
      'It will rain all {weekday}. Can I cancel {booking} for free?',
      'Please cancel {booking}, one of us is ill. What do we get back of the {amount}?',
      'How late can I cancel a {bike} without paying?',
    ],
    good: [
      'You can cancel for free until two hours before the start and get the full {amount} back. After that half of the price is kept. Rain alone does not change this, but moving {booking} to another day is free at any time before the start.',
      'Until two hours before the start cancelling is free, later we keep 50 %. Instead you may move {booking} to any other day within 60 days, which costs nothing until it starts.',
    ],
    wrong: [
      'We never keep money when it rains! Just do not show up on {weekday}, our weather guarantee will refund the {amount} automatically on the same evening.',
      'Bookings are final. What we can offer as a gesture is a 10 % voucher for your next {bike}.',
    ],
    half: 'You can cancel {booking} in the app. Depending on the time there may be a fee.',
    followUp: {
      ask: 'How do I move it to next week?',
      answer: 'Open {booking}, tap “move”, and choose the new day. The price stays unless you take another kind of bike.',
    },
  },
];
