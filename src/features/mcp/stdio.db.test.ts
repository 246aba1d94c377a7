import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLogger } from '#platform/log/index.ts';
import { testDatabase } from '#test/database.ts';
import { mcpRig, withoutServers, type RigOptions } from '#test/mcp-rig.ts';
import { until } from '#test/until.ts';

const files = testDatabase();
withoutServers(files);
const fake = join(import.meta.dirname, '../../../test/fakes/mcp-stdio.ts');

/** A rig with the fake program attached. */
async function attached({ args = [], ...options }: RigOptions & { args?: string[] } = {}) {
  const rig = await mcpRig(files, options);
  const { server } = await rig.attach({
    name: 'own',
    transport: 'stdio',
    command: process.execPath,
    args: [fake, ...args],
    env: { API_KEY: 'a-secret-key' },
  });
  const text = async (name: string, input?: unknown) =>
    ((await rig.useNamed(name, input)) as { text: string }).text;
  return { rig, server, text, path: `/api/mcp/servers/${server.id}` };
}

const isAlive = (pid: number) => existsSync(`/proc/${pid}`) && !isZombie(pid);

function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

describe('a program as a server', () => {
  test('works, sees what it was given and nothing of ours', async () => {
    process.env['SECRET_KEY'] = 'the key of everything, which nobody may see';
    try {
      const { rig, server, text } = await attached();
      expect(server).toMatchObject({ status: 'connected', secret_names: ['API_KEY'] });
      expect(await text('own_echo', { text: 'hi; rm -rf $HOME' })).toBe('hi; rm -rf $HOME');
      const seen = JSON.parse(await text('own_environment')) as { env: object; cwd: string };
      const home = join(rig.directory, server.id);
      expect(seen.cwd).toBe(home);
      expect(seen.env).toEqual({
        API_KEY: 'a-secret-key',
        HOME: home,
        LANG: 'C.UTF-8',
        PATH: process.env['PATH'],
        FAMULUS_PROCESS: expect.any(String) as string,
      });
    } finally {
      delete process.env['SECRET_KEY'];
    }
  });

  test('arguments are no words for a shell', async () => {
    const rig = await mcpRig(files);
    const { server } = await rig.attach({
      name: 'shell',
      transport: 'stdio',
      command: 'node; touch pwned',
      args: ['$(touch pwned)'],
    });
    expect(server).toMatchObject({ status: 'failing' });
    expect(server.error).toContain('There is no program node; touch pwned');
    expect(existsSync(join(rig.directory, server.id, 'pwned'))).toBe(false);
  });

  test('ends with all it has started, deaf or not, wherever its children went', async () => {
    for (const args of [[], ['--deaf']]) {
      const { rig, text, path } = await attached({ args });
      const { pid } = JSON.parse(await text('own_environment')) as { pid: number };
      const child = Number(await text('own_spawn'));
      expect([pid, child].every(isAlive)).toBe(true);
      expect((await rig.call('DELETE', path)).status).toBe(204);
      await until('both to be gone', () => ![pid, child].some(isAlive));
    }
  });

  test('that crashes is started again, not at once each time', async () => {
    let now = 0;
    const { rig, text, path } = await attached({ clock: () => now });
    const { pid } = JSON.parse(await text('own_environment')) as { pid: number };
    await expect(rig.useNamed('own_crash')).rejects.toThrow('cannot be used');
    expect((await rig.call('GET', path)).json).toMatchObject({ status: 'failing' });
    await until('it to be gone', () => !isAlive(pid));
    await expect(text('own_echo', { text: 'a' })).rejects.toThrow('tried again in 1 s');
    now += 1_500;
    expect(await text('own_echo', { text: 'a' })).toBe('a');
    expect((await rig.call('GET', path)).json).toMatchObject({ status: 'connected' });
  });

  test('what it complains of is in the log, its secrets are not', async () => {
    let lines = '';
    const destination = { write: (text: string) => void (lines += text) };
    const log = createLogger({ level: 'info', pretty: false, destination });
    const { text } = await attached({ log });
    await text('own_complain');
    await until('its words', () => lines.includes('the key is'));
    expect(lines).toContain('the key is ***');
    const rig = await mcpRig(files, { log });
    const { server } = await rig.attach({
      name: 'broken',
      transport: 'stdio',
      command: process.execPath,
      args: [fake, '--crash-at-start'],
      env: { API_KEY: 'a-secret-key' },
    });
    expect(server).toMatchObject({ status: 'failing', error: expect.stringContaining('closed') as string });
    await until('its last words', () => lines.includes('cannot work with'));
    expect(lines).not.toContain('a-secret-key');
  });

  test('is not run where the operator does not want it', async () => {
    const { server } = await attached();
    const rig = await mcpRig(files, { stdio: false });
    const body = { name: 'other', transport: 'stdio', command: process.execPath };
    expect((await rig.call('POST', '/api/mcp/servers', body)).status).toBe(403);
    const path = `/api/mcp/servers/${server.id}`;
    expect((await rig.call('PATCH', path, { args: ['-e', '1'] })).status).toBe(403);
    await expect(rig.useNamed('own_echo', { text: 'a' })).rejects.toThrow('MCP_STDIO=false');
  });

  test('is ended when nobody uses it', async () => {
    const { text } = await attached({ idle_ms: 50 });
    const { pid } = JSON.parse(await text('own_environment')) as { pid: number };
    await until('it to be gone', () => !isAlive(pid));
    expect(await text('own_echo', { text: 'a' })).toBe('a');
  });
});
