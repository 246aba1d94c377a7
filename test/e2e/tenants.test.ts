import { randomBytes } from 'node:crypto';

import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { createDatabaseUrl, type DatabaseUrl } from '#test/database-url.ts';
import { fillTables, tablesOf, type Table } from '#test/fill-tables.ts';
import { validBodies } from '#test/http-requests.ts';
import { idFieldsOf, type IdField } from '#test/id-fields.ts';
import { operationsOf, readOpenApi, type OpenApi, type Operation } from '#test/open-api.ts';
import { createUserAndToken, startProgram, type Program, type TestUser } from '#test/program.ts';
import { signIn } from '#test/sign-in.ts';

/*
 * Every operation of the document, asked by bob with ids of ann's. Both have a row in every table that has users, found
 * from the catalogue; what takes an id is found from the document. A new operation or table is covered by being there.
 */

let database: DatabaseUrl;
let sql: pg.Client;
let famulus: Program;
let ann: TestUser;
let bob: TestUser;
let bobsToken: string;
let document: OpenApi;
/** A user's own ones; what an admin may do with users is no matter of tenants. */
let operations: Operation[];
let tables: Table[];
let anns: Record<string, Record<string, unknown>>;
let bobs: Record<string, Record<string, unknown>>;
/** What stands in ann's rows and in none of bob's: her ids, and texts with them. */
let marks: string[];

beforeAll(async () => {
  database = await createDatabaseUrl();
  const env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('hex') };
  famulus = await startProgram({ env });
  ann = await createUserAndToken(famulus);
  const account = { email: 'bob@example.test', password: randomBytes(12).toString('hex') };
  bob = await createUserAndToken(famulus, { ...account, name: 'Bob' });
  // Opens all that is a user's own; for some of it an API token does not do.
  bobsToken = await signIn(famulus, account);
  sql = await connect(database.admin, 'famulus test');
  document = await readOpenApi(famulus);
  operations = operationsOf(document).filter(({ scope }) => scope?.startsWith('system:') !== true);
  const all = await tablesOf(sql);
  // What is due would fire, and change.
  tables = all.filter(({ name, userColumn }) => userColumn !== undefined || name === 'lane_items');
  anns = await fillTables(sql, tables, ann.id);
  bobs = await fillTables(sql, tables, bob.id);
  const common = new Set(idsIn(await rowsOf(bob.id)));
  marks = idsIn(await rowsOf(ann.id)).filter((id) => !common.has(id));
});
afterAll(async () => {
  await sql?.end();
  await famulus.remove();
  await database.drop();
});

function idsIn(text: string): string[] {
  return [...new Set(text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [])];
}

/** All rows of a user, as text. */
async function rowsOf(user: string): Promise<string> {
  const parts = tables.map(({ name, userColumn }) => {
    const theirs = userColumn ? `${userColumn} = '${user}'` : `lane_key = 'thread:${user}'`;
    return `select '${name} ' || t::text as line from ${name} t where ${theirs}`;
  });
  const { rows } = await sql.query<{ line: string }>(`${parts.join(' union all ')} order by 1`);
  return rows.map(({ line }) => line).join('\n');
}

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;
const idsOf = (operation: Operation) =>
  idFieldsOf(
    document,
    operation,
    tables.map(({ name }) => name),
  );

function idFrom(rows: Record<string, Record<string, unknown>>, { table }: IdField): string {
  return rows[table]!['id'] as string;
}

/** Bodies of which the field with the id is a part, where that asks for more than a usual one. */
const bodiesWithId: Record<string, object> = {
  post_tools: { name: 'ask', description: 'Asks', tool_type: 'sub_assistant' },
  post_auth_passkey_update_passkey: { name: 'Key' },
  post_auth_passkey_delete_passkey: {},
  post_notifications_read: {},
};

/** These need what a row that was only filled in lacks: bytes in the store, a secret that opens. */
const behindRows = new Set([
  '/api/attachments/{id}/content',
  '/api/webhooks/{id}/rotate-secret',
  '/api/webhooks/{id}/test',
]);

interface Answer {
  status: number;
  text: string;
  paths: string[];
}

/** Sends an operation as bob, with ids of his own but for those in `foreign`. */
async function send(operation: Operation, foreign: IdField[]): Promise<Answer> {
  const fields = idsOf(operation);
  const isForeign = (field: IdField) =>
    foreign.some(({ place, path }) => place === field.place && path === field.path);
  const idFor = (field: IdField) => idFrom(isForeign(field) ? anns : bobs, field);
  let path = operation.path;
  const query = new URLSearchParams();
  let body: object | undefined;
  if (operation.requestBody) {
    const valid = validBodies[operation.operationId]?.(bobs['assistants']!['id'] as string);
    const inBody = [...foreign, ...fields.filter(({ isSubject }) => isSubject)].some(
      ({ place }) => place === 'body',
    );
    body = structuredClone((inBody && bodiesWithId[operation.operationId]) || valid);
    if (!body && fields.length > 0)
      throw new Error(`${nameOf(operation)}: give it a body in test/http-requests.ts`);
  }
  for (const field of fields) {
    if (field.place === 'path') path = path.replace(`{${field.path}}`, idFor(field));
    else if (field.place === 'query' && isForeign(field)) query.set(field.path, idFor(field));
    else if (field.place === 'body' && (field.isSubject || isForeign(field)))
      setAt(body!, field.path.split('.'), idFor(field));
  }
  const response = await fetch(`${famulus.url}${path}?${query.toString()}`, {
    method: operation.method,
    headers: { authorization: `Bearer ${bobsToken}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  const problem = response.status === 422 ? (JSON.parse(text) as { errors?: { path: string }[] }) : {};
  return { status: response.status, text, paths: (problem.errors ?? []).map((error) => error.path) };
}

function setAt(target: object, [name, ...rest]: string[], value: string): void {
  const fields = target as Record<string, unknown>;
  if (rest.length === 0) fields[name!] = value;
  else setAt((fields[name!] ??= rest[0] === '0' ? [] : {}), rest, value);
}

test('what takes an id is known of every operation, and both users have one of each', () => {
  const fields = operations.flatMap(idsOf);
  expect(fields.length).toBeGreaterThan(30);
  for (const field of fields) {
    for (const rows of [anns, bobs]) expect(idFrom(rows, field), field.table).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(marks.length).toBeGreaterThan(20);
});

test("another user's things are not there, by any operation, and stay as they are", async () => {
  const before = await rowsOf(ann.id);
  for (const operation of operations) {
    const inPath = idsOf(operation).filter(({ isSubject }) => isSubject);
    const each = inPath.map((field) => [field]);
    for (const foreign of inPath.length > 1 ? [...each, inPath] : each) {
      const about = `${nameOf(operation)} with another's ${foreign.map(({ path }) => path).join(' and ')}`;
      const { status, text } = await send(operation, foreign);
      expect(status, `${about}: ${text}`).toBe(404);
      expect(await rowsOf(ann.id), about).toBe(before);
    }
  }
});

test("another user's id in a body is a fault of that field", async () => {
  const before = await rowsOf(ann.id);
  let asked = 0;
  for (const operation of operations) {
    for (const field of idsOf(operation).filter(({ place, isSubject }) => place === 'body' && !isSubject)) {
      const about = `${nameOf(operation)} with another's ${field.path}`;
      const { status, text, paths } = await send(operation, [field]);
      expect(status, `${about}: ${text}`).toBe(422);
      expect(paths, about).toEqual([field.path]);
      expect(await rowsOf(ann.id), about).toBe(before);
      asked++;
    }
  }
  expect(asked).toBeGreaterThan(3);
});

test("another user's id in a query finds nothing", async () => {
  const before = await rowsOf(ann.id);
  for (const operation of operations) {
    for (const field of idsOf(operation).filter(({ place }) => place === 'query')) {
      const about = `${nameOf(operation)} with another's ${field.path}`;
      const { status, text } = await send(operation, [field]);
      expect([200, 404, 422], `${about}: ${text}`).toContain(status);
      // An empty list, or a problem that says the id again at most.
      const shown = marks.filter((mark) => mark !== idFrom(anns, field) && text.includes(mark));
      expect(shown, about).toEqual([]);
      expect(await rowsOf(ann.id), about).toBe(before);
    }
  }
});

test('no list or record that bob can ask for shows anything of ann', async () => {
  let shown = 0;
  for (const operation of operations) {
    const isJson = operation.responses['200']?.content?.['application/json'] !== undefined;
    if (operation.method !== 'GET' || !isJson) continue;
    const { status, text } = await send(operation, []);
    expect(status, nameOf(operation)).toBeLessThan(500);
    expect(
      marks.filter((mark) => text.includes(mark)),
      `${nameOf(operation)}: ${text}`,
    ).toEqual([]);
    if (text.includes(bob.id) || idsIn(text).length > 0) shown++;
  }
  expect(shown).toBeGreaterThan(10);
});

test("with one's own ids the same requests are let through, so that the tests above can fail", async () => {
  const before = await rowsOf(ann.id);
  // What is deleted is so last: links first, then what refers to others before what is referred to.
  const order = (operation: Operation) => {
    const ids = idsOf(operation).filter(({ isSubject }) => isSubject);
    if (operation.method !== 'DELETE' || ids.length === 0) return 0;
    return 10_000 - 1_000 * ids.length - tables.findIndex(({ name }) => name === ids[0]!.table);
  };
  for (const operation of operations.toSorted((one, other) => order(one) - order(other))) {
    if (!idsOf(operation).some(({ isSubject }) => isSubject)) continue;
    if (behindRows.has(operation.path)) continue;
    const { status, text } = await send(operation, []);
    expect([401, 403, 404, 422], `${nameOf(operation)}: ${text}`).not.toContain(status);
    expect(status, `${nameOf(operation)}: ${text}`).toBeLessThan(500);
  }
  expect(await rowsOf(ann.id)).toBe(before);
});

test('nothing of all this was an error of ours', () => {
  const lines = famulus.output().stderr.split('\n');
  expect(lines.filter((line) => /"level":"(?:error|fatal)"/.test(line))).toEqual([]);
});
