import type { Drill } from './drill.ts';

/** Drills about fees and prices. `a` and `b` are the numbers of the house rules. */
export const MONEY_DRILLS: readonly Drill[] = [
  {
    name: 'late_fee_cents',
    prompt: ({ a, b }) =>
      `def late_fee_cents(minutes_late: int) -> int:\n    """Late fee in cents: ${a} minutes are free, then ${b} cents for every started half hour.\n\n    >>> late_fee_cents(${a})\n    0\n    >>> late_fee_cents(${a + 1})\n    ${b}\n    """\n`,
    reference: ({ a, b }) => `    over = max(0, minutes_late - ${a})\n    return -(-over // 30) * ${b}\n`,
    right: [
      ({ a, b }) => `    if minutes_late <= ${a}:\n        return 0\n    return ((minutes_late - ${a} + 29) // 30) * ${b}\n`,
      ({ a, b }) => `    import math\n\n    return math.ceil(max(minutes_late - ${a}, 0) / 30) * ${b}\n`,
    ],
    wrong: [
      ({ a, b }) => `    over = max(0, minutes_late - ${a})\n    return over // 30 * ${b}\n`,
      ({ a, b }) => `    half_hours = (minutes_late - ${a}) // 30 + 1\n    return half_hours * ${b}\n`,
    ],
    tests: ({ a, b }) => [
      `late_fee_cents(${a}) == 0`,
      `late_fee_cents(${a + 1}) == ${b}`,
      `late_fee_cents(${a + 30}) == ${b}`,
      `late_fee_cents(${a + 31}) == ${2 * b}`,
      'late_fee_cents(0) == 0',
    ],
    reflection: 'A started half hour counts in full, so I have to round up and not down, and times within the free minutes must give zero.',
  },
  {
    name: 'discounted_cents',
    prompt: ({ a }) =>
      `def discounted_cents(cents: int) -> int:\n    """Price after a discount of ${a} percent, in whole cents, halves rounded up.\n\n    >>> discounted_cents(1000)\n    ${1000 - a * 10}\n    """\n`,
    reference: ({ a }) => `    return (cents * ${100 - a} + 50) // 100\n`,
    right: [
      ({ a }) => `    whole, rest = divmod(cents * ${100 - a}, 100)\n    return whole + 1 if rest >= 50 else whole\n`,
      ({ a }) =>
        `    from decimal import ROUND_HALF_UP, Decimal\n\n    exact = Decimal(cents) * ${100 - a} / 100\n    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))\n`,
    ],
    wrong: [({ a }) => `    return cents * ${100 - a} // 100\n`, ({ a }) => `    return cents - cents // 100 * ${a}\n`],
    tests: ({ a }) => [
      'discounted_cents(0) == 0',
      `discounted_cents(1000) == ${1000 - a * 10}`,
      `discounted_cents(199) == ${Math.floor((199 * (100 - a) + 50) / 100)}`,
      `discounted_cents(57) == ${Math.floor((57 * (100 - a) + 50) / 100)}`,
      `discounted_cents(99) == ${Math.floor((99 * (100 - a) + 50) / 100)}`,
    ],
    reflection: 'Integer division cuts instead of rounding. Adding half of the divisor first rounds half up without any float.',
  },
  {
    name: 'split_bill',
    prompt: ({ a }) =>
      `def split_bill(cents: int, riders: int) -> list[int]:\n    """Shares that add up to the bill and differ by at most one cent, larger shares first.\n\n    >>> split_bill(${a * 100 + 1}, 2)\n    [${a * 50 + 1}, ${a * 50}]\n    """\n`,
    reference: () => '    share, rest = divmod(cents, riders)\n    return [share + 1] * rest + [share] * (riders - rest)\n',
    right: [
      () => '    share = cents // riders\n    return [share + (1 if rider < cents % riders else 0) for rider in range(riders)]\n',
      () =>
        '    shares = []\n    for left in range(riders, 0, -1):\n        part = -(-cents // left)\n        shares.append(part)\n        cents -= part\n    return shares\n',
    ],
    wrong: [
      () => '    return [round(cents / riders)] * riders\n',
      () => '    share, rest = divmod(cents, riders)\n    return [share + rest] + [share] * (riders - 1)\n',
    ],
    tests: ({ a }) => [
      `split_bill(${a * 100 + 1}, 2) == [${a * 50 + 1}, ${a * 50}]`,
      'split_bill(100, 3) == [34, 33, 33]',
      'split_bill(101, 3) == [34, 34, 33]',
      'split_bill(0, 4) == [0, 0, 0, 0]',
    ],
    reflection: 'The shares did not add up to the bill. The rest has to be handed out one cent at a time, starting from the first rider.',
  },
];
