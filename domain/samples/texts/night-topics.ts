/** A matter that comes up after hours; each talk is a list of turns, customer first. */
export interface NightTopic {
  readonly name: string;
  readonly talks: readonly (readonly string[])[];
}

/** What people write at night: nobody labels these talks. */
export const NIGHT_TOPICS: readonly NightTopic[] = [
  {
    name: 'lock-stays-red',
    talks: [
      [
        'The lock of {bike_number} stays red at {station} and I want to go home.',
        'Hold the phone to the lock, wait for three beeps and press the bar in firmly. If it stays red, lean the bike against dock {dock} and tap “end here”: the ride stops and nobody charges you.',
        'Three beeps, now it is green. Thanks!',
        'Good. The ride of {booking} has ended, have a safe way home.',
      ],
      [
        '{station}, dock {dock}: lock will not close. It is raining.',
        'Turn the wheel a little so that the bar does not touch a spoke, then try again. You can also take a photo of the bike at the dock, that counts as a return until the morning shift comes.',
      ],
    ],
  },
  {
    name: 'dock-full',
    talks: [
      [
        'All docks at {station} are taken. Where do I leave the {bike}?',
        '{other_station} has {riders} free docks and is a few minutes away. If you can not ride there, lock the bike next to the last dock and send a photo; you pay nothing extra for that at night.',
      ],
      [
        '{station} is full and {other_station} as well, it seems. My slot ends in {minutes} minutes.',
        'Your slot is paused since {hour} o’clock because both are full. Please try Customs House, the dock on the left side is free.',
        'OK, riding there now.',
        'Thank you. The pause of {booking} ends when you dock.',
      ],
    ],
  },
  {
    name: 'fall',
    talks: [
      [
        'I fell near {other_station}. The bike {bike_number} has a bent wheel, I have a scratched knee.',
        'I am sorry to hear that. If anything hurts badly call 911 first. Leave {bike_number} where it stands if that is safe, we fetch it at 8 o’clock. The insurance covers the wheel; please tell us in two sentences how it happened.',
        'A car door opened. I am fine really.',
        'Thank you. I put the car door into the report of {booking}; take a photo of the place when you can.',
      ],
      [
        'We slid on wet rails at {station}. Nobody is hurt. Do we have to pay?',
        'Good that nobody is hurt. A fall is covered once per booking, so there is nothing to pay for {booking}. Please do not ride on if the bars are turned.',
      ],
    ],
  },
  {
    name: 'stolen',
    talks: [
      [
        'The {bike} is gone! It stood locked in front of the cinema, booking {booking}.',
        'Thank you for telling us at once. I set {bike_number} to “missing”, its tracker is on. Please go to the police with this number tomorrow and send us the file number; with a locked bike your share is at most $150.',
      ],
      [
        'Somebody took {bike_number} while I was in a shop. The key is still in my pocket.',
        'With the key in your hand the insurance pays all but $150. The tracker last saw the bike near {other_station}, but please do not go after it yourself.',
        'What do I do now?',
        'Report it to the police, keep the key, and bring it to {station} tomorrow. I have ended {booking}.',
      ],
    ],
  },
  {
    name: 'light-broken',
    talks: [
      [
        'The rear light of {bike_number} does not work and it is dark.',
        'Please do not ride without light. Take any other bike at {station} with the same booking, the swap is free at night too. I marked {bike_number} for the workshop.',
      ],
      [
        'Front light flickers since {other_station}, {miles} miles to go.',
        'Press the light for five seconds, that switches to the reserve battery for about two hours. If it keeps flickering, stop at {station} and swap the bike.',
      ],
    ],
  },
  {
    name: 'opening-hours',
    talks: [
      [
        'When does {station} open on {weekday}?',
        'On {weekday} the counter at {station} opens at 8 o’clock; the docks work around the clock with the app.',
      ],
      [
        'Can I get a child helmet before 8?',
        'Helmets are behind the counter, which opens at 8 o’clock. At Customs House there is a box at the dock with sizes S to L, the app opens it.',
      ],
      [
        'Is the workshop at {station} open tomorrow?',
        'Yes, from 9 to 18 o’clock. For brakes and gears come before 11, then it is often ready on the same day.',
      ],
    ],
  },
  {
    name: 'payment-failed',
    talks: [
      [
        'My card is refused for {booking} although there is money on it.',
        'The bank asks for a confirmation that the app does not show at night. Open the app of your bank, confirm the {amount}, and tap “try again”. I keep the {bike} for you for {minutes} minutes.',
        'Worked!',
        'Wonderful, {booking} is paid.',
      ],
      [
        'Can I pay {booking} in cash? It is {amount}.',
        'At the counter, yes, from 8 o’clock. Until then I can open the ride without payment because you have ridden with us before; please settle the {amount} tomorrow.',
      ],
    ],
  },
];
