import { basename, dirname, join, resolve } from 'node:path';
import { auditFull } from '../../activities/audit-full/audit-full.ts';
import { AuditStopped } from '../../activities/audit-full/audit-stopped.ts';
import type { AuditWorld } from '../../activities/audit-full/audit-world.ts';
import { startFile } from '../../adapters/files/new-file.ts';
import { renderAuditMarkdown, renderAuditPage, type RenderedFile } from '../../reports/audit/render-audit.ts';
import { keepAuditReport } from '../audit/keep-audit-report.ts';
import { openAuditWorld } from '../audit/open-audit-world.ts';
import { runAcceptanceFixture } from '../audit/run-acceptance-fixture.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { watchAudit } from '../audit/watch-audit.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { VERSION } from '../version.ts';

export interface AuditFullOptions extends PlaceOptions {
  readonly html?: string;
  readonly md?: string;
  readonly json?: boolean;
}

/** `lauter distill audit-full`: sixteen required checks of what is on disk, the ten tracked numbers, and the baseline they leave. */
export async function distillAuditFull(
  io: Io,
  options: AuditFullOptions,
  accept: AuditWorld['accept'] = (watch) => runAcceptanceFixture(io, watch),
): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const { config } = loadConfig(io, root, options);
  const world = await openAuditWorld(root, accept);
  const watch = watchAudit(io, world);
  try {
    const report = await auditFull(world, { codeVersion: VERSION, presentSettings: config.distill }, watch);
    await watch.end();
    keepAuditReport(world.ports.output, report);
    if (options.html !== undefined) writeFiles(resolve(io.cwd, options.html), (name) => renderAuditPage(report, name), 'html');
    if (options.md !== undefined) writeFiles(resolve(io.cwd, options.md), (name) => [renderAuditMarkdown(report, name)], 'md');
    io.out(options.json === true ? JSON.stringify(report, null, 2) : tellAudit(report));
    return report.verdict === 'accepted' ? EXIT.accepted : EXIT.refused;
  } catch (error) {
    await watch.end();
    if (!(error instanceof AuditStopped)) throw error;
    io.err('the audit was ended: nothing was appended to the baselines. `lauter distill audit-full` begins it anew.');
    return EXIT.interrupted;
  } finally {
    await watch.end();
    world.close();
  }
}

function writeFiles(path: string, render: (name: string) => readonly RenderedFile[], ending: string): void {
  const own = basename(path);
  const name = own.replace(/\.[^.]+$/, '');
  for (const { name: rendered, text } of render(name)) {
    // The page itself is called what it was asked to be called.
    const file = startFile(join(dirname(path), rendered === `${name}.${ending}` ? own : rendered));
    try {
      file.write(text);
      file.publish();
    } finally {
      file.discard();
    }
  }
}
