/**
 * What an export does not have, and why. Everything else that belongs to a user is in it, so that a new table is from its
 * first day; a test fails when such a table can't be read by its user or has what looks like a secret.
 */
export const leftOutTables: Record<string, string> = {
  accounts: 'passwords and links to log-ins elsewhere: they open the account',
  two_factors: 'the secret of the second factor and its recovery codes: they open the account',
  refresh_tokens: 'they open the account',
  account_links: 'links that open an account once',
  invitations: 'codes that open accounts of others; an admin reads the rest at /api/invitations',
  stream_tickets: 'they open a stream, for seconds',
  idempotency_keys: 'answers kept for a day, for requests that are sent again',
  memory_words: 'made from the memories, for searching',
  forgotten_memories: 'fingerprints of what was forgotten; nothing can be read from them',
  usage_reservations: 'what requests under way may cost at most, for minutes',
  lanes: 'work under way: what it is about is in the other tables',
};

export const leftOutColumns: Record<string, Record<string, string>> = {
  api_tokens: { token_hash: 'what a token is recognised by' },
  sessions: { token: 'what a browser is recognised by' },
  passkeys: {
    credential_id: 'what a passkey is recognised by',
    public_key: 'what a passkey is checked with',
    counter: 'what a passkey is checked with',
  },
  threads: { client_key: 'what a conversation of another program is recognised by' },
  users: { event_seq: 'a counter of ours' },
  attachments: { storage_key: 'where a file lies here; in the export it lies under files/' },
};

/** Columns of these types are in no export. */
export const leftOutTypes: Record<string, string> = {
  bytea: 'encrypted values and keys',
  tsvector: 'made from the other columns, for searching',
  'real[]': 'made from the other columns, for searching',
};

/**
 * The scope that shows a table's rows elsewhere: an API token without it gets an export without them. A table that is not
 * here is for those who may read everything; a test asks for its line.
 */
export const tableScopes: Record<string, string> = {
  activity: 'settings:read',
  webhooks: 'settings:read',
  webhook_progress: 'settings:read',
  webhook_deliveries: 'settings:read',
  alerts: 'notifications:read',
  api_tokens: 'settings:read',
  passkeys: 'settings:read',
  sessions: 'settings:read',
  users: 'settings:read',
  assistants: 'settings:read',
  assistant_tools: 'settings:read',
  tool_secrets: 'settings:read',
  approvals: 'chat:read',
  attachments: 'chat:read',
  messages: 'chat:read',
  model_usage: 'chat:read',
  summaries: 'chat:read',
  threads: 'chat:read',
  tools: 'settings:read',
  memories: 'memory:read',
  events: 'settings:read',
  deliveries: 'notifications:read',
  notifications: 'notifications:read',
  occurrences: 'reminders:read',
  reminders: 'reminders:read',
  schedules: 'reminders:read',
};
