import { InvalidArgumentError } from 'commander';
import { isAutocutJump, isKnob, KNOB_NAMES } from '../../domain/search/index.ts';
import { searchKnobsSchema, type SearchKnobs } from '../../schemas/search-knobs.ts';

/** Per-call values of knobs, by name. */
export type KnobValues = Readonly<Partial<SearchKnobs>>;

/** Takes `KNOB=VALUE`, once for each knob; `on` and `off` stand for true and false, `none` for no limit. Nothing is ignored, as a config may be. */
export function knobValue(text: string, before: KnobValues = {}): KnobValues {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (!isKnob(name)) throw new InvalidArgumentError(`Expected KNOB=VALUE with one of ${KNOB_NAMES.join(', ')}.`);
  if (before[name] !== undefined) throw new InvalidArgumentError(`${name} is given twice.`);
  for (const meaning of meaningsOf(value)) {
    const parsed = searchKnobsSchema.shape[name].safeParse(meaning);
    if (!parsed.success) continue;
    if (name === 'autocut_jump' && !isAutocutJump(Number(parsed.data)))
      throw new InvalidArgumentError(`${name}: expected a share above 0, up to 1.`);
    return { ...before, [name]: parsed.data };
  }
  const [issue] = searchKnobsSchema.shape[name].safeParse(meaningsOf(value)[0]).error?.issues ?? [];
  throw new InvalidArgumentError(`${name}: ${issue?.message ?? 'expected another value'}.`);
}

/** What a word of the command line may stand for, the likeliest first. */
function meaningsOf(value: string): readonly unknown[] {
  if (value === 'on' || value === 'true') return [true, value];
  if (value === 'off' || value === 'false') return [false, value];
  if (value === 'none') return [value, null];
  return /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) && Number.isFinite(Number(value)) ? [Number(value)] : [value];
}
