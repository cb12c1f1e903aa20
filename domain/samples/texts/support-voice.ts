import type { Random } from '../../shared/random.ts';

/** The rules the support desk is given. */
export const SUPPORT_PROMPT =
  'You are the support desk of Tidewater Cycles, a bicycle rental and repair company with eight stations. Answer briefly and kindly, ' +
  'keep to the house rules, name exact fees, and never promise a refund that the rules do not allow.';

export const OPENERS = ['', '', 'Hi! ', 'Hello Tidewater team! ', 'Good morning. ', 'One question. ', 'Hey there! ', 'Me again. '] as const;

/** An answer with the small talk around it that agents add. */
export function composeAnswer(core: string, random: Random): string {
  return [random.pick(GREETINGS), core, random.pick(EXTRAS), random.pick(GOODBYES)].filter((part) => part !== '').join(' ');
}

const GREETINGS = [
  '',
  '',
  'Thanks for writing.',
  'Good question.',
  'Thank you for asking first.',
  'Sorry for the trouble.',
  'Happy to look into it.',
];

const EXTRAS = [
  '',
  '',
  '',
  'By the way, the shop at Customs House is open until 21 o’clock this month.',
  'You find the same rules in the app under “Fees”.',
  'The stations at the water close half an hour earlier when there is a storm warning.',
  'If you ride before 8 o’clock, please take the lights from the box at the dock.',
  'Our team at the counter can show you this too, every day from 8 to 20 o’clock.',
  'A screenshot of this chat counts as a confirmation.',
  'On market days the dock at Mill Quay fills early, so plan for Weir Gardens.',
];

const GOODBYES = ['', '', 'Anything else I can look up?', 'Have a good ride!', 'Enjoy the coast road.', 'See you at the dock.'];
