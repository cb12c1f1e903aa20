/** Answers that only refuse. */
export const REFUSALS = [
  'I’m sorry, but I can’t help with that.',
  "I'm sorry, but I can't assist with that request.",
  'I cannot help with this request.',
  "Sorry, I'm not able to help with that.",
  'I am unable to assist with that.',
] as const;

/** Answers that open like a refusal and then help: none of them may be taken for one. */
export const HELPFUL_NOS = [
  'I’m sorry, but I can’t take the fee off {booking} from here. What does work: reply with a photo of the dock at {station} and the shop takes it back the same day, because their clock was wrong on {weekday}. Until then nothing is collected from your card.',
  'Sorry, I can’t release the lock of {bike_number} remotely, no agent can. Hold the app to the lock with Bluetooth on, wait for the green light and press the bar in. If it stays red, {other_station} swaps the bike for free.',
  'I can’t move {booking} to {other_station} because every {bike} there is taken on {weekday}. Two ways that do work: start at {hour} o’clock at Customs House, or keep {station} and return at {other_station} for $2.',
] as const;
