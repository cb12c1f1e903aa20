import type { Grounding, ReplayBundle } from '../../../schemas/replay-run.ts';
import { restoreSigns } from '../../fencing/index.ts';
import { findEchoes } from './find-echoes.ts';
import { findNamed, type NamedThing } from './find-named.ts';
import { occursIn, readSources } from './sources.ts';

/** Everything that an answer names, each thing once, and whether the bundle or the task names it too; behind that, what only says the task again. */
export function groundAnswer(answer: string, task: string, { exemplars, warnings, validation_steps: steps }: ReplayBundle): Grounding[] {
  const entries = [...exemplars, ...warnings].flatMap(({ title, content }) => [title, content]);
  const sources = { bundle: readSources([...entries, ...steps]), asked: readSources([task]) };
  const named = findNamed(answer);
  const isGrounded = (thing: NamedThing): boolean => occursIn(sources.bundle, thing) || occursIn(sources.asked, thing);
  const things = named.map((thing) => ({
    text: thing.text,
    kind: thing.kind,
    // A model may copy signs as they stood behind the fence.
    grounded: isGrounded(thing) || isGrounded({ ...thing, text: restoreSigns(thing.text) }),
  }));
  const echoes = findEchoes(answer, task, named, sources).map(({ text }) => ({ text, kind: 'claim' as const, grounded: false }));
  return [...new Map([...things, ...echoes].map((thing) => [`${thing.kind} ${thing.text}`, thing])).values()];
}
