/** Puts quotation marks around placeholders that took the place of a bare number, the only replacement that could break JSON text. */
export function quoteBarePlaceholders(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?(\[[A-Z_]+_\d+\])/g, (token: string, placeholder: string | undefined) =>
    placeholder === undefined ? token : `"${placeholder}"`,
  );
}
