import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import { canonicalJson } from '../shared/canonical-json.ts';

/** A manifest before it states its own digest. */
export type OpenManifest = Omit<ReleaseManifest, 'manifest_digest'>;

/** The manifest with the digest of all the rest of it. */
export function sealManifest(open: OpenManifest, sha256: (text: string) => string): ReleaseManifest {
  return { ...open, manifest_digest: manifestDigest(open, sha256) };
}

/** sha256 of the canonical JSON of a manifest without its field `manifest_digest`: white space and the order of fields do not count. */
export function manifestDigest(manifest: OpenManifest | ReleaseManifest, sha256: (text: string) => string): string {
  const { manifest_digest: _own, ...rest } = manifest as ReleaseManifest;
  return sha256(canonicalJson(rest));
}
