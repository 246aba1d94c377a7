import { z } from 'zod';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: object;
}

interface DocumentedOperation {
  operationId: string;
  summary: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: object }> }>;
}

export interface OpenApi {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, object>; responses: Record<string, object> };
}

/** A route as the document has it. */
export interface Operation extends DocumentedOperation {
  /** In capitals. */
  method: string;
  path: string;
  /** Undefined where nobody needs to sign in. */
  scope: string | undefined;
  /** Opens it as well. */
  widerScope: string | undefined;
}

export async function readOpenApi({ url }: { url: string }): Promise<OpenApi> {
  const response = await fetch(`${url}/api/openapi.json`);
  return (await response.json()) as OpenApi;
}

export function operationsOf({ paths }: OpenApi): Operation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      // Signed in is enough where no scope is named.
      scope: operation.security[0] && (operation.security[0]['bearer']?.[0] ?? 'any'),
      widerScope: operation.security.slice(1).flatMap(({ bearer = [] }) => bearer)[0],
    })),
  );
}

export function parametersOf({ parameters = [] }: Operation, place: 'path' | 'query'): string[] {
  return parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
}

/** Every scope that an operation asks for. */
export function scopesOf(operations: Operation[]): string[] {
  const scopes = operations.flatMap(({ scope = 'any', widerScope = 'any' }) => [scope, widerScope]);
  return [...new Set(scopes)].filter((scope) => scope !== 'any');
}

/** Whether a concrete path may be meant by one with parameters in braces. */
export function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

/** What this operation promises to answer with this status, as something that checks an answer. */
export function answerSchema({ components }: OpenApi, operation: Operation, status: number): z.ZodType {
  const schema = operation.responses[status]?.content?.['application/json']?.schema;
  if (!schema) throw new Error(`${operation.operationId} documents no answer ${status}`);
  const whole = JSON.stringify({ ...schema, $defs: components.schemas });
  return z.fromJSONSchema(
    JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')) as Parameters<
      typeof z.fromJSONSchema
    >[0],
  );
}
