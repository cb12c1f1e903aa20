import type { Command, Option } from 'commander';

/** Options that may stand several times on a command line. */
const repeatable = new WeakSet<Option>();

/** Says of an option that takes a value that it may be repeated. */
export function mayRepeat(option: Option): Option {
  repeatable.add(option);
  return option;
}

/** Makes a second value of the same option a usage error, for a command and all below it: the first one would be lost without a word. */
export function refuseRepeats(command: Command): void {
  for (const option of command.options) if (takesOneValue(option)) refuseSecond(command, option);
  for (const below of command.commands) refuseRepeats(below);
}

function takesOneValue(option: Option): boolean {
  return (option.required || option.optional) && !option.variadic && !repeatable.has(option);
}

function refuseSecond(command: Command, option: Option): void {
  let times = 0;
  command.on(`option:${option.name()}`, () => {
    times += 1;
    if (times > 1)
      command.error(`error: option '${option.long ?? option.flags}' is given twice. Give it once.`, { code: 'lauter.repeatedOption' });
  });
}
