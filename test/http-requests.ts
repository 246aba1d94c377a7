import { expect } from 'vitest';

/** An id in the right form that nothing has. */
export const NOBODYS_ID = '01a1fc86-0000-7000-8000-000000000000';

/** A body that an operation takes, where more than its unknown fields is asked of it. */
export const validBodies: Record<string, (assistantId: string) => object> = {
  post_assistants: () => ({ name: 'Another' }),
  patch_assistants_by_id: () => ({ name: 'Taken over' }),
  put_assistants_by_id_tools_by_tool_id: () => ({ is_active: false }),
  post_tools: () => ({ name: 'lamp', description: 'Switches the lamp', tool_type: 'http' }),
  patch_tools_by_id: () => ({ description: 'Taken over' }),
  post_threads: (assistant_id) => ({ assistant_id }),
  patch_threads_by_id: () => ({ title: 'Taken over' }),
  post_threads_by_id_messages: () => ({ text: 'hello' }),
  post_threads_by_id_stop: () => ({}),
  post_schedules_preview: () => ({ text: 'in 2 hours' }),
  post_reminders: () => ({ type: 'recurring', text: 'tea', cron_expression: '0 9 * * *' }),
  post_reminders_preview: () => ({ text: 'tea every day at 9' }),
  patch_reminders_by_id: () => ({ text: 'Taken over' }),
  post_reminders_by_id_snooze: () => ({ minutes: 5 }),
  post_reminders_by_id_backfill: () => ({ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }),
  patch_threads_by_id_summaries_by_summary_id: () => ({ text: 'In short: tea.' }),
  post_webhooks: () => ({ url: 'https://hooks.example.test/famulus', events: ['reminder.fired'] }),
  patch_webhooks_by_id: () => ({ description: 'Taken over' }),
  post_webhooks_by_id_replay: () => ({ since: '2026-01-01T00:00:00Z' }),
  post_v1_chat_completions: () => ({ model: 'secretary', messages: [{ role: 'user', content: 'hello' }] }),
  post_memories_import: () => [{ key: 'tea', value: 'green' }],
  post_memories: () => ({ key: 'bike', value: 'blue' }),
  patch_memories_by_id: () => ({ value: 'Taken over' }),
  post_notifications_read: () => ({ all: true }),
  post_mcp: () => ({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  post_mcp_servers: () => ({
    name: 'other',
    transport: 'http',
    url: 'https://mcp.example.test/mcp',
    is_active: false,
  }),
  post_setup_check: () => ({ setup_token: 'fam_setup_nobodys' }),
  post_setup_passkey_options: () => ({
    setup_token: 'fam_setup_nobodys',
    email: 'ada@example.test',
    name: 'Ada',
  }),
  post_invitations_check: () => ({ code: 'fam_invite_nobodys' }),
  post_invitations_passkey_options: () => ({ code: 'fam_invite_nobodys', name: 'Ada' }),
  post_auth_reset_password_check: () => ({ token: 'fam_reset_nobodys' }),
  post_auth_set_password: () => ({ newPassword: 'seven green lanterns' }),
  patch_me: () => ({ locale: 'en', preferences: { color_scheme: 'dark', shortcuts: true } }),
  post_notifications: () => ({ title: 'Hello', message: 'You' }),
};

interface Asked {
  method?: string;
  /** None: nobody asks. */
  token?: string;
  body?: string | ReadableStream;
  /** Default: that of JSON. */
  contentType?: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; message: string }[];
  error?: { message: string; type: string; param: string | null; code: string | null };
  request_id: string;
}

export interface Refusal {
  status: number;
  headers: Headers;
  /** Undefined when it was not refused. */
  problem: Problem | undefined;
}

/** A request just as it is given. What is not refused is not read. */
export async function request(
  url: string,
  { method = 'GET', token, body, contentType = 'application/json' }: Asked,
): Promise<Refusal> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': contentType }),
    },
    ...(body !== undefined && { body, duplex: 'half' }),
  });
  const { status, headers } = response;
  if (status >= 400) return { status, headers, problem: (await response.json()) as Problem };
  await response.body?.cancel();
  return { status, headers, problem: undefined };
}

/** Refused with this status, and said as `application/problem+json`. `about` names the request where it is not. */
export function expectProblem({ status, headers, problem }: Refusal, wanted: number, about: string): void {
  expect(status, `${about}: ${JSON.stringify(problem)}`).toBe(wanted);
  expect(headers.get('content-type'), about).toBe('application/problem+json');
  expect(problem, about).toEqual({
    type: expect.any(String) as string,
    title: expect.stringMatching(/\S/) as string,
    status: wanted,
    code: expect.stringMatching(/^[a-z_]+(\.[a-z_]+)+$/) as string,
    detail: expect.stringMatching(/\S/) as string,
    request_id: headers.get('x-request-id'),
    ...(problem?.errors && { errors: problem.errors }),
    ...(problem?.error && { error: problem.error }),
  });
}

/** Let through to the operation, whatever that found. */
export function expectLetThrough({ status, problem }: Refusal, about: string): void {
  expect([401, 403], `${about}: ${JSON.stringify(problem)}`).not.toContain(status);
  expect(status, `${about}: ${JSON.stringify(problem)}`).toBeLessThan(500);
}
