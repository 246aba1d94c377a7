import type { McpServer } from './mcp-server.ts';

/** A server as it is typed in. */
export interface ServerDraft {
  name: string;
  transport: 'http' | 'stdio';
  url: string;
  command: string;
  /** One a line. */
  args: string;
  /** One a line: `Name: value` or `NAME=value`. */
  secrets: string;
}

type Known = Pick<McpServer, 'name' | 'transport' | 'url' | 'command' | 'args'>;

/** A server as it is now, its secrets left out; without one, nothing yet. */
export function draftOf(server?: Known): ServerDraft {
  return {
    name: server?.name ?? '',
    transport: server?.transport ?? 'http',
    url: server?.url ?? '',
    command: server?.command ?? '',
    args: server?.args.join('\n') ?? '',
    secrets: '',
  };
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** Name and value of each line; a line without the sign is a name alone, which the server refuses. */
function pairsOf(text: string, sign: ':' | '='): Record<string, string> {
  return Object.fromEntries(
    linesOf(text).map((line) => {
      const at = line.indexOf(sign);
      const name = (at < 0 ? line : line.slice(0, at)).trim();
      const value = at < 0 ? '' : line.slice(at + 1);
      return [name, sign === ':' ? value.trim() : value];
    }),
  );
}

/** What is sent to attach it. */
export function requestOf(draft: ServerDraft): object {
  const isHttp = draft.transport === 'http';
  const none = isHttp ? { headers: {} } : { env: {} };
  return { transport: draft.transport, ...none, ...changeOf(draft) };
}

/** What is sent to change it: secrets only where some are written. */
export function changeOf({ name, transport, url, command, args, secrets }: ServerDraft): object {
  const isHttp = transport === 'http';
  const pairs = pairsOf(secrets, isHttp ? ':' : '=');
  return {
    name: name.trim(),
    ...(isHttp ? { url: url.trim() } : { command: command.trim(), args: linesOf(args) }),
    ...(Object.keys(pairs).length > 0 && (isHttp ? { headers: pairs } : { env: pairs })),
  };
}
