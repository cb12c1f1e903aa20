import type { JsonObject } from '../../shared/json.ts';
import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { withoutField } from '../broken-lines.ts';
import { insertAt } from '../lay-days.ts';
import { layLines } from '../lay-files.ts';
import type { Stream, Telling, Told } from '../telling.ts';
import type { Drill, DrillFacts } from '../texts/drill.ts';
import { FLEET_DRILLS } from '../texts/drills-fleet.ts';
import { MONEY_DRILLS } from '../texts/drills-money.ts';

// What a run wrote for one problem and what the hidden tests said.
const WRITES = {
  right: { truth: 'solved', expected: 'accepted' },
  wrong: { truth: 'not solved', expected: 'rejected', planted: ['fluent_failure'] },
  reference: { truth: 'solved', expected: 'accepted', planted: ['equals_reference'], sft: 'equals_reference' },
  nothing: { truth: 'not solved', expected: 'rejected', planted: ['empty_answer'] },
  echo: { truth: 'not solved', expected: 'rejected', planted: ['echo'] },
} satisfies Record<string, Omit<Telling, 'task'>>;
type Write = keyof typeof WRITES;

interface Problem {
  readonly id: string;
  readonly drill: Drill;
  readonly facts: DrillFacts;
}

/** One file of the stream: who ran, how its reference key is spelled, whether it reflects between tries. */
interface Run {
  readonly name: string;
  readonly referenceKey: 'canonical_solution' | 'cannonical_solution';
  readonly isReflecting: boolean;
  readonly variant: 0 | 1;
}

/** Small Python functions with hidden tests, three runs over the same problems; some solutions are the reference itself. */
export function tellFunctionDrills(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'function-drills'));
  const problems = [...MONEY_DRILLS, ...FLEET_DRILLS].flatMap((drill) => inVariations(drill, random));
  const tell = (run: Run, writes: Write[]) => problems.map((problem, nth) => tellProblem(problem, run, writes[nth] as Write, random));
  const simple = tell(
    { name: 'simple', referenceKey: 'canonical_solution', isReflecting: false, variant: 0 },
    dealWrites(random, problems.length, 0.45),
  );
  const reflecting = tell(
    { name: 'reflexion', referenceKey: 'canonical_solution', isReflecting: true, variant: 1 },
    dealWrites(random, problems.length, 0.7),
  );
  const large = tell(
    { name: 'large', referenceKey: 'cannonical_solution', isReflecting: true, variant: 0 },
    dealWrites(random, problems.length, 0.8),
  );
  const files = [
    layLines('function-drills/a-simple_1_quay-coder-1_pass_at_k_1_py.jsonl', insertAt(simple, 11, { copyOf: simple[4] as Told })),
    layLines('function-drills/b-reflexion_5_quay-coder-1_pass_at_k_1_py.jsonl', [
      ...insertAt(reflecting, 20, withoutField(reflecting[7] as Told, 'prompt')),
      { copyOf: simple[2] as Told },
    ]),
    layLines('function-drills/c-reflexion_5_harbor-large-1_pass_at_k_1_py.jsonl', [
      ...large,
      { copyOf: simple[9] as Told, reordered: true },
    ]),
  ];
  const about = 'Python functions with hidden tests, three runs over the same problems.';
  return { name: 'function-drills', adapter: 'reflexion', about, paths: ['function-drills/*.jsonl'], files, secrets: [] };
}

function inVariations(drill: Drill, random: Random): Problem[] {
  const first = 3 + random.int(3);
  return [0, 1, 2, 3].map((nth) => ({
    id: `drill-${drill.name.replaceAll('_', '-')}-${nth + 1}`,
    drill,
    facts: { a: first + nth * 2, b: 150 + 75 * nth + random.int(3) * 5 },
  }));
}

// A share of right solutions; of the rest most are wrong, and a few are one of the traps.
function dealWrites(random: Random, problems: number, rightShare: number): Write[] {
  const traps: Write[] = ['reference', 'reference', 'nothing', 'echo'];
  const right = Math.round((problems - traps.length) * rightShare);
  const rest = problems - traps.length - right;
  return random.shuffle([
    ...traps,
    ...Array.from({ length: right }, (): Write => 'right'),
    ...Array.from({ length: rest }, (): Write => 'wrong'),
  ]);
}

function tellProblem({ id, drill, facts }: Problem, run: Run, write: Write, random: Random): Told {
  const prompt = drill.prompt(facts);
  const tries = run.isReflecting ? (write === 'wrong' ? 3 : random.int(2)) : 0;
  const value: JsonObject = {
    task_id: id,
    prompt,
    entry_point: drill.name,
    [run.referenceKey]: drill.reference(facts),
    test: `def check(candidate):\n${drill
      .tests(facts)
      .map((test) => `    assert ${test}\n`)
      .join('')}`,
    ...(run.isReflecting ? { reflections: Array.from({ length: tries }, () => drill.reflection) } : {}),
    solution: solutionOf(write, prompt, drill, facts, run.variant),
    is_solved: WRITES[write].truth === 'solved',
  };
  return { ...WRITES[write], task: id, value, day: 'undated' };
}

function solutionOf(write: Write, prompt: string, drill: Drill, facts: DrillFacts, variant: 0 | 1): string {
  switch (write) {
    case 'right':
      return prompt + sayOf(drill.right, variant)(facts);
    case 'wrong':
      return prompt + sayOf(drill.wrong, variant)(facts);
    case 'reference':
      return variant === 0 ? prompt + drill.reference(facts) : drill.reference(facts);
    case 'nothing':
      return '';
    case 'echo':
      return prompt;
  }
}

function sayOf(bodies: readonly ((facts: DrillFacts) => string)[], variant: 0 | 1): (facts: DrillFacts) => string {
  return bodies[variant] as (facts: DrillFacts) => string;
}
