import type { AuditCheckText } from '../../domain/audit/index.ts';
import type { AuditCheck, AuditFinding } from '../../schemas/audit-report.ts';

/** Findings and warnings of one check that are kept; the rest is counted. */
const MOST_KEPT = 20;

/** What one check finds while it goes on. */
export class CheckNotes {
  readonly #findings: AuditFinding[] = [];
  readonly #warnings: string[] = [];
  #total = 0;
  #lookedAt = 'nothing';

  /** Keeps a finding unless both texts are the same. Returns whether they are. */
  hold(where: string, expected: string, found: string): boolean {
    if (expected !== found) this.add({ where, expected, found });
    return expected === found;
  }

  /** `times`: how often it was found. */
  add(finding: AuditFinding, times = 1): void {
    this.#total += times;
    if (this.#findings.length < MOST_KEPT) this.#findings.push(finding);
  }

  warn(warning: string): void {
    if (this.#warnings.length < MOST_KEPT) this.#warnings.push(warning);
  }

  /** Says what was looked at, in the end. */
  look(at: string): void {
    this.#lookedAt = at;
  }

  result({ number, name, proves, remedy }: AuditCheckText): AuditCheck {
    return {
      number,
      name,
      proves,
      state: this.#total === 0 ? 'passed' : 'failed',
      looked_at: this.#lookedAt,
      findings: this.#findings,
      findings_total: this.#total,
      warnings: this.#warnings,
      remedy,
    };
  }
}

/** `1 row`, `2 rows`: for what a check says it looked at. */
export function amount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
