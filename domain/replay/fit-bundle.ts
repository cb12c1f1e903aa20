import type { ReplayBundle, TrimmedBundle } from '../../schemas/replay-run.ts';
import { cut } from '../shared/text.ts';
import { buildBundle, type ChosenRows } from './build-bundle.ts';
import { promptTokens, replayMessages } from './prompt.ts';

/** A model's window, as far as it is known. */
export interface ModelWindow {
  /** Tokens of question and answer together; null where nothing limits them. */
  readonly windowTokens: number | null;
  /** Tokens that are kept for the answer. */
  readonly answerTokens: number;
}

/** Less of a row than this teaches nothing. */
const LEAST_CUT_CHARS = 200;

/**
 * The bundle of some rows as far as a window has room for it. What goes first is the least like the task: warnings from the last to the first, then
 * exemplars but the first, then steps from the last; of the first exemplar the beginning stays, where there is room for 200 characters of it. `null`
 * when there is no room for the task alone.
 */
export function fitBundle(
  task: string,
  chosen: ChosenRows,
  generations: ReadonlyMap<string, number>,
  { windowTokens, answerTokens }: ModelWindow,
): { readonly bundle: ReplayBundle; readonly trimmed: TrimmedBundle | null } | null {
  const whole = buildBundle(chosen, generations);
  const fits = (bundle: ReplayBundle): boolean =>
    windowTokens === null || promptTokens(replayMessages(task, bundle)) <= windowTokens - answerTokens;
  if (windowTokens === null || fits(whole)) return { bundle: whole, trimmed: null };
  const dropped: string[] = [];
  const say = (bundle: ReplayBundle, cutId: string | null) => {
    const steps_dropped = whole.validation_steps.length - bundle.validation_steps.length;
    return { bundle, trimmed: { window_tokens: windowTokens, dropped, steps_dropped, cut: cutId } };
  };
  let bundle = whole;
  let { exemplars, warnings } = chosen;
  while (warnings.length > 0 || exemplars.length > 1) {
    const from = warnings.length > 0 ? warnings : exemplars;
    dropped.push(from.at(-1)!.id);
    if (warnings.length > 0) warnings = warnings.slice(0, -1);
    else exemplars = exemplars.slice(0, -1);
    bundle = buildBundle({ exemplars, warnings }, generations);
    if (fits(bundle)) return say(bundle, null);
  }
  while (bundle.validation_steps.length > 0) {
    bundle = { ...bundle, validation_steps: bundle.validation_steps.slice(0, -1) };
    if (fits(bundle)) return say(bundle, null);
  }
  const [last] = bundle.exemplars;
  if (last !== undefined) {
    const short = cutToFit(bundle, fits);
    if (short !== undefined) return say(short, last.id);
    dropped.push(last.id);
  }
  const bare: ReplayBundle = { exemplars: [], warnings: [], validation_steps: [] };
  return fits(bare) ? say(bare, null) : null;
}

/** The longest beginning of the only exemplar that fits. */
function cutToFit(bundle: ReplayBundle, fits: (bundle: ReplayBundle) => boolean): ReplayBundle | undefined {
  const [entry] = bundle.exemplars;
  const cutAt = (chars: number): ReplayBundle => ({ ...bundle, exemplars: [{ ...entry!, content: cut(entry!.content, chars) }] });
  let [least, most] = [LEAST_CUT_CHARS, entry!.content.length];
  if (most < least || !fits(cutAt(least))) return undefined;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(cutAt(middle))) least = middle;
    else most = middle - 1;
  }
  return cutAt(least);
}
