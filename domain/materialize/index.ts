export { assembleEvidence, contentOf, type AssembledEvidence, type Digest, type Origin, type UnidentifiedEvidence } from './assemble.ts';
