export { benchModel } from './bench-model.ts';
export { benchRun } from './bench-run.ts';
export { benchSweep } from './bench-sweep.ts';
export { distill } from './distill.ts';
export { evalRunAll } from './eval-run-all.ts';
export { longMemEval } from './long-mem-eval.ts';
export { measureSuite } from './measure-suite.ts';
export { pauseGuard } from './pause-guard.ts';
