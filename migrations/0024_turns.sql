-- Approvals, taint, what models were used for, and summaries of what a model is not shown any more.

alter table messages
  -- Whether it has, or was made of, text by strangers.
  add column tainted boolean not null default false;

-- A decision asked of the user for one call of a tool, bound to the exact request, good for one use.
create table approvals (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  thread_id uuid not null references threads on delete cascade,
  -- The reply that waits.
  message_id uuid not null references messages on delete cascade,
  -- Within the message; of a sub-assistant's call with those above it, between slashes.
  tool_call_id text not null,
  -- {tool, tool_id, arguments, reasons, assistant_id, assistant}
  request jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'approved', 'rejected', 'expired')),
  decided_at timestamptz,
  decided_via text check (decided_via in ('web', 'telegram', 'api', 'cli')),
  used_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index approvals_open on approvals (message_id, tool_call_id) where status = 'pending';
create index approvals_message on approvals (message_id);
create index approvals_thread on approvals (thread_id);
create index approvals_user on approvals (user_id, id desc);
create index approvals_expiry on approvals (expires_at) where status = 'pending';
select protect_table('approvals', 'owned');

-- What each request to a model used, as the provider says.
create table model_usage (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- What it was for: thread:<id>, memory:<id>, …
  subject text not null,
  -- Who asked the model. No foreign key: one that is deleted meanwhile holds up no turn, and stays told apart.
  assistant_id uuid,
  -- provider/model
  model text not null,
  input_tokens bigint not null,
  -- Of these, read from the provider's cache.
  cached_input_tokens bigint not null default 0,
  output_tokens bigint not null,
  -- Null where no price is known.
  cost_usd numeric(14, 8),
  -- Counted by us: the provider broke off before it said.
  is_estimate boolean not null default false,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index model_usage_user on model_usage (user_id, created_at);
select protect_table('model_usage', 'owned');

-- What was said before, in short, for when a thread is longer than a model's window. Nothing is deleted.
create table summaries (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  thread_id uuid not null references threads on delete cascade,
  -- It stands for the thread's messages up to and including this one.
  up_to_seq bigint not null,
  text text not null,
  -- provider/model that wrote it; null once the user has written it anew.
  model text,
  tainted boolean not null default false,
  is_active boolean not null default true,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index summaries_thread on summaries (thread_id, up_to_seq desc);
create index summaries_user on summaries (user_id);
select protect_table('summaries', 'owned');
