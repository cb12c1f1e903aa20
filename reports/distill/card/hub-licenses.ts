/** Identifiers of licenses that the Hugging Face hub knows, lower case. */
const HUB_LICENSES: ReadonlySet<string> = new Set([
  ...['apache-2.0', 'mit', 'bsd', 'bsd-2-clause', 'bsd-3-clause', 'bsd-3-clause-clear', 'isc', 'zlib', 'unlicense', 'wtfpl', 'bsl-1.0'],
  ...[
    'afl-3.0',
    'artistic-2.0',
    'ecl-2.0',
    'epl-1.0',
    'epl-2.0',
    'eupl-1.1',
    'eupl-1.2',
    'mpl-2.0',
    'ms-pl',
    'ncsa',
    'osl-3.0',
    'postgresql',
  ],
  ...['gpl', 'gpl-2.0', 'gpl-3.0', 'agpl-3.0', 'lgpl', 'lgpl-2.1', 'lgpl-3.0', 'lgpl-lr', 'gfdl', 'lppl-1.3c', 'ofl-1.1', 'c-uda', 'pddl'],
  ...['cc', 'cc0-1.0', 'cc-by-2.0', 'cc-by-2.5', 'cc-by-3.0', 'cc-by-4.0', 'cc-by-sa-3.0', 'cc-by-sa-4.0', 'cc-by-nc-2.0', 'cc-by-nc-3.0'],
  ...['cc-by-nc-4.0', 'cc-by-nd-4.0', 'cc-by-nc-nd-3.0', 'cc-by-nc-nd-4.0', 'cc-by-nc-sa-2.0', 'cc-by-nc-sa-3.0', 'cc-by-nc-sa-4.0'],
  ...['cdla-sharing-1.0', 'cdla-permissive-1.0', 'cdla-permissive-2.0', 'odc-by', 'odbl', 'etalab-2.0'],
]);

/** The hub's words for some licenses, `other` for one it does not know and `unknown` for none, each once and in order. */
export function hubLicenses(licenses: readonly (string | null)[]): string[] {
  const words = licenses.map((license) => {
    if (license === null) return 'unknown';
    const word = license.toLowerCase();
    return HUB_LICENSES.has(word) ? word : 'other';
  });
  return [...new Set(words)].sort();
}
