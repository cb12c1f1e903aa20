import type { PanelPreference } from '../../schemas/panel-receipt.ts';
import { isObject } from '../shared/json.ts';
import { readReply, sameNames, type Read } from './reply-json.ts';

/** Which of two positions a judge prefers, by dimension. */
export type PositionPreferences = Readonly<Record<string, 'first' | 'second' | 'tie'>>;

/** What a judge says of two texts: exactly the dimensions asked for, in the last complete JSON value of its reply. */
export function readPreferences(text: string, dimensions: readonly string[]): Read<{ readonly preferences: PositionPreferences }> {
  const reply = readReply(text);
  if (!reply.ok) return reply;
  const { better } = reply.value;
  if (!isObject(better)) return { ok: false, error: 'the reply has no object "better"' };
  const wrong = sameNames(better, dimensions);
  if (wrong !== undefined) return { ok: false, error: wrong };
  const odd = dimensions.find((name) => better[name] !== 'first' && better[name] !== 'second' && better[name] !== 'tie');
  if (odd !== undefined) return { ok: false, error: `the preference in ${odd} is not first, second or tie` };
  return { ok: true, preferences: better as PositionPreferences };
}

/** What a judge prefers whatever the order: it was asked with the output first, then with the reference first. Where the two differ it is a tie. */
export function settleSwap(outputFirst: PositionPreferences, referenceFirst: PositionPreferences): Record<string, PanelPreference> {
  return Object.fromEntries(
    Object.entries(outputFirst).map(([name, choice]) => {
      const before = ({ first: 'output', second: 'reference', tie: 'tie' } as const)[choice];
      const after = ({ first: 'reference', second: 'output', tie: 'tie' } as const)[referenceFirst[name] ?? 'tie'];
      return [name, before === after ? before : 'tie'];
    }),
  );
}
