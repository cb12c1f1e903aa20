import { judgeUrl } from '../adapters/url-guard.ts';
import { ConfigError } from '../domain/shared/errors.ts';

/** A model that is going to be asked. */
export interface AskedModel {
  /** A noun for people: `judge`. */
  readonly role: string;
  readonly baseUrl: string;
  readonly model: string;
  /** Key of the config that its address stands under. */
  readonly setting: string;
}

/** ConfigError for a model whose host may not be called. Told before anything is read: a run that is refused its first call has worked for nothing. */
export async function refuseForbiddenHost({ role, baseUrl, model, setting }: AskedModel, allowedHosts: readonly string[]): Promise<void> {
  const judged = await judgeUrl(baseUrl, { allowRemote: false, allowedHosts });
  if (judged.verdict === 'accepted') return;
  const [found, remedy] =
    judged.verdict === 'unresolved'
      ? ['a host without an address', `Set ${setting} to the address of the server.`]
      : judged.reason === 'remote_host'
        ? ['another host', `Add ${judged.host} to search.allowed_hosts, which names the hosts that questions and texts may be sent to.`]
        : [
            judged.reason === 'not_http' ? 'another scheme' : 'the metadata service of a cloud',
            `Set ${setting} to the address of the server.`,
          ];
  throw new ConfigError(`asking the ${role} ${model}, on ${setting}: expected this machine or an allowed host, found ${found}.`, remedy);
}
