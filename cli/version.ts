export { PACKAGE_ROOT, VERSION } from '../adapters/program-version.ts';
