import { z } from 'zod';
import { anyJson, id, instant } from '#platform/http/fields.ts';

/** Why the user is asked before a tool is called. */
export const approvalReason = z.enum(['policy', 'tainted', 'changed', 'uncertain']).meta({
  description:
    'policy: the tool always asks; tainted: the turn has read what strangers wrote; changed: what the tool says of ' +
    'itself is another than before; uncertain: the call was begun, and whether it got through is not known',
});

/** Exactly what would be called: an approval is good for this and nothing else. */
const approvalRequest = z.strictObject({
  tool: z.string(),
  tool_id: id,
  arguments: anyJson,
  reasons: z.array(approvalReason).min(1),
  assistant_id: id,
  assistant: z.string().meta({ description: 'The name of the assistant that asks' }),
});

const approvalStatus = z.enum(['pending', 'approved', 'rejected', 'expired']);

/** A decision asked of the user for one call of a tool. */
export const approval = z.strictObject({
  id,
  thread_id: id,
  message_id: id.meta({ description: 'The reply that waits' }),
  tool_call_id: z.string(),
  request: approvalRequest,
  status: approvalStatus,
  decided_at: instant.nullable(),
  decided_via: z.enum(['web', 'telegram', 'api', 'cli']).nullable(),
  used_at: instant.nullable().meta({ description: 'When the call was carried out with it' }),
  expires_at: instant,
  created_at: instant,
  updated_at: instant,
});

/** Beside limit and cursor. */
export const approvalFilter = z.strictObject({ status: approvalStatus.optional(), thread_id: id.optional() });

export type Approval = z.output<typeof approval>;
export type ApprovalReason = z.output<typeof approvalReason>;
export type DecidedVia = NonNullable<Approval['decided_via']>;
