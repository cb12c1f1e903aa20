const MARK = 'release-manifest sha256 ';

/** The command that makes the tag. Its message holds the digest of the manifest, so that whoever trusts the tag can tell a manifest that was made up. */
export function tagCommand(release: { readonly version: string; readonly head: string; readonly manifest_digest: string }): string {
  const { version, head, manifest_digest } = release;
  return `git tag -a ${version} ${head} -m "Release ${version}" -m "${MARK}${manifest_digest}"`;
}

/** The digest of a manifest that the message of a tag holds; undefined when it holds none. */
export function digestInTag(message: string): string | undefined {
  return new RegExp(`^${MARK}([0-9a-f]{64})$`, 'm').exec(message)?.[1];
}
