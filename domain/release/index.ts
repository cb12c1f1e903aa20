export { manifestDigest, sealManifest } from './seal.ts';
export { digestInTag, tagCommand } from './tag.ts';
export { isTolerated, type Tolerance } from './tolerated.ts';
export { releaseVerdict } from './verdict.ts';
export { isVersionName } from './version-name.ts';
