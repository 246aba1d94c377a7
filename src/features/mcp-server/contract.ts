import { z } from 'zod';

const rpcId = z.union([z.string().max(200), z.int()]);

/** A request, or without an id a notification (JSON-RPC 2.0). A server that never asks gets no answers. */
export const rpcMessage = z
  .strictObject({
    jsonrpc: z.literal('2.0'),
    id: rpcId.optional(),
    method: z.string().min(1).max(200),
    params: z
      .looseObject({
        _meta: z.looseObject({ progressToken: rpcId.optional() }).optional(),
      })
      .optional(),
  })
  .meta({ id: 'McpMessage' });

export const rpcAnswer = z.looseObject({ jsonrpc: z.literal('2.0'), id: rpcId.nullable() }).meta({
  id: 'McpAnswer',
  description: 'With `result` or `error`; of a tool that waits, as an event stream.',
});

export type RpcMessage = z.output<typeof rpcMessage>;
