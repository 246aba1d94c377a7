import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Config } from '#app/config.ts';
import { messageOf } from '#platform/errors/index.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

const TIMEOUT_MS = 5_000;

/** A command in Redis' protocol (RESP), whose parts may hold anything. */
function redisCommand(...parts: string[]): string {
  return `*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`;
}

/** The answers of a Redis to a log-in, where the address has one, and PING. */
async function pingRedis(address: string): Promise<string[]> {
  const { protocol, hostname, port, username, password } = new URL(address);
  const place = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  const socket =
    protocol === 'rediss:' ? connectTls({ ...place, servername: hostname }) : connectPlain(place);
  const user = username === '' ? [] : [decodeURIComponent(username)];
  const logIn = password === '' ? '' : redisCommand('AUTH', ...user, decodeURIComponent(password));
  const expected = password === '' ? 1 : 2;
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`)));
  try {
    socket.write(logIn + redisCommand('PING'));
    let text = '';
    while (text.split('\r\n').length <= expected) text += String((await once(socket, 'data'))[0]);
    return text.split('\r\n').slice(0, expected);
  } finally {
    socket.destroy();
  }
}

export async function checkRedis({ redisUrl }: Config): Promise<Finding> {
  const check = 'Redis';
  if (redisUrl === undefined) return ok(check, 'none is configured, and none is needed');
  const mend = 'start it, or correct REDIS_URL or REDIS_HOST; reminders fire without it';
  try {
    const { host } = new URL(redisUrl);
    const refused = (await pingRedis(redisUrl)).find((answer) => answer.startsWith('-'));
    return refused === undefined
      ? ok(check, `${host} answers`)
      : fail(check, `${host}: ${refused.slice(1)}`, mend);
  } catch (error) {
    return fail(check, messageOf(error) || 'can not be reached', mend);
  }
}

export async function checkModels({ models }: Config): Promise<Finding> {
  const check = 'models';
  const preset = models.default_model ?? 'builtin/offline';
  const { compatible_base_url: base, compatible_api_key: key } = models;
  if (base === undefined) return ok(check, `${preset} answers; no server is configured`);
  const mend =
    'start the server, or correct OPENAI_COMPATIBLE_BASE_URL and _API_KEY; until then builtin/offline answers';
  try {
    const response = await fetch(`${base}/models`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (response.ok) return ok(check, `${preset} answers; ${new URL(base).host} is there`);
    return warn(check, `${base}/models answers ${response.status}`, mend);
  } catch (error) {
    return warn(check, `${base}: ${messageOf(error)}`, mend);
  }
}
