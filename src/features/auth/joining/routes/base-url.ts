import type { RequestInfo } from '#platform/http/route.ts';

/** Where people open Famulus, for links: as it is configured, else as the one who asks has addressed it. */
export type BaseUrl = (request: Pick<RequestInfo, 'protocol' | 'host'>) => string;

export function baseUrlOf(publicUrl: string | undefined): BaseUrl {
  const configured = publicUrl?.replace(/\/+$/, '');
  return ({ protocol, host }) => configured ?? `${protocol}://${host ?? 'localhost'}`;
}
