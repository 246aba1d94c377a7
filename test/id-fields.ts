import type { OpenApi, Operation } from '#test/open-api.ts';

interface Schema {
  $ref?: string;
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** A place in a request that takes an id of ours. */
export interface IdField {
  place: 'path' | 'query' | 'body';
  /** As problems name it, e.g. `assistant_id` or `items.0.tool_id`. */
  path: string;
  /** The table whose ids it takes. */
  table: string;
  /** Whether it names what the operation is about: always in a path, in a body when it is just `id`. */
  isSubject: boolean;
}

/**
 * Fields whose names end in `id` and that hold no id of ours; `response.id` and `passkey.id` are what an authenticator calls a
 * passkey. With a path before it, of that operation alone.
 */
const othersIds = new Set([
  'response.id',
  'response.rawId',
  'passkey.id',
  'passkey.rawId',
  'client_message_id',
  'external_id',
  'last_event_id',
  'openai_assistant_id',
  'telegram_id',
  // A JSON-RPC message's own.
  'POST /mcp id',
]);

/** Tables that are not called as in the path. */
const tableNames: Record<string, string> = {
  tokens: 'api_tokens',
  'delete-passkey': 'passkeys',
  'update-passkey': 'passkeys',
  turns: 'messages',
  read: 'notifications',
};

/** Fields whose names do not say what they take the id of. */
const tablesOfFields: Record<string, string> = {
  edits: 'messages',
  attachment_ids: 'attachments',
  delivery_id: 'webhook_deliveries',
};

function plural(name: string): string {
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/**
 * Every place of an operation that takes an id, as its document has it.
 * @throws Error when there is one of which it can't be told what it is the id of
 */
export function idFieldsOf(document: OpenApi, operation: Operation, tables: readonly string[]): IdField[] {
  const about = `${operation.method} ${operation.path}`;

  function tableOf(name: string, path: string): string {
    const own = /^(?<kind>\w+)_id$/.exec(name)?.groups?.['kind'];
    const collection = operation.path.split('/{id}')[0]!.split('/').at(-1)!;
    const called =
      tablesOfFields[name] ?? (own === undefined ? collection : plural(own.replace(/^sub_/, '')));
    const table = tableNames[called] ?? called.replaceAll('-', '_');
    if (tables.includes(table)) return table;
    throw new Error(`${about}: what is ${path} the id of? There is no table ${table}: see test/id-fields.ts`);
  }

  function ofSchema(schema: Schema, place: IdField['place'], path: string[]): IdField[] {
    if (schema.$ref !== undefined) {
      const named: Schema | undefined = document.components.schemas[schema.$ref.split('/').at(-1)!];
      return named && path.length < 6 ? ofSchema(named, place, path) : [];
    }
    const name = path.findLast((part) => part !== '0') ?? '';
    const isOthers = [name, path.join('.'), `${about} ${path.join('.')}`].some((one) => othersIds.has(one));
    const inside = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
    const isId = schema.format === 'uuid';
    if (!isId && inside.length === 0 && /(?:^|_)ids?$|Ids?$/.test(name) && !schema.items && !isOthers) {
      if (!isNull(schema))
        throw new Error(`${about}: ${path.join('.')} is called an id and is no UUID: see test/id-fields.ts`);
    }
    return [
      ...(isId
        ? [
            {
              place,
              path: path.join('.'),
              table: tableOf(name, path.join('.')),
              isSubject: place === 'path' || path.join('.') === 'id',
            },
          ]
        : []),
      ...inside.filter((one) => !isOthers && !isNull(one)).flatMap((one) => ofSchema(one, place, path)),
      ...(schema.items ? ofSchema(schema.items, place, [...path, '0']) : []),
      ...Object.entries(schema.properties ?? {}).flatMap(([field, inner]) =>
        ofSchema(inner, place, [...path, field]),
      ),
    ];
  }

  const body = Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) =>
    ofSchema(schema, 'body', []),
  );
  const parameters = (operation.parameters ?? []).flatMap((parameter) =>
    ofSchema(parameter.schema, parameter.in, [parameter.name]),
  );
  const named = new Map([...parameters, ...body].map((field) => [`${field.place} ${field.path}`, field]));
  return [...named.values()];
}

function isNull(schema: Schema): boolean {
  return (schema as { type?: unknown }).type === 'null';
}
