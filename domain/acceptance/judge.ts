import type { InvariantResult } from '../../schemas/acceptance-report.ts';
import type { AcceptanceFacts } from './facts.ts';
import { INVARIANTS, type Invariant } from './invariants.ts';

/** How many of the places that speak against an invariant are named. */
const MOST_PLACES = 5;

/** What the facts say of every invariant. */
export function judgeFacts(facts: AcceptanceFacts): InvariantResult[] {
  return INVARIANTS.map((invariant) => judgeInvariant(invariant, facts));
}

function judgeInvariant({ number, name, expected, check }: Invariant, facts: AcceptanceFacts): InvariantResult {
  const findings = check(facts);
  const [first] = findings;
  if (first === undefined) return { number, name, passed: true, expected, found: expected, where: [] };
  const more = findings.length === 1 ? '' : ` (and ${findings.length - 1} more)`;
  return {
    number,
    name,
    passed: false,
    expected: first.expected,
    found: `${first.found}${more}`,
    where: findings.slice(0, MOST_PLACES).map(({ where }) => where),
  };
}
