import type { Command } from 'commander';

/** Ends the help of a command with a realistic example and, where it prints JSON, with the keys of that. */
export function explained(command: Command, example: string, keys?: string): Command {
  return command.addHelpText('after', `\nExample:\n  ${example}${keys === undefined ? '' : `\n\nKeys of --json: ${keys}`}`);
}
