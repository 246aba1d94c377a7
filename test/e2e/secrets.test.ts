import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '#test/client.ts';
import { connectToEmbedded } from '#test/embedded-connection.ts';
import { tablesWith } from '#test/find-in-database.ts';
import { NOBODYS_ID } from '#test/http-requests.ts';
import { operationsOf, readOpenApi, type Operation } from '#test/open-api.ts';
import { createUserAndToken, startProgram, type Program, type TestUser } from '#test/program.ts';
import { mainThreadOf, remind } from '#test/records.ts';
import { until } from '#test/until.ts';

/** In everything secret that is sent, and in nothing else. */
const CANARY = 'CANARYsecret0123456789abcdefghij';
const jwt = `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.${CANARY}`;

let famulus: Program;
let ann: TestUser;
let operations: Operation[];

beforeAll(async () => {
  // Neighbours that are away, so that errors are about what they are reached with.
  famulus = await startProgram({
    env: {
      LOG_LEVEL: 'trace',
      METRICS_TOKEN: CANARY,
      DEFAULT_MODEL: 'compatible/away',
      OPENAI_COMPATIBLE_BASE_URL: `http://famulus:${CANARY}@127.0.0.1:9/v1`,
      OPENAI_COMPATIBLE_API_KEY: `sk-${CANARY}`,
      REDIS_URL: `redis://:${CANARY}@127.0.0.1:9`,
      REDIS_QUEUE_TO_SECRETARY: 'queue',
    },
  });
  ann = await createUserAndToken(famulus, { admin: true, scopes: ['system:admin'] });
  const account = ['--email', 'bob@example.test', '--name', 'Bob', '--timezone', 'UTC', '--password-stdin'];
  await famulus.run(['user', 'create', ...account], { input: `${CANARY} of bob\n` });
  operations = operationsOf(await readOpenApi(famulus));
});
afterAll(async () => {
  await famulus.remove();
});

async function send(
  { method, path }: Pick<Operation, 'method' | 'path'>,
  body: string | undefined,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(famulus.url + path.replaceAll(/\{\w+\}/g, NOBODYS_ID), {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status ?? 0;
}

const secretFields = {
  password: CANARY,
  newPassword: CANARY,
  new_password: CANARY,
  currentPassword: CANARY,
  current_password: CANARY,
  token: `fam_setup_${CANARY}`,
  refresh_token: `fam_refresh_${CANARY}`,
  code: `fam_invite_${CANARY}`,
  access_token: jwt,
  totp: CANARY,
  secret: CANARY,
};

/** Bodies as they come from a person, a program with a mistake, and an attacker. */
function bodies(): string[] {
  const whole = JSON.stringify({ email: 'bob@example.test', name: 'Bob', ...secretFields });
  return [
    ...Object.entries(secretFields).map(([field, value]) =>
      JSON.stringify({ email: 'bob@example.test', [field]: value }),
    ),
    JSON.stringify({ email: 'bob@example.test', password: `${CANARY} of bob` }),
    JSON.stringify({ email: 'bob@example.test', password: `${CANARY}\u0000` }),
    JSON.stringify({ email: 'bob@example.test', password: [CANARY], token: { token: CANARY } }),
    whole,
    whole.slice(0, -3),
    `{"password": ${CANARY}}`,
    `"${CANARY}"`,
    CANARY,
  ];
}

const credentials: Record<string, string>[] = [
  { authorization: `Bearer fam_${CANARY}` },
  { authorization: `Bearer ${jwt}` },
  { authorization: `Basic ${Buffer.from(`ann:${CANARY}`).toString('base64')}` },
  { cookie: `famulus.session_token=${CANARY}.c2ln; two_factor=${CANARY}` },
  { 'x-telegram-bot-api-secret-token': CANARY, 'x-api-key': CANARY },
];

describe('secrets sent to every route, where they belong and where not,', () => {
  test('break none', async () => {
    const failed: string[] = [];
    for (const operation of operations.filter(({ path }) => path !== '/api/events')) {
      for (const headers of credentials) await send(operation, undefined, headers);
      if (operation.method === 'GET' || operation.method === 'DELETE') continue;
      const isAboutAccess = /auth|setup|token|invit|password|reset|user/.test(operation.path);
      for (const body of isAboutAccess ? bodies() : bodies().slice(-3)) {
        const status = await send(operation, body, { authorization: `Bearer ${ann.token}` });
        if (status >= 500) failed.push(`${operation.method} ${operation.path}: ${status}`);
        if (isAboutAccess) await send(operation, body, credentials[3]);
      }
    }
    await send({ method: 'GET', path: `/api/reminders?token=fam_${CANARY}&password=${CANARY}` }, undefined);
    await send({ method: 'GET', path: `/setup?code=${CANARY}` }, undefined);
    expect(failed).toEqual([]);
  }, 240_000);

  test('break none as part of what a neighbour is reached with', async () => {
    const carl = await createUserAndToken(famulus, { email: 'carl@example.test' });
    const client = createClient(famulus, carl);
    await remind(client, 'tea', 0);
    const { status } = await client.post(`/api/threads/${await mainThreadOf(client)}/messages`, {
      text: 'hello',
    });
    expect(status).toBe(202);
    const stderr = await until('both errors are told', () => {
      const told = famulus.output().stderr;
      return /redis/i.test(told) && /model|answer/i.test(told) && told;
    });
    expect(stderr).not.toContain('CANARY');
  });

  test('stand nowhere in the log, as chatty as it gets', () => {
    const { stdout, stderr } = famulus.output();
    const told = (stdout + stderr).split('\n').filter((line) => line.includes('CANARY'));
    expect(told).toEqual([]);
    // The requests themselves are told.
    expect(stderr).toContain('/api/auth/sign-in/email');
  });

  test('stand in no table', async () => {
    const owner = await connectToEmbedded(famulus);
    expect(await tablesWith(owner, 'bob@example.test')).toContain('users');
    expect(await tablesWith(owner, CANARY)).toEqual([]);
    await owner.end();
  });
});
