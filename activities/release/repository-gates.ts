import { isTolerated, type Tolerance } from '../../domain/release/index.ts';
import type { ReleaseSettings } from '../../schemas/release-settings.ts';
import type { FreezeWorld, GateOutcome, Repository } from './world.ts';

/** Nothing is changed but what is made anew all the time. */
export async function cleanGate(repository: Repository, tolerance: Tolerance): Promise<GateOutcome> {
  const changes = await repository.changes();
  const strange = changes.filter((path) => !isTolerated(path, tolerance));
  const regenerated = changes.length - strange.length;
  const aside = regenerated === 0 ? '' : `; ${regenerated} regenerated, which is tolerated`;
  if (strange.length === 0) return { state: 'passed', detail: `everything is committed${aside}` };
  return {
    state: 'failed',
    detail: `expected everything committed, found ${strange.length} changed or unknown${aside}. Commit or ignore them, or name what is regenerated in release.tolerate.`,
    findings: strange,
  };
}

/** The test suite ends with 0, in time. */
export async function testsGate(world: FreezeWorld, settings: ReleaseSettings, stop: AbortSignal): Promise<GateOutcome> {
  const command = settings.test_command ?? world.usualTestCommand;
  if (command === undefined) {
    return {
      state: 'failed',
      detail:
        'expected a test suite, found no test script in package.json and no release.test_command. `lauter config set release.test_command "make test"` names one.',
    };
  }
  const { code, signal, isTimedOut } = await world.runTests(command, stop);
  if (code === 0) return { state: 'passed', detail: `\`${command}\` ended with 0` };
  const end = isTimedOut
    ? `not ended after ${settings.test_timeout_s} s (release.test_timeout_s)`
    : code === null
      ? `ended by ${signal ?? 'a signal'}`
      : `ended with ${code}`;
  return { state: 'failed', detail: `expected \`${command}\` to end with 0, found it ${end}. The test log of this freeze tells why.` };
}

/** The name of the version is free. */
export async function tagGate(repository: Repository, version: string): Promise<GateOutcome> {
  const tag = await repository.tag(version);
  if (tag === undefined) return { state: 'passed', detail: `no tag ${version} in this clone` };
  return {
    state: 'failed',
    detail: `expected no tag ${version}, found one on ${tag.commit ?? 'something that is no commit'}. Choose the next version; a tag that others may have is never moved.`,
  };
}
