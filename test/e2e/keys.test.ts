import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Client } from '#test/client.ts';
import {
  createUserAndToken,
  runProgram,
  startProgram,
  temporaryDataDir,
  removeDataDir,
  type Program,
} from '#test/program.ts';
import { until } from '#test/until.ts';

interface Keys {
  keys: { id: string; state: string; values: Record<string, number> }[];
}

let dataDir: string;
let famulus: Program;
let ann: Client;
let token: string;

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  famulus = await startProgram({ dataDir });
  ({ token } = await createUserAndToken(famulus));
  ann = createClient(famulus, { token });
});
afterAll(async () => {
  await famulus.stop();
  await removeDataDir(dataDir);
});

async function startAgain(env: Record<string, string> = {}): Promise<void> {
  famulus = await startProgram({ dataDir, env });
  ann = createClient(famulus, { token });
}

async function keys(): Promise<Keys['keys']> {
  const { stdout, code } = await famulus.run(['keys', 'status', '--json']);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as Keys).keys;
}

/** The same request again is answered with what was encrypted when it was first made. */
async function memory(): Promise<unknown> {
  const { body } = await ann.post(
    '/api/memories',
    { key: 'bike', value: 'blue' },
    { 'idempotency-key': 'once' },
  );
  return body;
}

const secretKey = async () => await readFile(join(dataDir, 'secret_key'), 'utf8');

test('keys are rotated while Famulus runs; killed, the rotation goes on', async () => {
  const first = await memory();
  const [before] = await keys();
  expect(before?.values['idempotency_keys.answer']).toBe(1);

  const rotation = famulus.begin(['keys', 'rotate']);
  await rotation.says('waiting');
  rotation.signal('SIGKILL');
  await rotation.result;
  expect(await memory()).toEqual(first);
  expect((await keys()).map(({ state }) => state)).toEqual(['retired', 'in_use']);

  const finished = await famulus.run(['keys', 'rotate']);
  expect(finished.code).toBe(0);
  expect(JSON.parse(finished.stdout)).toMatchObject({ resumed: true, deleted_keys: 1, damaged: [] });
  const [after, ...others] = await keys();
  expect(others).toEqual([]);
  expect(after).toMatchObject({ state: 'in_use', values: before!.values });
  expect(after?.id).not.toBe(before?.id);
  expect(await memory()).toEqual(first);
});

test('SECRET_KEY is changed while Famulus is stopped', async () => {
  const first = await memory();
  const old = await secretKey();
  const refused = await famulus.run(['keys', 'change-secret']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('stop it first') as string });
  expect(await secretKey()).toBe(old);

  await famulus.stop();
  const changed = await famulus.run(['keys', 'change-secret']);
  expect(changed).toMatchObject({ code: 0 });
  expect(JSON.parse(changed.stdout)).toMatchObject({ secret_key: 'replaced' });
  expect(await secretKey()).not.toBe(old);
  await startAgain();
  expect(await memory()).toEqual(first);

  await famulus.stop();
  await expect(startAgain({ SECRET_KEY: old.trim() })).rejects.toThrow('encrypted under another SECRET_KEY');
  await startAgain();
  expect(await memory()).toEqual(first);
});

test('a change of SECRET_KEY that is killed leaves one that works', async () => {
  const first = await memory();
  await famulus.stop();
  const old = await secretKey();
  const change = famulus.begin(['keys', 'change-secret']);
  await until('the file holds the new key', async () => (await secretKey()) !== old, 30_000);
  change.signal('SIGKILL');
  await change.result;
  await startAgain();
  expect(await memory()).toEqual(first);
});

test('SECRET_KEY that is set by the operator is changed in two steps', async () => {
  const first = await memory();
  await famulus.stop();
  const present = { SECRET_KEY: (await secretKey()).trim() };
  const next = { SECRET_KEY: 'the next secret key of the operator, long enough' };
  await startAgain(present);
  await famulus.stop();
  const unsaid = await famulus.run(['keys', 'change-secret']);
  expect(unsaid).toMatchObject({ code: 2, stderr: expect.stringContaining('--stdin') as string });
  const short = await famulus.run(['keys', 'change-secret', '--stdin'], { input: 'hunter2' });
  expect(short).toMatchObject({ code: 1, stderr: expect.not.stringContaining('hunter2') as string });
  const changed = await famulus.run(['keys', 'change-secret', '--stdin'], { input: `${next.SECRET_KEY}\n` });
  expect(JSON.parse(changed.stdout)).toMatchObject({ secret_key: 'to_be_set' });
  await startAgain(present);
  expect(await memory()).toEqual(first);
  await famulus.stop();
  await startAgain(next);
  expect(await memory()).toEqual(first);
  await famulus.stop();
  await expect(startAgain(present)).rejects.toThrow('encrypted under another SECRET_KEY');
});

test('what a lost SECRET_KEY encrypted can be given up', async () => {
  const lost = { SECRET_KEY: 'another one, for the last one is lost' };
  await expect(startAgain(lost)).rejects.toThrow('./manage keys forget');
  const forget = ['keys', 'forget', '--data-dir', dataDir];
  expect(await runProgram(forget, { env: lost })).toMatchObject({ code: 2 });
  const forgotten = await runProgram([...forget, '--yes'], { env: lost });
  expect(forgotten.code).toBe(0);
  expect(JSON.parse(forgotten.stdout)).toMatchObject({ keys: 1 });
  await startAgain(lost);
  expect((await ann.get('/api/me')).status).toBe(200);
});
