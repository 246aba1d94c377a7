import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { AccountRequest, MadeAccount } from './make-account.ts';

/** Names the process that makes accounts to the workers of a test run; without it, each makes its own. */
const VARIABLE = 'TEST_ACCOUNTS_URL';

let own: Promise<string> | undefined;

/** Starts the process that makes accounts; it ends with this one. Returns its address. */
async function startMaker(): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.unref();
  const [port] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  for (const stream of [child.stdin, child.stdout]) if ('unref' in stream) (stream.unref as () => void)();
  return `http://127.0.0.1:${port.trim()}`;
}

/** Once a run: the same process for all workers. */
export async function shareAccountMaker(): Promise<void> {
  process.env[VARIABLE] ??= await startMaker();
}

/** @throws Error with what the program says against it */
export async function requestAccount(request: AccountRequest): Promise<MadeAccount> {
  const url = process.env[VARIABLE] ?? (await (own ??= startMaker()));
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(request) });
  if (!answer.ok) throw new Error(`no account for ${request.account.email}: ${await answer.text()}`);
  return (await answer.json()) as MadeAccount;
}
