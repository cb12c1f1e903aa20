import { Option, type Command } from 'commander';

/** Adds the options that say where workspace and config lie. */
export function placed(command: Command): Command {
  return command
    .addOption(new Option('--workspace <dir>', 'folder that Lauter keeps everything in (or LAUTER_WORKSPACE)'))
    .addOption(new Option('--config <file>', 'config file; lauter.config.json of the workspace unless stated'));
}
