/** An address as records and messages may hold it: without user, password, query and fragment, and without a slash at its end. */
export function recordUrl(url: string | URL): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}
