import { z } from 'zod';
import { anyJson, id, instant, isStorable, NOT_STORABLE } from '#platform/http/fields.ts';

/** What a webhook can ask for: every kind of event that is stored. New kinds come; `*` has them all. */
export const eventTypes = [
  'reminder.fired',
  'reminder.updated',
  'schedule.missed',
  'notification.created',
  'notification.read',
  'delivery.updated',
  'message.created',
  'message.reset',
  'message.completed',
  'message.failed',
  'tool.started',
  'tool.finished',
  'approval.requested',
  'approval.decided',
  'thread.updated',
  'execution.started',
  'execution.log',
  'execution.finished',
  'draft.created',
  'draft.updated',
  'draft.superseded',
  'calendar.changed',
  'memory.updated',
  'assistant.updated',
  'tool.updated',
  'user.updated',
  'session.updated',
  'token.updated',
  'invitation.updated',
  'settings.changed',
  'alert.raised',
  'alert.cleared',
] as const;

export type EventType = (typeof eventTypes)[number];

const url = z
  .string()
  .max(2_000)
  .refine(isStorable, { error: NOT_STORABLE })
  .transform((text, context) => {
    const parsed = URL.parse(text);
    const isHttp = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
    if (parsed && isHttp && parsed.username === '' && parsed.password === '') {
      parsed.hash = '';
      return parsed.href;
    }
    context.addIssue({
      code: 'custom',
      message: isHttp
        ? 'must not have a user name or password in it'
        : 'must be an address like https://example.com/hook',
    });
    return z.NEVER;
  })
  .meta({ type: 'string', examples: ['https://n8n.example.com/webhook/famulus'] });

const event = z.enum([...eventTypes, '*'], { error: 'is no event there is; * stands for all' });

const events = z
  .array(event)
  .min(1)
  .max(eventTypes.length + 1)
  .transform((list) => [...new Set(list)])
  .meta({ description: 'Which events it is sent; `*`: all, also those that are new one day' });

const description = z.string().trim().max(500).refine(isStorable, { error: NOT_STORABLE });

export const createWebhook = z.strictObject({
  url,
  events,
  description: description.default(''),
  is_active: z.boolean().default(true),
});

export const updateWebhook = z.strictObject({ url, events, description, is_active: z.boolean() }).partial();

/** An address that is told of the user's events. */
export const webhook = z.strictObject({
  id,
  url: z.string(),
  events: z.array(z.string()),
  description: z.string(),
  is_active: z.boolean(),
  disabled_at: instant.nullable(),
  disabled_reason: z
    .enum(['failing', 'gone'])
    .nullable()
    .meta({ description: 'Why Famulus switched it off: nothing got through for days, or it answered 410' }),
  failures: z.int().meta({ description: 'Attempts since the last that succeeded' }),
  last_sent_at: instant.nullable(),
  last_failed_at: instant.nullable(),
  last_error: z.string().nullable(),
  old_secret_until: instant
    .nullable()
    .meta({ description: 'Until then the secret before this one signs, too' }),
  created_at: instant,
  updated_at: instant,
});

/** With what its receiver checks signatures with (Standard Webhooks). */
export const webhookWithSecret = webhook.extend({
  secret: z.string().meta({ description: 'whsec_…, shown this once' }),
});

/** One event for one webhook. */
export const webhookDelivery = z.strictObject({
  id: id.meta({ description: 'The header webhook-id, the same at each attempt' }),
  webhook_id: id,
  event_type: z.string(),
  event_seq: z.int().nullable().meta({ description: 'Of the event in the stream; null for a test' }),
  subject: z.string().nullable(),
  payload: anyJson,
  event_at: instant,
  status: z.enum(['pending', 'sent', 'failed', 'cancelled']),
  attempts: z.int(),
  next_attempt_at: instant.nullable(),
  response_status: z.int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.int().nullable().meta({ description: 'Of the last attempt' }),
  finished_at: instant.nullable(),
  created_at: instant,
  updated_at: instant,
});

export const deliveryFilter = z.strictObject({
  status: webhookDelivery.shape.status.optional(),
});

export const replaySince = z.strictObject({
  since: instant.meta({
    description: 'Events from then on are sent again, as far as they are kept (7 days)',
  }),
});

export const replayed = z.strictObject({
  replayed: z.int().meta({ description: 'How many are on their way, 1,000 at most' }),
});

export type Webhook = z.output<typeof webhook>;
export type WebhookDelivery = z.output<typeof webhookDelivery>;
export type CreateWebhook = z.output<typeof createWebhook>;
export type UpdateWebhook = z.output<typeof updateWebhook>;
