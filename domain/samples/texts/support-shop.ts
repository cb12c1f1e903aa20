import type { SupportTopic } from './support-topic.ts';

/** Matters around the shops: repairs, equipment, groups, lost things. */
export const SHOP_TOPICS: readonly SupportTopic[] = [
  {
    name: 'brake-repair',
    asks: [
      'What does a brake service cost at the {station} shop and how long will you have my bike?',
      'My own bike screeches when braking. Can {station} look at it before {weekday}?',
      'I need new brake pads before a {miles} mile tour. Do you do that while I wait?',
    ],
    good: [
      'A brake service is $45 plus parts and takes two working days; you get a quote first and it costs nothing to say no. New pads alone are often done while you wait if you come to {station} before 11 o’clock.',
      'Bring it to {station} on any morning. The check and the quote are free, the service is $45 plus parts, ready in two working days. Screeching is often only dirt, and then we clean it for $10.',
    ],
    wrong: [
      'Screeching brakes are a good sign, it means that the pads have full contact. You do not need a service before {weekday}.',
      'A brake service always includes new wheels for safety and comes to about $280. Please pay in advance so that {station} can order the parts.',
    ],
    half: 'A brake service is $45. Please come by at {station}.',
    followUp: {
      ask: 'Can I get a rental bike meanwhile?',
      answer: 'Yes, repair customers get a Gull city bike for half the day rate until their own is ready.',
    },
  },
  {
    name: 'child-seat',
    asks: [
      'Do you have child seats for the {bike} at {station}? Our daughter is three.',
      'We need two child seats on {weekday} at {hour} o’clock. Is that possible with {booking}?',
      'Up to which weight can children sit in your child seats?',
    ],
    good: [
      'Child seats are free and carry up to 48 lb. Please add them to {booking} one day ahead, because we mount them before you come. They fit the Gull, the Heron and the Curlew; for two children the Pelican cargo bike is the better choice.',
      'Yes, they are free of charge, up to 48 lb. We need one day to mount them at {station}, so add them in the app today. A child helmet comes with every seat.',
    ],
    wrong: [
      'Small children can simply sit on the rear rack, which is rated for 120 lb. Many families do that with the {bike} and love it.',
      'Child seats are $25 a day each, and you mount them yourself. We recommend to bring your own tools to {station}.',
    ],
    half: 'Yes, we have child seats at {station}. They are free.',
    followUp: {
      ask: 'Which helmet sizes are there?',
      answer: 'From XS for toddlers to XL, all free. Try them on at the counter before you leave.',
    },
  },
  {
    name: 'lost-key',
    asks: [
      'I lost the key of the lock, bike {bike_number}, booking {booking}. What happens now?',
      'Our key fell into the water at {station}. The bike {bike_number} is locked to a railing.',
      'What do I owe you for a lost key?',
    ],
    good: [
      'That happens. A lost key is $25 and we come to open the lock, no further cost. Please leave {bike_number} where it is and send us the place in the app under {booking}.',
      'The fee is $25 for the key and the trip together. Stay near {bike_number} if you can; between 8 and 20 o’clock somebody is there within an hour, and {booking} is paused until then.',
    ],
    wrong: [
      'For a lost key the value of the bike is due, which is $1,400 for {bike_number}. You can pay in four monthly rates.',
      'No problem at all! Please cut the lock with a bolt cutter and bring the bike back to {station}. We do not charge for locks.',
    ],
    half: 'A lost key costs $25. Please report it in the app.',
    followUp: {
      ask: 'And if I find the key tomorrow?',
      answer: 'Bring it to any station within seven days and you get $20 of the fee back.',
    },
  },
  {
    name: 'group-tour',
    asks: [
      'We are {riders} colleagues and want a guided tour on {weekday}. What can you offer?',
      'Do you do tours from {station} to the lighthouse for a group of {riders}?',
      'How much is a guide for {riders} people for half a day?',
    ],
    good: [
      'Tours take up to 12 riders with one guide. Half a day is $30 a person with a city bike and $45 with an e-bike, helmets included. For {riders} people I would hold {hour} o’clock on {weekday} at {station}; a deposit is not needed.',
      'With pleasure: one guide takes up to 12 people, so {riders} is fine. The lighthouse tour starts at {station}, takes four hours, and costs $30 a person, $45 on e-bikes.',
    ],
    wrong: [
      'Our guides take groups of any size, 60 people are no trouble. A tour is $400 for each person because of the insurance, payable in cash to the guide.',
      'We do not offer tours. Please look for a travel agency near {station}.',
    ],
    half: 'We offer guided tours for groups. For {riders} people please send us a mail.',
    followUp: {
      ask: 'What if two of us cancel?',
      answer: 'Until the evening before you can lower the number for free; after that we charge for the bikes we hold.',
    },
  },
  {
    name: 'student-discount',
    asks: [
      'Is there a student discount on the {bike}? And on weekends too?',
      'I have a student card. Can I use it together with the weekly pass?',
      'Your site mentions 15 % for students. How do I get it on {booking}?',
    ],
    good: [
      'Students get 15 % from Monday to Friday. Upload your card once in the app and it is taken off automatically. It does not combine with the weekly pass, which is the cheaper of the two from four days on.',
      'Yes, 15 % on weekdays, not on weekends and not on top of a weekly pass. Add the student card under “discounts” before {booking} starts; later we can not apply it.',
    ],
    wrong: [
      'Students ride for half the price every day, and the discount doubles with the weekly pass. Simply tell the staff at {station} that you study.',
      'The student discount ended last year. The note on the site is a mistake that we keep for search engines.',
    ],
    half: 'Yes, there is a discount of 15 % for students.',
    followUp: {
      ask: 'Does it count for repairs too?',
      answer: 'No, only for rentals. Repairs have a spring offer in March: 10 % on all wear parts.',
    },
  },
  {
    name: 'damage',
    asks: [
      'You charged me {amount} for a scratched mudguard on {booking}. It was there before!',
      'Why is there a damage fee on {booking}? I did not fall.',
      'The {bike} had a loose mudguard when I took it at {station}. I hope I do not have to pay for that.',
    ],
    good: [
      'We only charge damage that is not on the photos from the check-out. I have put the {amount} on hold and asked {station} to compare the pictures; you hear from us within two working days, and until then nothing is collected.',
      'Scratches and loose mudguards are wear and cost you nothing. If the fee on {booking} is for that, it will be taken back today. For the next ride: two photos at the start settle it at once.',
    ],
    wrong: [
      'According to our terms the last rider pays for everything that is found, whoever caused it. The {amount} for {booking} is final. Thank you for your understanding and safe travels!',
      'I have refunded the {amount} and added $50 for the trouble. (There is no need to check the photos of {booking}.)',
    ],
    half: 'Damage is checked with photos. The shop at {station} will look at it.',
    followUp: {
      ask: 'I do have a photo from the start. Where should I send it?',
      answer: 'Attach it here or under {booking} in the app. With a photo it is usually settled on the same day.',
    },
  },
  {
    name: 'storage',
    asks: [
      'Do you store bikes over the winter? I live close to {station}.',
      'What does winter storage cost and is a check included?',
      'Can I bring my e-bike into storage although the battery is built in?',
    ],
    good: [
      'Yes, from November to March for $60. A spring check is included: brakes, gears, tyres. Built-in batteries are fine, we keep the room above freezing and charge them to 60 % once a month.',
      'Storage runs from November to March, costs $60 and ends with a check of brakes, gears and tyres. Bring the bike clean and with the charger to {station}.',
    ],
    wrong: [
      'Storage is free for everybody who once rented a {bike}. Just lean it against the wall behind {station}; somebody will find it.',
      'We store bikes outdoors under a cover. Batteries do best when they are stored empty, so please ride until the display goes dark.',
    ],
    half: 'Yes, we store bikes over the winter for $60.',
    followUp: {
      ask: 'Could I get it out for a week in January?',
      answer: 'Yes, tell us two days ahead. Taking it out once is free, each further time is $10.',
    },
  },
];
