// Generated from the migrated database by `./manage upgrade`. Do not edit: write a migration.
import type { ColumnType } from 'kysely';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
/** Read as a value, written as text (`JSON.stringify`), because pg would send an array as a PostgreSQL array. */
export type Json = ColumnType<JsonValue, string, string>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** The database fills it in when it is left out. */
export type Generated<T> = [T] extends [ColumnType<infer S, infer I, infer U>]
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;
/** The database alone writes it. */
export type GeneratedAlways<T> = ColumnType<T, never, never>;

export interface AccountLinksTable {
  id: string;
  user_id: string | null;
  kind: 'setup' | 'reset';
  token_hash: string;
  expires_at: Timestamp;
  used_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface AccountsTable {
  id: string;
  user_id: string;
  provider_id: string;
  account_id: string;
  password: string | null;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Timestamp | null;
  refresh_token_expires_at: Timestamp | null;
  scope: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface ActivityTable {
  id: string;
  user_id: string;
  actor: 'user' | 'assistant' | 'system';
  type: string;
  level: Generated<'info' | 'warning' | 'error'>;
  message: string;
  metadata: Generated<Json>;
  subject: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface AlertsTable {
  id: string;
  user_id: string | null;
  key: string;
  level: 'warning' | 'error';
  code: string;
  message: string;
  subject: string | null;
  metadata: Generated<Json>;
  raised_at: Generated<Timestamp>;
  cleared_at: Timestamp | null;
  is_notified: boolean;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface ApiTokensTable {
  id: string;
  user_id: string;
  token_hash: string;
  name: string;
  scopes: string[];
  expires_at: Timestamp | null;
  last_used_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface AppClockTable {
  only_row: Generated<boolean>;
  offset_ms: Generated<number>;
}

export interface ApprovalsTable {
  id: string;
  user_id: string;
  thread_id: string;
  message_id: string;
  tool_call_id: string;
  request: Json;
  status: Generated<'pending' | 'approved' | 'rejected' | 'expired'>;
  decided_at: Timestamp | null;
  decided_via: 'web' | 'telegram' | 'api' | 'cli' | null;
  used_at: Timestamp | null;
  expires_at: Timestamp;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface AssistantToolsTable {
  id: string;
  user_id: string | null;
  assistant_id: string;
  tool_id: string;
  sub_assistant_id: string | null;
  approval: 'auto' | 'ask' | 'deny' | null;
  is_active: Generated<boolean>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface AssistantsTable {
  id: string;
  user_id: string | null;
  name: string;
  is_secretary: Generated<boolean>;
  model: string | null;
  instructions: Generated<string>;
  assistant_type: Generated<'llm' | 'openai_api'>;
  openai_assistant_id: string | null;
  settings: Generated<Json>;
  is_active: Generated<boolean>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface AttachmentsTable {
  id: string;
  user_id: string;
  message_id: string | null;
  name: string;
  media_type: string;
  size_bytes: number;
  sha256: string;
  width: number | null;
  height: number | null;
  storage_key: string;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface DeliveriesTable {
  id: string;
  user_id: string;
  notification_id: string | null;
  channel: 'web' | 'redis';
  target: string | null;
  body: Json | null;
  status: Generated<'pending' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'cancelled'>;
  attempts: Generated<number>;
  external_id: string | null;
  idempotency_key: string;
  error: string | null;
  sent_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface DueTable {
  schedule_id: string;
  revision: number;
  fire_at: Timestamp;
}

export interface EncryptionKeysTable {
  id: string;
  wrapped_key: Buffer;
  next_wrapped_key: Buffer | null;
  retired_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface EventsTable {
  user_id: string;
  seq: number;
  type: string;
  subject: string | null;
  payload: Json;
  at: Generated<Timestamp>;
}

export interface FileSpaceTable {
  only_row: Generated<boolean>;
  id: Generated<string>;
}

export interface ForgottenMemoriesTable {
  user_id: string;
  fingerprint: Buffer;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface IdempotencyKeysTable {
  id: string;
  user_id: string;
  route: string;
  key: string;
  request_hash: string;
  worker_id: string;
  status: number | null;
  answer: Buffer | null;
  expires_at: Timestamp;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  answer_sealed_by: GeneratedAlways<string | null>;
}

export interface InvitationsTable {
  id: string;
  user_id: string;
  email: string | null;
  role: Generated<'admin' | 'member'>;
  code_hash: string;
  expires_at: Timestamp;
  used_at: Timestamp | null;
  used_by: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface LaneItemsTable {
  lane_key: string;
  seq: number;
  type: 'dialog' | 'user' | 'system';
  kind: string;
  payload: Json;
  priority: number;
  status: Generated<'pending' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'parked'>;
  attempt: Generated<number>;
  cancel_requested: Generated<boolean>;
  dedupe_key: string | null;
  error: string | null;
  enqueued_at: Generated<Timestamp>;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
}

export interface LanesTable {
  key: string;
  scope: GeneratedAlways<string>;
  user_id: string | null;
  owner: GeneratedAlways<string>;
  next_seq: Generated<number>;
  head_seq: number | null;
  priority: Generated<number>;
  not_before: Generated<Timestamp>;
  leased_by: string | null;
  lease_until: Timestamp | null;
  fence: Generated<number>;
  idle_since: Timestamp | null;
}

export interface McpServersTable {
  id: string;
  name: string;
  transport: 'http' | 'stdio';
  url: string | null;
  command: string | null;
  args: Generated<Json>;
  secrets: Buffer | null;
  secret_names: Generated<string[]>;
  timeout_s: Generated<number>;
  is_active: Generated<boolean>;
  revision: Generated<number>;
  error: string | null;
  refreshed_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  secrets_sealed_by: GeneratedAlways<string | null>;
}

export interface MemoriesTable {
  id: string;
  user_id: string;
  assistant_id: string | null;
  key: string;
  value: string;
  source: 'user' | 'assistant' | 'import';
  source_ref: string | null;
  trust: Generated<'trusted' | 'tainted'>;
  pinned: Generated<boolean>;
  is_active: Generated<boolean>;
  expires_at: Timestamp | null;
  last_used_at: Timestamp | null;
  search: GeneratedAlways<string | null>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  embedding: number[] | null;
  embedding_model: string | null;
  embedding_seq: number | null;
}

export interface MemoryWordsTable {
  user_id: string;
  word: string;
  memory_id: string;
  in_key: number;
  in_value: number;
  words: number;
}

export interface MessagesTable {
  id: string;
  thread_id: string;
  user_id: string;
  turn_id: string;
  seq: number;
  role: 'user' | 'assistant' | 'system';
  parts: Json;
  status: 'pending' | 'streaming' | 'awaiting_approval' | 'complete' | 'stopped' | 'failed';
  channel: 'web' | 'telegram' | 'api' | 'cli';
  external_id: string | null;
  model: string | null;
  usage: Json | null;
  cost_usd: number | null;
  error: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  superseded_by: string | null;
  tainted: Generated<boolean>;
}

export interface ModelUsageTable {
  id: string;
  user_id: string;
  subject: string;
  assistant_id: string | null;
  model: string;
  input_tokens: number;
  cached_input_tokens: Generated<number>;
  output_tokens: number;
  cost_usd: number | null;
  is_estimate: Generated<boolean>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface NotificationsTable {
  id: string;
  user_id: string;
  kind: 'reminder' | 'task' | 'approval' | 'draft' | 'system';
  title: string | null;
  message: string;
  priority: Generated<number>;
  tags: Generated<string[]>;
  actions: Generated<Json>;
  subject: string | null;
  occurrence_id: string | null;
  read_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  held_until: Timestamp | null;
}

export interface OccurrencesTable {
  id: string;
  schedule_id: string;
  user_id: string | null;
  revision: number;
  due_at: Timestamp;
  until: Timestamp | null;
  count: Generated<number>;
  fired_at: Timestamp | null;
  fate: 'fired' | 'delivered' | 'skipped' | 'missed' | 'failed';
  late_ms: number | null;
  reason: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  trigger: Generated<'schedule' | 'nag' | 'manual' | 'backfill'>;
}

export interface PasskeysTable {
  id: string;
  user_id: string;
  name: string;
  credential_id: string;
  public_key: Buffer;
  counter: Generated<number>;
  transports: Generated<string[]>;
  device_type: string;
  is_backed_up: boolean;
  last_used_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface ProviderKeysTable {
  id: string;
  provider: 'openai' | 'anthropic' | 'google' | 'ollama' | 'compatible';
  api_key: Buffer | null;
  base_url: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  api_key_sealed_by: GeneratedAlways<string | null>;
}

export interface RateLimitsTable {
  key: string;
  recent: Generated<Timestamp[]>;
  expires_at: Timestamp;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface RefreshTokensTable {
  id: string;
  user_id: string;
  family: string;
  token_hash: string;
  used_at: Timestamp | null;
  expires_at: Timestamp;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface RemindersTable {
  id: string;
  schedule_id: string;
  user_id: string;
  assistant_id: string;
  title: string | null;
  payload: Json;
  prepared_text: string | null;
  done_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  prepared_for: Timestamp | null;
  prepared_at: Timestamp | null;
  tainted: Generated<boolean>;
}

export interface SchedulesTable {
  id: string;
  user_id: string | null;
  kind: 'reminder' | 'task' | 'system';
  type: 'one_time' | 'recurring';
  trigger_at: Timestamp | null;
  cron_expression: string | null;
  rrule: string | null;
  timezone: string;
  status: Generated<'active' | 'paused' | 'completed' | 'cancelled'>;
  catch_up: Generated<'latest' | 'all' | 'skip'>;
  catch_up_window_s: number | null;
  jitter_s: Generated<number>;
  snoozed_from: string | null;
  revision: Generated<number>;
  last_fired_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  local_time: string | null;
  starts_at: Timestamp | null;
  follows_user: Generated<boolean>;
  nag_every_s: number | null;
  nagging_since: Timestamp | null;
  revised_at: Generated<Timestamp>;
  last_due_local: string | null;
}

export interface SessionsTable {
  id: string;
  user_id: string;
  status: Generated<'pending' | 'authenticated' | 'error' | 'expired'>;
  token: string | null;
  expires_at: Timestamp;
  session_metadata: Generated<Json>;
  device_info: Generated<Json>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface SettingsTable {
  key: string;
  value: Json;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface SigningKeysTable {
  id: string;
  kind: 'access_token' | 'cookie';
  public_key: Json | null;
  private_key: Buffer;
  retired_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  private_key_sealed_by: GeneratedAlways<string | null>;
}

export interface StreamTicketsTable {
  id: string;
  user_id: string;
  ticket_hash: string;
  caller: Json;
  expires_at: Timestamp;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface SummariesTable {
  id: string;
  user_id: string;
  thread_id: string;
  up_to_seq: number;
  text: string;
  model: string | null;
  tainted: Generated<boolean>;
  is_active: Generated<boolean>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface ThreadsTable {
  id: string;
  user_id: string;
  assistant_id: string;
  is_main: Generated<boolean>;
  title: string | null;
  next_seq: Generated<number>;
  external_id: string | null;
  archived_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  last_message_at: Generated<Timestamp>;
  origin: string | null;
  instructions: string | null;
  client_key: string | null;
  token_ratio: Generated<number>;
}

export interface ToolSecretsTable {
  id: string;
  user_id: string;
  tool_id: string;
  name: string;
  value: Buffer;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  value_sealed_by: GeneratedAlways<string | null>;
}

export interface ToolsTable {
  id: string;
  user_id: string | null;
  name: string;
  tool_type: 'calendar' | 'reminder' | 'time' | 'weather' | 'sub_assistant' | 'memory' | 'task' | 'web' | 'http' | 'mcp';
  description: Generated<string>;
  input_schema: Json | null;
  assistant_id: string | null;
  config: Generated<Json>;
  approval: Generated<'auto' | 'ask' | 'deny'>;
  is_active: Generated<boolean>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface TwoFactorsTable {
  id: string;
  user_id: string;
  secret: string;
  backup_codes: string;
  verified: Generated<boolean>;
  failed_verification_count: Generated<number>;
  locked_until: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface UsageReservationsTable {
  id: string;
  user_id: string;
  cost_usd: number;
  expires_at: Timestamp;
}

export interface UsersTable {
  id: string;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  name: string;
  role: Generated<'admin' | 'member'>;
  timezone: Generated<string>;
  locale: Generated<string>;
  telegram_id: number | null;
  telegram_username: string | null;
  quiet_hours: Json | null;
  daily_budget_usd: number | null;
  event_seq: Generated<number>;
  is_active: Generated<boolean>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  email_verified: Generated<boolean>;
  image: string | null;
  two_factor_enabled: Generated<boolean>;
  preferences: Generated<Json>;
}

export interface VerificationsTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: Timestamp;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface WebhookDeliveriesTable {
  id: string;
  user_id: string;
  webhook_id: string;
  event_seq: number | null;
  event_type: string;
  subject: string | null;
  payload: Json;
  event_at: Timestamp;
  status: Generated<'pending' | 'sent' | 'failed' | 'cancelled'>;
  attempts: Generated<number>;
  next_attempt_at: Timestamp | null;
  response_status: number | null;
  error: string | null;
  duration_ms: number | null;
  finished_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface WebhookProgressTable {
  webhook_id: string;
  user_id: string;
  after_seq: number;
  failures: Generated<number>;
  last_sent_at: Timestamp | null;
  last_failed_at: Timestamp | null;
  last_error: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface WebhooksTable {
  id: string;
  user_id: string;
  url: string;
  description: string;
  events: string[];
  is_active: boolean;
  disabled_at: Timestamp | null;
  disabled_reason: 'failing' | 'gone' | null;
  secret: Buffer;
  old_secret: Buffer | null;
  old_secret_until: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  secret_sealed_by: GeneratedAlways<string | null>;
  old_secret_sealed_by: GeneratedAlways<string | null>;
}

export interface WorkersTable {
  id: string;
  lock_id: GeneratedAlways<number>;
  name: string;
  services: string[];
  host: string;
  pid: number;
  started_at: Generated<Timestamp>;
  seen_at: Generated<Timestamp>;
  clock_offset_ms: Generated<number>;
  scheduler_seen_at: Timestamp | null;
  scheduler_fired_at: Timestamp | null;
}

export interface Schema {
  account_links: AccountLinksTable;
  accounts: AccountsTable;
  activity: ActivityTable;
  alerts: AlertsTable;
  api_tokens: ApiTokensTable;
  app_clock: AppClockTable;
  approvals: ApprovalsTable;
  assistant_tools: AssistantToolsTable;
  assistants: AssistantsTable;
  attachments: AttachmentsTable;
  deliveries: DeliveriesTable;
  due: DueTable;
  encryption_keys: EncryptionKeysTable;
  events: EventsTable;
  file_space: FileSpaceTable;
  forgotten_memories: ForgottenMemoriesTable;
  idempotency_keys: IdempotencyKeysTable;
  invitations: InvitationsTable;
  lane_items: LaneItemsTable;
  lanes: LanesTable;
  mcp_servers: McpServersTable;
  memories: MemoriesTable;
  memory_words: MemoryWordsTable;
  messages: MessagesTable;
  model_usage: ModelUsageTable;
  notifications: NotificationsTable;
  occurrences: OccurrencesTable;
  passkeys: PasskeysTable;
  provider_keys: ProviderKeysTable;
  rate_limits: RateLimitsTable;
  refresh_tokens: RefreshTokensTable;
  reminders: RemindersTable;
  schedules: SchedulesTable;
  sessions: SessionsTable;
  settings: SettingsTable;
  signing_keys: SigningKeysTable;
  stream_tickets: StreamTicketsTable;
  summaries: SummariesTable;
  threads: ThreadsTable;
  tool_secrets: ToolSecretsTable;
  tools: ToolsTable;
  two_factors: TwoFactorsTable;
  usage_reservations: UsageReservationsTable;
  users: UsersTable;
  verifications: VerificationsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  webhook_progress: WebhookProgressTable;
  webhooks: WebhooksTable;
  workers: WorkersTable;
}
