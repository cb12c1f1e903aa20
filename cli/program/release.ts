import type { Command } from 'commander';
import type { ReleaseFreezeOptions } from '../commands/release-freeze.ts';
import type { ReleaseVerifyOptions } from '../commands/release-verify.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter release …`: freezes what is to be released, and proves later that it is still the same. */
export function addRelease(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const release = program.command('release').description('freeze what is to be released, and prove later that it is still that');
  explained(
    placed(
      release
        .command('freeze')
        .description(
          'six gates over the repository that holds the workspace and its latest accepted run: 1 when one says no, 2 when one cannot be judged; tags nothing',
        ),
    )
      .requiredOption('--version <version>', 'name of the version, which the tag is to have')
      .option('--out <dir>', 'folder for manifest and Markdown, as one to commit; reports/releases/VERSION of the workspace unless stated')
      .option('--json', 'print what it came to (release-freeze/1) as one JSON document'),
    'lauter release freeze --version 1.2.0 --out releases/1.2.0',
    'version verdict tag tag_command head branch run_id manifest_digest duration_ms gates[{gate state detail findings duration_ms}] paths{manifest markdown html test_log}',
  ).action(async (options: ReleaseFreezeOptions) =>
    settle(await (await import('../commands/release-freeze.ts')).releaseFreeze(io, options)),
  );
  explained(
    placed(
      release.command('verify <manifest>').description('whether the data on disk is still what a manifest froze: 1 when something differs'),
    ).option('--json', 'print every difference (release-verification/1) as one JSON document'),
    'lauter release verify releases/1.2.0/release-manifest.json',
    'manifest version run_id frozen_at holds checked{comparisons files bytes rows} first{part on expected found remedy} differences[] warnings[{on expected found}]',
  ).action(async (manifest: string, options: ReleaseVerifyOptions) =>
    settle(await (await import('../commands/release-verify.ts')).releaseVerify(io, manifest, options)),
  );
}
