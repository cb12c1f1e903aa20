export { assembleEvidence, contentOf, type Origin, type UnidentifiedEvidence } from './assemble.ts';
