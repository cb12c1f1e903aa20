import type { AuditWorld } from './audit-world.ts';
import { amount, type CheckNotes } from './check-notes.ts';

/** Check 2: every schema accepts its lawful fixtures and rejects each faulty one. */
export function checkSchemas({ fixtures }: Pick<AuditWorld, 'fixtures'>, notes: CheckNotes): void {
  let values = 0;
  for (const { name, schema, accepts, rejects } of fixtures) {
    for (const value of accepts) {
      const issue = schema.safeParse(value).error?.issues[0];
      if (issue !== undefined)
        notes.add({
          where: name,
          expected: 'to accept its lawful fixture',
          found: `${issue.path.map(String).join('.')}: ${issue.message}`,
        });
    }
    for (const [why, value] of Object.entries(rejects)) {
      if (schema.safeParse(value).success) notes.add({ where: name, expected: `to reject ${why}`, found: 'that it accepts it' });
    }
    values += accepts.length + Object.keys(rejects).length;
  }
  if (fixtures.length === 0) notes.add({ where: 'the fixtures', expected: 'one for each schema', found: 'none' });
  notes.look(`${amount(fixtures.length, 'schema')} with ${amount(values, 'fixture')}`);
}
