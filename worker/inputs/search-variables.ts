const NAMES = ['LAUTER_SEARCH_EXCLUDE', 'LAUTER_SOURCE_BOOST', 'LAUTER_SEARCH_SALVAGE'] as const;

/** The variables of the environment that decide what a search finds, as far as they are set. */
export function searchVariables({ env }: { readonly env: Readonly<Record<string, string | undefined>> }): Record<string, string> {
  return Object.fromEntries(NAMES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const])));
}
