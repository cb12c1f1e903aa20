import type { Drill } from './drill.ts';

/** Drills about bikes, docks and times. */
export const FLEET_DRILLS: readonly Drill[] = [
  {
    name: 'is_booking_code',
    prompt: ({ a }) =>
      `def is_booking_code(text: str) -> bool:\n    """True for "TC-" and exactly ${a} digits 0-9, nothing before or after.\n\n    >>> is_booking_code("TC-${'1'.repeat(a)}")\n    True\n    """\n`,
    reference: ({ a }) => `    import re\n\n    return re.fullmatch(r"TC-[0-9]{${a}}", text) is not None\n`,
    right: [
      ({ a }) =>
        `    digits = text[3:]\n    return text.startswith("TC-") and len(digits) == ${a} and all(c in "0123456789" for c in digits)\n`,
      ({ a }) =>
        `    head, dash, tail = text.partition("-")\n    return head == "TC" and dash == "-" and len(tail) == ${a} and tail.isascii() and tail.isdigit()\n`,
    ],
    wrong: [
      ({ a }) => `    import re\n\n    return re.match(r"TC-[0-9]{${a}}", text) is not None\n`,
      () => '    return text.startswith("TC-") and text[3:].isdigit()\n',
    ],
    tests: ({ a }) => [
      `is_booking_code("TC-${'1'.repeat(a)}")`,
      `not is_booking_code("TC-${'1'.repeat(a + 1)}")`,
      `not is_booking_code("TC-${'1'.repeat(a - 1)}")`,
      `not is_booking_code("xTC-${'1'.repeat(a)}")`,
    ],
    reflection: 'The pattern accepted trailing characters. It has to cover the whole text and the exact number of digits.',
  },
  {
    name: 'next_service_km',
    prompt: ({ a }) =>
      `def next_service_km(ridden_km: int) -> int:\n    """The next multiple of ${a} kilometres that is strictly ahead of the bike.\n\n    >>> next_service_km(${a})\n    ${2 * a}\n    """\n`,
    reference: ({ a }) => `    return (ridden_km // ${a} + 1) * ${a}\n`,
    right: [
      ({ a }) => `    return ridden_km + ${a} - ridden_km % ${a}\n`,
      ({ a }) => `    due = ${a}\n    while due <= ridden_km:\n        due += ${a}\n    return due\n`,
    ],
    wrong: [({ a }) => `    return -(-ridden_km // ${a}) * ${a}\n`, ({ a }) => `    return round(ridden_km / ${a} + 0.5) * ${a}\n`],
    tests: ({ a }) =>
      ['0', `${a}`, `${a - 1}`, `${3 * a + 1}`, `${2 * a}`].map(
        (km) => `next_service_km(${km}) == ${(Math.floor(Number(km) / a) + 1) * a}`,
      ),
    reflection: 'At an exact multiple the next one is asked for, not the same. Floor division plus one is strictly ahead.',
  },
  {
    name: 'free_docks',
    prompt: ({ a }) =>
      `def free_docks(taken: list[int]) -> list[int]:\n    """Numbers of the docks 1 to ${a} that are not taken, ascending. \`taken\` may hold numbers twice or out of range.\n\n    >>> free_docks([1, 2])[0]\n    3\n    """\n`,
    reference: ({ a }) => `    return [dock for dock in range(1, ${a} + 1) if dock not in set(taken)]\n`,
    right: [
      ({ a }) => `    return sorted(set(range(1, ${a + 1})) - set(taken))\n`,
      ({ a }) => `    occupied = set(taken)\n    return [n for n in range(1, ${a + 1}) if n not in occupied]\n`,
    ],
    wrong: [
      ({ a }) => `    return [dock for dock in range(1, ${a}) if dock not in taken]\n`,
      ({ a }) => `    docks = list(range(1, ${a + 1}))\n    for dock in taken:\n        docks.remove(dock)\n    return docks\n`,
    ],
    tests: ({ a }) => [
      `free_docks([]) == list(range(1, ${a + 1}))`,
      `free_docks([1, 1, 2])[0] == 3`,
      `free_docks(list(range(1, ${a}))) == [${a}]`,
      `len(free_docks([0, ${a + 5}])) == ${a}`,
    ],
    reflection:
      'The range ended one too early, and removing by value fails for numbers that are there twice. A set difference handles both.',
  },
  {
    name: 'merge_slots',
    prompt: ({ a, b }) =>
      `def merge_slots(slots: list[tuple[int, int]]) -> list[tuple[int, int]]:\n    """Joins slots (start, end) that overlap or touch, ascending.\n\n    >>> merge_slots([(${a}, ${a + 2}), (${a + 2}, ${a + 5}), (${a + b}, ${a + b + 1})])\n    [(${a}, ${a + 5}), (${a + b}, ${a + b + 1})]\n    """\n`,
    reference: () =>
      '    merged = []\n    for start, end in sorted(slots):\n        if merged and start <= merged[-1][1]:\n            merged[-1] = (merged[-1][0], max(merged[-1][1], end))\n        else:\n            merged.append((start, end))\n    return merged\n',
    right: [
      () =>
        '    result = []\n    for slot in sorted(slots):\n        if result and result[-1][1] >= slot[0]:\n            first, last = result.pop()\n            slot = (first, max(last, slot[1]))\n        result.append(slot)\n    return result\n',
      () =>
        '    stack = []\n    for start, end in sorted(slots, key=lambda slot: slot[0]):\n        if not stack or start > stack[-1][1]:\n            stack.append([start, end])\n        elif end > stack[-1][1]:\n            stack[-1][1] = end\n    return [tuple(slot) for slot in stack]\n',
    ],
    wrong: [
      () =>
        '    merged = []\n    for start, end in sorted(slots):\n        if merged and start < merged[-1][1]:\n            merged[-1] = (merged[-1][0], end)\n        else:\n            merged.append((start, end))\n    return merged\n',
      () =>
        '    merged = []\n    for start, end in slots:\n        if merged and start <= merged[-1][1]:\n            merged[-1] = (merged[-1][0], end)\n        else:\n            merged.append((start, end))\n    return merged\n',
    ],
    tests: ({ a, b }) => [
      `merge_slots([(${a}, ${a + 2}), (${a + 2}, ${a + 5}), (${a + b}, ${a + b + 1})]) == [(${a}, ${a + 5}), (${a + b}, ${a + b + 1})]`,
      `merge_slots([(${a}, ${a + 9}), (${a + 1}, ${a + 2})]) == [(${a}, ${a + 9})]`,
      `merge_slots([(${a + 4}, ${a + 6}), (${a}, ${a + 1})]) == [(${a}, ${a + 1}), (${a + 4}, ${a + 6})]`,
      'merge_slots([]) == []',
    ],
    reflection: 'Touching slots must be joined too, and a slot inside another one must not shorten it: take the larger end.',
  },
  {
    name: 'busiest_hour',
    prompt: ({ b }) =>
      `def busiest_hour(starts: list[int]) -> int:\n    """The hour (0-23) at which most rides start; the earliest one on a tie; -1 without rides. Minutes count from midnight.\n\n    >>> busiest_hour([${b}, ${b + 1}, 600])\n    ${Math.floor(b / 60)}\n    """\n`,
    reference: () =>
      '    counts = [0] * 24\n    for start in starts:\n        counts[start // 60] += 1\n    return counts.index(max(counts)) if starts else -1\n',
    right: [
      () =>
        '    if not starts:\n        return -1\n    hours = [start // 60 for start in starts]\n    return max(sorted(set(hours)), key=hours.count)\n',
      () =>
        '    from collections import Counter\n\n    counts = Counter(start // 60 for start in starts)\n    return min(counts, key=lambda hour: (-counts[hour], hour), default=-1)\n',
    ],
    wrong: [
      () =>
        '    counts = {}\n    for start in starts:\n        counts[start // 60] = counts.get(start // 60, 0) + 1\n    return max(counts, key=counts.get)\n',
      () => '    from collections import Counter\n\n    return Counter(start // 60 for start in starts).most_common(1)[0][0]\n',
    ],
    tests: ({ b }) => [
      `busiest_hour([${b}, ${b + 1}, 600]) == ${Math.floor(b / 60)}`,
      'busiest_hour([]) == -1',
      'busiest_hour([700, 60]) == 1',
      'busiest_hour([1439]) == 23',
    ],
    reflection: 'On a tie the earliest hour is asked for, and an empty list must give -1 instead of an error.',
  },
];
