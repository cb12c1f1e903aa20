import { pauseGuardSettingsSchema } from '../../schemas/pause-guard.ts';
import { runGuard } from './run-guard.ts';

/** The guard's own program: small, so that it lives where larger ones die. */
const settings = pauseGuardSettingsSchema.parse(JSON.parse(process.env['LAUTER_PAUSE_GUARD'] ?? 'null'));
const code = await runGuard(settings, process.env);
// Whatever a library has left open: a guard without anything to guard ends.
process.exit(code);
