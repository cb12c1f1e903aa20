export { distill } from './distill.ts';
