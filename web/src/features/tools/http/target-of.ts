import { recordOf } from './pairs.ts';

/** What a tool of type `http` calls, in short: `GET api.example.com`; undefined until it is set up. */
export function targetOf(config: unknown): string | undefined {
  const { method, url } = recordOf(config);
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  return `${typeof method === 'string' ? method : 'GET'} ${new URL(url).host}`;
}
