import type { CodeFacts, CodeTopic } from './code-topic.ts';

/** Questions of the people who build the booking site, with answers that pass their tests and answers that only look like it. */
export const CODE_TOPICS: readonly CodeTopic[] = [
  {
    name: 'sql-open-bookings',
    ask: ({ table, days, station }) =>
      `I need one SQL query: all rows of \`${table}\` that are open and start within the next ${days} days at ${station}, newest first.`,
    good: [
      ({ table, days, station }) =>
        `\`\`\`sql\nSELECT *\nFROM ${table}\nWHERE status = 'open'\n  AND station = '${station}'\n  AND starts_at >= now()\n  AND starts_at < now() + interval '${days} days'\nORDER BY starts_at DESC;\n\`\`\`\nThe upper bound is exclusive, so a start exactly ${days} days from now is not in the list.`,
      ({ table, days, station }) =>
        `Use a half-open range, it behaves at midnight:\n\n\`\`\`sql\nSELECT id, starts_at, customer_handle\nFROM ${table}\nWHERE (status, station) = ('open', '${station}')\n  AND starts_at >= now() AND starts_at < now() + make_interval(days => ${days})\nORDER BY starts_at DESC, id;\n\`\`\`\nAn index on (station, starts_at) makes it cheap.`,
    ],
    wrong: ({ table, days, station }) =>
      `Here is an elegant and fast solution:\n\n\`\`\`sql\nSELECT * FROM ${table}\nWHERE status = 'open' OR station = '${station}'\n  AND starts_at BETWEEN now() AND now() + ${days}\nORDER BY starts_at;\n\`\`\`\nIt covers all cases and needs no index.`,
    half: ({ table, station }) =>
      `\`\`\`sql\nSELECT * FROM ${table} WHERE status = 'open' AND station = '${station}' ORDER BY starts_at DESC;\n\`\`\`\nThe time range still has to be added.`,
  },
  {
    name: 'ts-group-by',
    ask: ({ fn, column }) =>
      `Please write \`${fn}(rides)\` in TypeScript: it groups rides by \`${column}\` and returns a Map in the order of first appearance.`,
    good: [
      ({ fn, column }) =>
        `\`\`\`ts\nexport function ${fn}(rides: readonly Ride[]): Map<string, Ride[]> {\n  const groups = new Map<string, Ride[]>();\n  for (const ride of rides) {\n    const group = groups.get(ride.${column});\n    if (group) group.push(ride);\n    else groups.set(ride.${column}, [ride]);\n  }\n  return groups;\n}\n\`\`\`\nA Map keeps the order in which keys were added, so nothing needs sorting.`,
      ({ fn, column }) =>
        `\`\`\`ts\nexport const ${fn} = (rides: readonly Ride[]): Map<string, Ride[]> =>\n  rides.reduce((groups, ride) => {\n    groups.set(ride.${column}, [...(groups.get(ride.${column}) ?? []), ride]);\n    return groups;\n  }, new Map<string, Ride[]>());\n\`\`\`\nFine for some thousand rides; for more, push into the array instead of copying it.`,
    ],
    wrong: ({ fn, column }) =>
      `\`\`\`ts\nexport function ${fn}(rides: Ride[]) {\n  const groups = {} as any;\n  rides.sort().forEach((ride) => (groups[ride.${column}] = ride));\n  return new Map(Object.entries(groups));\n}\n\`\`\`\nThis is the idiomatic modern way and keeps everything immutable.`,
    half: ({ fn, column }) =>
      `\`\`\`ts\nexport function ${fn}(rides: Ride[]) {\n  return Object.groupBy(rides, (ride) => ride.${column});\n}\n\`\`\`\nThis gives an object rather than a Map.`,
  },
  {
    name: 'booking-code-regex',
    ask: ({ limit }) =>
      `Give me a regular expression for booking codes: TC-, then exactly ${limit} digits, nothing before or after. JavaScript please, with two examples.`,
    good: [
      ({ limit }) =>
        `\`\`\`js\nconst BOOKING_CODE = /^TC-\\d{${limit}}$/;\nBOOKING_CODE.test('TC-${'4'.repeat(limit)}'); // true\nBOOKING_CODE.test('TC-${'4'.repeat(limit)}0'); // false\n\`\`\`\nWithout the \`m\` flag the anchors mean the whole text.`,
      ({ limit }) =>
        `\`/^TC-[0-9]{${limit}}$/\` does it. \`TC-${'7'.repeat(limit)}\` matches, \`xTC-${'7'.repeat(limit)}\` does not. I wrote [0-9] so that the same pattern works in Python, where \\d also takes other digits.`,
    ],
    wrong: ({ limit }) =>
      `The best pattern is \`/TC-\\d+/g\`. It is fully general: it accepts ${limit} digits and any other number too, and thanks to the g flag it can be tested again and again with the same result.`,
    half: ({ limit }) => `\`/TC-\\d{${limit}}/\` matches the code. Add anchors if you need the whole text.`,
  },
  {
    name: 'debounce-search',
    ask: ({ fn, limit }) =>
      `The station search fires a request per key. Add \`${fn}\` that waits until ${limit * 50} ms after the last key and drops answers that come too late.`,
    good: [
      ({ fn, limit }) =>
        `\`\`\`ts\nexport function ${fn}(search: (text: string, signal: AbortSignal) => Promise<void>) {\n  let timer: ReturnType<typeof setTimeout> | undefined;\n  let running: AbortController | undefined;\n  return (text: string) => {\n    clearTimeout(timer);\n    running?.abort();\n    timer = setTimeout(() => {\n      running = new AbortController();\n      void search(text, running.signal);\n    }, ${limit * 50});\n  };\n}\n\`\`\`\nThe abort drops late answers, the timer saves the requests.`,
      ({ fn, limit }) =>
        `\`\`\`ts\nexport function ${fn}(search: (text: string) => Promise<Station[]>, show: (found: Station[]) => void) {\n  let latest = 0;\n  let timer = 0;\n  return (text: string) => {\n    const mine = ++latest;\n    clearTimeout(timer);\n    timer = window.setTimeout(async () => {\n      const found = await search(text);\n      if (mine === latest) show(found);\n    }, ${limit * 50});\n  };\n}\n\`\`\`\nEach call takes a number; an answer is shown only if no newer call exists.`,
    ],
    wrong: ({ fn, limit }) =>
      `\`\`\`ts\nexport async function ${fn}(text: string) {\n  await new Promise((done) => setTimeout(done, ${limit * 50}));\n  return fetch('/stations?q=' + text);\n}\n\`\`\`\nEvery request now waits politely, so the server sees fewer of them.`,
    half: ({ fn, limit }) =>
      `\`\`\`ts\nexport const ${fn} = debounce(search, ${limit * 50});\n\`\`\`\nThis saves requests; late answers are not dropped yet.`,
  },
  {
    name: 'flaky-test',
    ask: ({ fn, days }) =>
      `Our test of \`${fn}\` fails on the last ${days} days of every month. It adds a month with setMonth(getMonth() + 1). Why, and how do I fix it?`,
    good: [
      ({ fn }) =>
        `setMonth keeps the day, and January 31 plus one month is "February 31", which rolls over into March. Clamp to the last day of the target month:\n\n\`\`\`ts\nexport function ${fn}(from: Date): Date {\n  const to = new Date(from);\n  to.setUTCDate(1);\n  to.setUTCMonth(to.getUTCMonth() + 1);\n  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();\n  to.setUTCDate(Math.min(from.getUTCDate(), last));\n  return to;\n}\n\`\`\`\nAnd pass a fixed date into the test, so that it does not depend on today.`,
      ({ fn, days }) =>
        `Because the next month may be shorter, the date overflows: that is exactly what you see on the last ${days} days. In \`${fn}\` set the day to 1 before adding the month, then set it to the smaller of the old day and the length of the new month. In the test use \`vi.setSystemTime\` with the 31st of January and expect the 28th or 29th of February.`,
    ],
    wrong: ({ fn, days }) =>
      `This is a well-known instability of calendars. Retry the test of \`${fn}\` up to ${days} times or skip it at the end of the month; users rarely book on those days, and the code itself is correct.`,
    half: ({ fn }) => `setMonth overflows when the next month is shorter. Fix the date in the test of \`${fn}\` and it is stable.`,
  },
  {
    name: 'csv-export',
    ask: ({ fn, column }) =>
      `Write \`${fn}(rows)\` in Python: CSV text with header, column \`${column}\` first, values with commas or quotes escaped, Unix line ends.`,
    good: [
      ({ fn, column }) =>
        `\`\`\`python\nimport csv\nimport io\n\n\ndef ${fn}(rows):\n    if not rows:\n        return ""\n    names = ["${column}"] + [name for name in rows[0] if name != "${column}"]\n    out = io.StringIO()\n    writer = csv.DictWriter(out, names, lineterminator="\\n")\n    writer.writeheader()\n    writer.writerows(rows)\n    return out.getvalue()\n\`\`\`\nThe csv module does the quoting, and lineterminator avoids the default \\r\\n.`,
      ({ fn, column }) =>
        `\`\`\`python\nimport csv\nfrom io import StringIO\n\n\ndef ${fn}(rows):\n    out = StringIO(newline="")\n    fields = sorted(rows[0], key=lambda name: name != "${column}") if rows else ["${column}"]\n    writer = csv.DictWriter(out, fieldnames=fields, lineterminator="\\n")\n    writer.writeheader()\n    for row in rows:\n        writer.writerow(row)\n    return out.getvalue()\n\`\`\`\nSorting by a boolean is stable, so the other columns keep their order.`,
    ],
    wrong: ({ fn, column }) =>
      `\`\`\`python\ndef ${fn}(rows):\n    lines = ["${column}"]\n    for row in rows:\n        lines.append(",".join(str(v) for v in row.values()))\n    return "\\n".join(lines)\n\`\`\`\nNo import needed, blazingly fast, and every spreadsheet opens it.`,
    half: ({ fn }) =>
      `\`\`\`python\nimport csv, io\n\ndef ${fn}(rows):\n    out = io.StringIO()\n    csv.writer(out).writerows(r.values() for r in rows)\n    return out.getvalue()\n\`\`\`\nThe header is left to the caller.`,
  },
  {
    name: 'env-config',
    ask: ({ fn, column }) =>
      `How should \`${fn}()\` read the database address in our site, and what do I do with the ${column} setting I currently have in the code?`,
    good: [
      ({ fn, column }) =>
        `Read the environment once at the start and fail early:\n\n\`\`\`ts\nexport function ${fn}(env: NodeJS.ProcessEnv) {\n  const url = env['DATABASE_URL'];\n  if (!url) throw new Error('starting the site: expected DATABASE_URL, found none. Set it in the deployment.');\n  return { url, ${column}: env['${column.toUpperCase()}'] ?? 'default' };\n}\n\`\`\`\nNever put the address in the code: rotate it, since it was visible to everybody with access.`,
      ({ fn, column }) =>
        `Pass the environment into \`${fn}(env)\` so that tests can give their own. The ${column} setting belongs there as well, with a default in one place. What stood in the code counts as leaked: change it, then remove it from the file. The history keeps the old value, and that is harmless once it is changed.`,
    ],
    wrong: ({ fn, column }) =>
      `Keep it simple: leave the address in \`${fn}()\` as a constant and add ${column} next to it. Our repository is private, so the code is the safest place, and it never gets lost.`,
    half: ({ fn }) => `Use an environment variable in \`${fn}()\`.`,
  },
  {
    name: 'css-card',
    ask: ({ column, limit }) =>
      `The bike cards on the booking page jump when the ${column} text is long. I want ${Math.min(limit, 4)} equal columns, one on a phone, and text cut after two lines.`,
    good: [
      ({ column, limit }) =>
        `\`\`\`css\n.cards {\n  display: grid;\n  gap: 1rem;\n  grid-template-columns: repeat(${Math.min(limit, 4)}, minmax(0, 1fr));\n}\n.card .${column} {\n  display: -webkit-box;\n  -webkit-box-orient: vertical;\n  -webkit-line-clamp: 2;\n  overflow: hidden;\n}\n@media (max-width: 40rem) {\n  .cards { grid-template-columns: 1fr; }\n}\n\`\`\`\nThe jump came from 1fr, which grows with its content; minmax(0, 1fr) does not.`,
      ({ column }) =>
        `Grid tracks with plain 1fr are never smaller than their longest word, hence the jump. Use \`minmax(0, 1fr)\` for the columns, \`-webkit-line-clamp: 2\` with \`overflow: hidden\` on \`.${column}\`, and one column below 40rem. All current browsers know line-clamp with the -webkit- prefix.`,
    ],
    wrong: ({ column }) =>
      `\`\`\`css\n.card { width: 25%; float: left; height: 300px; }\n.card .${column} { white-space: nowrap; }\n\`\`\`\nThis is pixel-perfect on every screen, including phones, because percentages are responsive.`,
    half: ({ limit }) =>
      `\`\`\`css\n.cards { display: grid; grid-template-columns: repeat(${Math.min(limit, 4)}, 1fr); }\n\`\`\`\nThe text still has to be cut.`,
  },
];

/** Asks and answers of a topic for given details. */
export function sayCode(topic: CodeTopic, facts: CodeFacts): { ask: string; good: string[]; wrong: string; half: string } {
  return { ask: topic.ask(facts), good: topic.good.map((say) => say(facts)), wrong: topic.wrong(facts), half: topic.half(facts) };
}
