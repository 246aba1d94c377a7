import { oneIn, oneOf } from '#test/fuzz/choose.ts';
import { hostileText, hostileValue } from '#test/fuzz/hostile-values.ts';
import { valueOf, type Schema, type ValueSource } from '#test/fuzz/schema-values.ts';
import { NOBODYS_ID, validBodies } from '#test/http-requests.ts';
import { gif, jpeg, pdf, png, webp } from '#test/sample-files.ts';
import type { OpenApi, Operation } from '#test/open-api.ts';
import type { Random } from '#test/seeded-random.ts';

/** One request as it goes over the wire. */
export interface FuzzRequest {
  operation: Operation;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/** Ids that answers have shown, by the kind of thing (`reminders` of `/api/reminders`); some of them are gone by now. */
export interface KnownIds {
  note(operation: Operation, body: string): void;
  /** Mostly of this kind, where there is one. */
  pick(random: Random, kind?: string): string;
}

const KEPT_IDS = 50;

function kindOf({ path }: Operation): string {
  return path.split('/')[2] ?? '';
}

export function knownIds(): KnownIds {
  const byKind = new Map<string, string[]>();
  return {
    note: (operation, body) => {
      const ids = byKind.get(kindOf(operation)) ?? [];
      for (const [, id] of body.matchAll(/"id":"([0-9a-f-]{36})"/g)) {
        if (!ids.includes(id!)) ids.push(id!);
      }
      ids.splice(0, ids.length - KEPT_IDS);
      byKind.set(kindOf(operation), ids);
    },
    pick: (random, kind) => {
      const ids = kind !== undefined && !oneIn(random, 10) ? byKind.get(kind) : undefined;
      const choice = ids ?? [...byKind.values()].flat();
      return choice.length === 0 || oneIn(random, 20) ? NOBODYS_ID : oneOf(random, choice);
    },
  };
}

const brokenBodies = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '1',
  '{"a":}',
  '{"a":1,}',
  '{"a":1}{"b":2}',
  "{'a':1}",
  '{"a":NaN}',
  '{"\\ud800":1}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{}}}',
  '{"a":"\\u0000"}',
  '['.repeat(100_000),
  '{"a":'.repeat(20_000),
];
const notUtf8 = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]);

/** What may be uploaded, and what only looks like it. */
const files: (() => Buffer | undefined)[] = [
  () => png(20, 10),
  () => png(20, 10).subarray(0, 30),
  () => png(100_000, 100_000),
  () => jpeg(30, 20),
  () => jpeg(30, 20).subarray(0, 21),
  () => webp('VP8X', 10, 10).subarray(0, 21),
  () => gif(10, 10).subarray(0, 7),
  pdf,
  () => Buffer.from('Привет').subarray(0, 5),
  () => Buffer.from('504b030414000600', 'hex'),
  () => Buffer.from('{}'),
  () => undefined,
];

const contentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/xml',
  'application/json;;;',
  '',
];

/** Makes requests of every operation in the document: some right, most nearly right, some nonsense. */
export function requestSource(document: OpenApi, operations: Operation[], ids: KnownIds, random: Random) {
  const source: ValueSource = {
    random,
    schemas: document.components.schemas,
    anyId: () => ids.pick(random),
  };

  function pathOf(operation: Operation): string {
    return operation.path.replaceAll(/\{\w+\}/g, () => {
      if (oneIn(random, 20)) return encodePart(hostileText(random).slice(0, 500));
      if (oneIn(random, 30)) return oneOf(random, ['%zz', '%', '%c3%28', '%2e%2e', '%2F', '..', '']);
      return ids.pick(random, kindOf(operation));
    });
  }

  function queryOf({ parameters = [] }: Operation): string {
    const pairs = parameters
      .filter((parameter) => parameter.in === 'query' && (parameter.required || oneIn(random, 3)))
      .map(({ name, schema }) => {
        const value = oneIn(random, 4) ? hostileValue(random) : valueOf(schema, source);
        return `${encodePart(name)}=${encodePart(String(value)).slice(0, 4_000)}`;
      });
    if (oneIn(random, 20)) pairs.push(`${encodePart(hostileText(random).slice(0, 50))}=1`);
    if (oneIn(random, 40)) pairs.push('%zz=%', ...pairs);
    return pairs.length > 0 ? `?${pairs.join('&')}` : '';
  }

  /** A right body with up to three things wrong with it. */
  function bodyOf(operation: Operation): Buffer | undefined {
    if (operation.requestBody?.content['application/octet-stream']) return oneOf(random, files)();
    const schema: Schema | undefined = operation.requestBody?.content['application/json']?.schema;
    if (!schema) return oneIn(random, 30) ? Buffer.from('{}') : undefined;
    if (oneIn(random, 25)) return Buffer.from(oneOf(random, brokenBodies));
    if (oneIn(random, 200)) return notUtf8;
    if (oneIn(random, 500)) return Buffer.alloc(1_100_000, 'a');
    if (oneIn(random, 30)) return json(hostileValue(random));
    const known = validBodies[operation.operationId];
    const value = known && oneIn(random, 2) ? known(ids.pick(random, 'assistants')) : valueOf(schema, source);
    if (typeof value === 'object' && value !== null && oneIn(random, 2)) {
      const fields = value as Record<string, unknown>;
      for (let wrong = random.between(1, 4); wrong > 0; wrong--) {
        const name = oneOf(random, [...Object.keys(fields), 'no_such_field']);
        if (oneIn(random, 5)) delete fields[name];
        else fields[name] = hostileValue(random);
      }
    }
    return json(value);
  }

  function headersOf(body: Buffer | undefined): Record<string, string> {
    const headers: Record<string, string> = {};
    if (body) {
      headers['content-type'] = oneIn(random, 40) ? oneOf(random, contentTypes) : 'application/json';
    }
    const odd = () => latin1(hostileText(random)).slice(0, 300);
    if (oneIn(random, 15))
      headers['idempotency-key'] = oneIn(random, 3) ? odd() : `key-${random.between(0, 50)}`;
    if (oneIn(random, 30)) headers['last-event-id'] = odd();
    if (oneIn(random, 60)) headers['x-request-id'] = odd();
    if (oneIn(random, 60)) headers['x-forwarded-for'] = odd();
    if (oneIn(random, 60)) headers['cookie'] = `famulus.session_token=${odd()}`;
    if (oneIn(random, 60)) headers['origin'] = oneOf(random, ['null', 'https://evil.test', odd()]);
    if (oneIn(random, 100)) headers['accept'] = odd();
    if (oneIn(random, 100)) headers['if-none-match'] = odd();
    return headers;
  }

  function anyOperation(): Operation {
    const operation = oneOf(random, operations);
    return endsAccess(operation) && !oneIn(random, 20) ? anyOperation() : operation;
  }

  return (): FuzzRequest => {
    const operation = anyOperation();
    const method = oneIn(random, 100)
      ? oneOf(random, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
      : operation.method;
    const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(operation);
    return {
      operation,
      method,
      path: pathOf(operation) + queryOf(operation),
      headers: headersOf(body),
      body,
    };
  };
}

/** Where those who ask may lose their account or token: rarely, or most requests would be refused at the door. */
function endsAccess({ method, path }: Operation): boolean {
  return method === 'DELETE' && /^\/api\/(users|tokens|me)\b/.test(path);
}

/** Percent-encoded whatever it is: a lone surrogate has no UTF-8, so it becomes U+FFFD. */
function encodePart(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** What Node's client lets into a header. */
function latin1(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '');
}

/** With lone surrogates escaped, as JSON.stringify does. */
function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value) ?? 'null');
}
