import { resolve } from 'node:path';
import { now } from '../../adapters/clock.ts';
import { appendPublishAudit } from '../../adapters/gate/publish-audit.ts';
import { carriedThresholds } from '../../domain/gate/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { PublishAudit, PublishReport } from '../../schemas/publish-report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { auditFolder } from '../gate/audit-folder.ts';
import { labelOf, publishBaseline, type PublishOptions } from '../gate/publish-baseline.ts';
import { tellPublish } from '../gate/tell-publish.ts';
import { plain, type Io } from '../io.ts';

export interface EvalPublishOptions extends PublishOptions {
  readonly thresholdJaccard?: number;
  readonly thresholdTop1?: number;
  readonly thresholdLatencyMultiplier?: number;
  readonly json?: boolean;
}

/** `lauter eval publish`: freezes captured rows as a baseline. Every call is recorded, also one that fails. */
export function evalPublish(io: Io, options: EvalPublishOptions): ExitCode {
  const folder = auditFolder(io, options);
  const thresholds = carriedThresholds({
    jaccard: options.thresholdJaccard,
    top1: options.thresholdTop1,
    latency_multiplier: options.thresholdLatencyMultiplier,
  });
  const known = {
    ts: now(),
    label: labelOf(options),
    output_path: options.to === undefined ? null : resolve(io.cwd, options.to),
    thresholds,
  };
  let report: PublishReport;
  try {
    report = publishBaseline(io, options, { thresholds, publishedAt: known.ts });
  } catch (error) {
    recordFailure(io, folder, {
      ...NOTHING,
      ...known,
      success: false,
      failure_reason: error instanceof Error ? error.message : String(error),
    });
    throw error;
  }
  const { source_hash, content_hash, row_count } = report;
  appendPublishAudit(folder, { ...known, source_hash, content_hash, row_count, success: true });
  io.out(options.json === true ? JSON.stringify(report, null, 2) : tellPublish(report));
  return EXIT.accepted;
}

const NOTHING: Pick<PublishAudit, 'source_hash' | 'content_hash' | 'row_count'> = {
  source_hash: null,
  content_hash: null,
  row_count: null,
};

/** What went wrong first counts more than that it could not be recorded. */
function recordFailure(io: Io, folder: string, row: PublishAudit): void {
  try {
    appendPublishAudit(folder, row);
  } catch (error) {
    if (!(error instanceof LauterError)) throw error;
    io.err(plain(error.message));
  }
}
