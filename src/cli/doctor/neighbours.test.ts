import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { loadConfig } from '#app/config.ts';
import { checkModels, checkRedis } from './neighbours.ts';
import { checkPort } from './program.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
  open.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

const { config } = loadConfig({ dataDir: '/tmp' });

describe('Redis', () => {
  /** Answers as Redis does; `heard` is what it was sent. */
  async function redis(answer: (heard: string) => string) {
    const port = await portOf(
      createServer((socket) =>
        socket.on('data', (data) => socket.end(answer(String(data)))).on('error', () => {}),
      ),
    );
    return async (login = '') =>
      await checkRedis({ ...config, redisUrl: `redis://${login}127.0.0.1:${port}/0` });
  }

  test('that answers is fine, with and without a password', async () => {
    const check = await redis((heard) => (heard.includes('AUTH') ? '+OK\r\n+PONG\r\n' : '+PONG\r\n'));
    expect(await check()).toMatchObject({ state: 'ok' });
    expect(await check('user:pass%20word@')).toMatchObject({ state: 'ok' });
  });

  test('that refuses fails with its words', async () => {
    const check = await redis(() => '-NOAUTH Authentication required.\r\n');
    expect(await check()).toMatchObject({
      state: 'fail',
      detail: expect.stringContaining('NOAUTH') as string,
    });
  });

  test('that is not there fails', async () => {
    const gone = createServer();
    const port = await portOf(gone);
    gone.close();
    const redisUrl = `redis://127.0.0.1:${port}/0`;
    expect(await checkRedis({ ...config, redisUrl })).toMatchObject({ state: 'fail' });
  });
});

test('a model server that refuses is a warning: the offline model answers', async () => {
  let status = 401;
  const port = await portOf(createHttp((_, response) => response.writeHead(status).end('{}')));
  const models = {
    ...config.models,
    compatible_base_url: `http://127.0.0.1:${port}/v1`,
    compatible_api_key: 'k',
  };
  expect(await checkModels({ ...config, models })).toMatchObject({ state: 'warn' });
  status = 200;
  expect(await checkModels({ ...config, models })).toMatchObject({ state: 'ok' });
});

test('a port that another program has fails', async () => {
  const server = createServer();
  const port = await portOf(server);
  const http = { ...config.http, host: '127.0.0.1', port };
  expect(await checkPort({ ...config, http })).toMatchObject({ state: 'fail' });
  server.close();
  await once(server, 'close');
  expect(await checkPort({ ...config, http })).toMatchObject({ state: 'ok' });
});
