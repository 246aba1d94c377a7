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

export const emptyDraft: ServerDraft = {
  name: '',
  transport: 'http',
  url: '',
  command: '',
  args: '',
  secrets: '',
};

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
export function requestOf({ name, transport, url, command, args, secrets }: ServerDraft): object {
  const common = { name: name.trim(), transport };
  if (transport === 'http') return { ...common, url: url.trim(), headers: pairsOf(secrets, ':') };
  return { ...common, command: command.trim(), args: linesOf(args), env: pairsOf(secrets, '=') };
}
