import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { projectDirectory } from '#app/config.ts';
import { freePort } from '#test/free-port.ts';
import { until } from '#test/until.ts';

const prism = join(projectDirectory, 'node_modules/@stoplight/prism-cli/dist/index.js');
const started = new Map<string, Promise<string>>();
const children = new Set<ChildProcess>();

/**
 * Where a client asks: the program itself, or, in the project `contract`, Prism in front of it, which turns every
 * request or answer against the program's own OpenAPI document into an error.
 */
export async function contractProxy(url: string): Promise<string> {
  if (process.env['CONTRACT_PROXY'] === undefined) return url;
  const known = started.get(url) ?? startPrism(url);
  started.set(url, known);
  return await known;
}

async function startPrism(url: string): Promise<string> {
  const port = await freePort();
  const args = ['proxy', `${url}/api/openapi.json`, url, '--errors', '--port', String(port)];
  const child = spawn(process.execPath, [prism, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4_000)));
  }
  await until(
    'Prism listens',
    () => {
      if (child.exitCode !== null) throw new Error(`Prism ended:\n${output}`);
      return output.includes('Prism is listening');
    },
    60_000,
  );
  return `http://127.0.0.1:${port}`;
}

/** At the end of a file: vitest ends its workers in a way that no handler of `exit` hears of. */
export function stopContractProxies(): void {
  for (const child of children) child.kill('SIGKILL');
}
