import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, onTestFinished } from 'vitest';
import type { ServerShown, ServerToolShown } from '#features/mcp/contract.ts';
import { mcpFeature } from '#features/mcp/feature.ts';
import type { OutsideCall, ToolDefinition } from '#features/tools/index.ts';
import type { JsonValue } from '#platform/db/index.ts';
import type { Logger } from '#platform/log/index.ts';
import { createOutbound } from '#platform/outbound/index.ts';
import type { TestDatabase } from '#test/database.ts';
import { startFakeMcp } from '#test/fakes/mcp-server.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';

export interface RigOptions {
  /** Who of this machine may be called, like `127.0.0.1:4711`. */
  allow?: string[];
  idle_ms?: number;
  fresh_ms?: number;
  clock?: () => number;
  log?: Logger;
  stdio?: boolean;
}

/** One process's MCP clients over a test's database, with their routes as an admin calls them. */
export async function mcpRig(files: TestDatabase, { allow = [], log, ...options }: RigOptions = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'famulus-mcp-'));
  const outbound = createOutbound({ allow });
  const context = { ...featureContext(files, { outbound }), ...(log && { log }) };
  const feature = mcpFeature(context, {
    version: '1',
    directory,
    path: process.env['PATH'] ?? '',
    stdio: true,
    ...options,
  });
  onTestFinished(async () => {
    await feature.close?.();
    await outbound.close();
    await rm(directory, { recursive: true, force: true });
  });
  const as = await serveAs(feature);
  const admin = await createUser(files.database.system, { role: 'admin' });
  const call = as(admin.id, { scopes: ['system:admin'] });

  async function toolsOf(server: Pick<ServerShown, 'id'>): Promise<ServerToolShown[]> {
    const { json } = await call('GET', `/api/mcp/servers/${server.id}/tools?limit=200`);
    return json.items as unknown as ServerToolShown[];
  }

  /** The row as a turn has it. */
  async function definition(name: string): Promise<ToolDefinition> {
    const { rows } = await files.owner.query<ToolDefinition>(
      'select id, name, tool_type, description, input_schema, config, approval, null as sub_assistant_id from tools where name = $1',
      [name],
    );
    return rows[0]!;
  }

  async function use(
    tool: ToolDefinition,
    input: unknown = {},
    signal = new AbortController().signal,
  ): Promise<JsonValue> {
    return await feature.executor.run(input, { tool, signal } as OutsideCall);
  }

  return {
    admin,
    as,
    call,
    directory,
    feature,
    toolsOf,
    definition,
    use,
    attach: async (body: object) => {
      const { status, json } = await call('POST', '/api/mcp/servers', body);
      return { status, server: json as unknown as ServerShown };
    },
    /** Calls a tool by its name. */
    useNamed: async (name: string, input?: unknown, signal?: AbortSignal) =>
      await use(await definition(name), input, signal),
  };
}

/** Nothing of one test is there in the next. */
export function withoutServers(files: TestDatabase): void {
  beforeEach(async () => {
    await files.owner.query(`delete from tools where tool_type = 'mcp'`);
    await files.owner.query('delete from mcp_servers');
    await files.owner.query('delete from users');
  });
}

/** A rig with an attached fake over HTTP. */
export async function attachedFake(files: TestDatabase, options: RigOptions = {}) {
  const fake = await startFakeMcp();
  const rig = await mcpRig(files, { allow: [fake.host], ...options });
  onTestFinished(async () => await fake[Symbol.asyncDispose]());
  const { server } = await rig.attach({
    name: 'fake',
    transport: 'http',
    url: fake.url,
    headers: { Authorization: 'Bearer a-secret' },
  });
  return { fake, rig, server, path: `/api/mcp/servers/${server.id}` };
}
