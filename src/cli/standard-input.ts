import { text } from 'node:stream/consumers';
import { note } from './output.ts';

/** All of standard input; on a terminal, says first what it waits for. */
export async function readStandardInput(what: string): Promise<string> {
  if (process.stdin.isTTY) note(`type ${what}, Enter, then Ctrl-D (it is shown as you type)`);
  return await text(process.stdin);
}
