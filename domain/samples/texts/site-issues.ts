import type { Change } from '../unified-diff.ts';

/** What an issue turns on: the module it is in and the numbers in it. */
export interface IssueFacts {
  readonly module: string;
  readonly noun: string;
  readonly at: number;
  readonly limit: number;
}

/** An issue of the booking site, the change that mends it and one that reads just as well and does not. */
export interface SiteIssue {
  readonly name: string;
  readonly text: (facts: IssueFacts) => string;
  readonly fix: (facts: IssueFacts) => Change;
  readonly miss: (facts: IssueFacts) => Change;
}

export const SITE_ISSUES: readonly SiteIssue[] = [
  {
    name: 'last-page',
    text: ({ noun, limit }) =>
      `The list of ${noun} shows an empty last page when their number is a multiple of ${limit}. With exactly ${limit} ${noun} there should be one page.`,
    fix: ({ module, noun, at }) => ({
      path: `booking_site/${module}/paging.py`,
      at,
      before: [`def page_count(${noun}, size):`, '    """Number of pages, at least one."""'],
      removed: [`    return len(${noun}) // size + 1`],
      added: [`    return max(1, -(-len(${noun}) // size))`],
      after: ['', ''],
    }),
    miss: ({ module, noun, at }) => ({
      path: `booking_site/${module}/paging.py`,
      at,
      before: [`def page_count(${noun}, size):`, '    """Number of pages, at least one."""'],
      removed: [`    return len(${noun}) // size + 1`],
      added: [`    return round(len(${noun}) / size) + 1`],
      after: ['', ''],
    }),
  },
  {
    name: 'overlap',
    text: ({ noun }) =>
      `Two ${noun} that touch (one ends at 10:00, the next starts at 10:00) are reported as overlapping. They should not be.`,
    fix: ({ module, noun, at }) => ({
      path: `booking_site/${module}/slots.py`,
      at,
      before: ['def overlaps(first, second):', `    """True when two ${noun} share time."""`],
      removed: ['    return first.start <= second.end and second.start <= first.end'],
      added: ['    return first.start < second.end and second.start < first.end'],
      after: [''],
    }),
    miss: ({ module, noun, at }) => ({
      path: `booking_site/${module}/slots.py`,
      at,
      before: ['def overlaps(first, second):', `    """True when two ${noun} share time."""`],
      removed: ['    return first.start <= second.end and second.start <= first.end'],
      added: ['    return first.start < second.end and second.start <= first.end'],
      after: [''],
    }),
  },
  {
    name: 'rounding',
    text: ({ noun, limit }) => `Prices of ${noun} are off by one cent after the discount of ${limit} %. Use whole cents and round half up.`,
    fix: ({ module, at, limit }) => ({
      path: `booking_site/${module}/prices.py`,
      at,
      before: ['def discounted(cents):'],
      removed: [`    return int(cents * ${(100 - limit) / 100})`],
      added: [`    return (cents * ${100 - limit} + 50) // 100`],
      after: ['', ''],
    }),
    miss: ({ module, at, limit }) => ({
      path: `booking_site/${module}/prices.py`,
      at,
      before: ['def discounted(cents):'],
      removed: [`    return int(cents * ${(100 - limit) / 100})`],
      added: [`    return round(cents * ${(100 - limit) / 100})  # half up`],
      after: ['', ''],
    }),
  },
  {
    name: 'mutable-default',
    text: ({ noun }) => `Filters of one request show up in the next one: collecting ${noun} without filters still applies the old ones.`,
    fix: ({ module, noun, at }) => ({
      path: `booking_site/${module}/queries.py`,
      at,
      before: [''],
      removed: [`def collect_${noun}(station, filters=[]):`],
      added: [`def collect_${noun}(station, filters=None):`, '    filters = list(filters or ())'],
      after: ['    filters.append(("station", station))', `    return run_query("${noun}", filters)`],
    }),
    miss: ({ module, noun, at }) => ({
      path: `booking_site/${module}/queries.py`,
      at,
      before: [''],
      removed: [`def collect_${noun}(station, filters=[]):`],
      added: [`def collect_${noun}(station, filters=[]):`, '    filters = filters or []'],
      after: ['    filters.append(("station", station))', `    return run_query("${noun}", filters)`],
    }),
  },
  {
    name: 'timezone',
    text: ({ noun }) => `The day view of ${noun} starts at 02:00 in summer. Days must be cut in the station’s own time zone.`,
    fix: ({ module, noun, at }) => ({
      path: `booking_site/${module}/calendar.py`,
      at,
      before: [`def ${noun}_of_day(rows, day, zone):`],
      removed: ['    return [row for row in rows if row.starts_at.date() == day]'],
      added: ['    return [row for row in rows if row.starts_at.astimezone(zone).date() == day]'],
      after: ['', ''],
    }),
    miss: ({ module, noun, at }) => ({
      path: `booking_site/${module}/calendar.py`,
      at,
      before: [`def ${noun}_of_day(rows, day, zone):`],
      removed: ['    return [row for row in rows if row.starts_at.date() == day]'],
      added: ['    return [row for row in rows if row.starts_at.replace(tzinfo=zone).date() == day]'],
      after: ['', ''],
    }),
  },
  {
    name: 'retry-forever',
    text: ({ noun, limit }) =>
      `When the payment provider is down, syncing ${noun} retries without end. It should give up after ${limit} tries and raise the last error.`,
    fix: ({ module, noun, at, limit }) => ({
      path: `booking_site/${module}/sync.py`,
      at,
      before: [`def sync_${noun}(client):`],
      removed: [
        '    while True:',
        '        try:',
        `            return client.pull("${noun}")`,
        '        except ConnectionError:',
        '            continue',
      ],
      added: [
        `    for attempt in range(1, ${limit} + 1):`,
        '        try:',
        `            return client.pull("${noun}")`,
        '        except ConnectionError:',
        `            if attempt == ${limit}:`,
        '                raise',
      ],
      after: ['', ''],
    }),
    miss: ({ module, noun, at, limit }) => ({
      path: `booking_site/${module}/sync.py`,
      at,
      before: [`def sync_${noun}(client):`],
      removed: [
        '    while True:',
        '        try:',
        `            return client.pull("${noun}")`,
        '        except ConnectionError:',
        '            continue',
      ],
      added: [
        `    for _ in range(${limit}):`,
        '        try:',
        `            return client.pull("${noun}")`,
        '        except ConnectionError:',
        '            continue',
        '    return []',
      ],
      after: ['', ''],
    }),
  },
];

export const ISSUE_MODULES = ['rentals', 'repairs', 'tours', 'fleet', 'payments'] as const;
export const ISSUE_NOUNS = ['bookings', 'slots', 'repairs', 'invoices', 'guides', 'transfers', 'inspections'] as const;
