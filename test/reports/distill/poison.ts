import type { RunReport } from '../../../schemas/run-report.ts';
import { runReportSchema } from '../../../schemas/run-report.ts';

/** Text that would do harm in HTML, an attribute, Markdown, a spreadsheet, a template of the charting library or a terminal. */
export const POISON = `="><script>brew()</script><img src=x onerror='brew()'>](javascript:brew()) | \`wort\` {b} @all https://brewery.example \u001b[2J\u202e\n# mash`;

/** The report with poison in every text that its schema leaves free, keys included; `count` says how many there are. */
export function poisonReport(report: RunReport): { report: RunReport; count: number } {
  let count = 0;
  const poison = (value: unknown, accepts: (changed: unknown) => boolean): unknown => {
    if (typeof value === 'string' && accepts(POISON + value)) {
      count += 1;
      return POISON + value;
    }
    if (Array.isArray(value)) return value.map((item, index) => poison(item, (changed) => accepts(value.with(index, changed))));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const { [key]: _, ...others } = value as Record<string, unknown>;
        const isFreeKey = accepts({ ...others, [POISON + key]: item });
        if (isFreeKey) count += 1;
        return [isFreeKey ? POISON + key : key, poison(item, (changed) => accepts({ ...others, [key]: changed }))];
      }),
    );
  };
  const poisoned = poison(report, (changed) => runReportSchema.safeParse(changed).success);
  return { report: runReportSchema.parse(poisoned), count };
}
