import { spawn } from 'node:child_process';

import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

import { fakeMcpServer, fakeTools, textResult, type FakeTool } from './mcp-server.ts';

/*
 * A fake server as a program: `node mcp-stdio.ts [--deaf] [--crash-at-start]`. Deaf: it ends neither with its input nor at
 * SIGTERM.
 */

const isDeaf = process.argv.includes('--deaf');
if (process.argv.includes('--crash-at-start')) {
  console.error(`cannot work with ${process.env['API_KEY'] ?? 'nothing'}`);
  process.exit(3);
}
if (isDeaf) process.on('SIGTERM', () => {});

const own: FakeTool[] = [
  {
    name: 'environment',
    description: 'What it sees.',
    run: () => textResult(JSON.stringify({ env: process.env, cwd: process.cwd(), pid: process.pid })),
  },
  {
    name: 'crash',
    description: 'Ends.',
    run: () => process.exit(1),
  },
  {
    name: 'spawn',
    description: 'Leaves a child in a session of its own.',
    run: () => {
      const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
      child.unref();
      return textResult(String(child.pid));
    },
  },
  {
    name: 'complain',
    description: 'Writes to its standard error.',
    run: () => {
      console.error(`the key is ${process.env['API_KEY']}`);
      return textResult('done');
    },
  },
];

console.error('ready');
console.log('this line is none of the protocol');
const tools = [...fakeTools([]), ...own];
await fakeMcpServer(() => tools).connect(new StdioServerTransport());
if (isDeaf) setInterval(() => {}, 60_000);
