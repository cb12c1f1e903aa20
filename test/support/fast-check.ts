import fc from 'fast-check';

/**
 * fast-check with one seed for all: a test that passes passes everywhere and every time. `LAUTER_TEST_SEED=<integer>` looks elsewhere; what a
 * failure prints is enough to try the same numbers again.
 */
fc.configureGlobal({ seed: Number(process.env.LAUTER_TEST_SEED ?? 20_261_121) });

export { fc };
