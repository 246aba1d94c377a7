create table assistants (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  name text not null,
  is_secretary boolean not null default false,
  model text,
  instructions text not null default '',
  assistant_type text not null default 'llm' check (assistant_type in ('llm', 'openai_api')),
  openai_assistant_id text,
  settings jsonb not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index assistants_one_secretary on assistants (user_id) where is_secretary and is_active;
create index assistants_user on assistants (user_id, id desc);
select protect_table('assistants', 'shared');

create table tools (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  name text not null,
  tool_type text not null check (tool_type in ('calendar', 'reminder', 'time', 'weather', 'sub_assistant', 'memory',
                                               'task', 'web', 'http', 'mcp')),
  description text not null default '',
  input_schema jsonb,
  assistant_id uuid references assistants on delete cascade,
  config jsonb not null default '{}',
  approval text not null default 'auto' check (approval in ('auto', 'ask', 'deny')),
  is_active boolean not null default true,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index tools_builtin_name on tools (name) where user_id is null;
create unique index tools_user_name on tools (user_id, name) where user_id is not null;
create index tools_user on tools (user_id, id desc);
select protect_table('tools', 'shared');

create table assistant_tools (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  assistant_id uuid not null references assistants on delete cascade,
  tool_id uuid not null references tools on delete cascade,
  sub_assistant_id uuid references assistants on delete cascade,
  approval text check (approval in ('auto', 'ask', 'deny')),
  is_active boolean not null default true,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (assistant_id, tool_id)
);
create index assistant_tools_user on assistant_tools (user_id);
select protect_table('assistant_tools', 'shared');

create table threads (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  assistant_id uuid not null references assistants on delete cascade,
  is_main boolean not null default false,
  title text,
  next_seq bigint not null default 1,
  external_id text,
  archived_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index threads_one_main on threads (user_id, assistant_id) where is_main;
create index threads_user on threads (user_id, id desc);
select protect_table('threads', 'owned');

create table messages (
  id uuid primary key,
  thread_id uuid not null references threads on delete cascade,
  user_id uuid not null references users on delete cascade,
  turn_id uuid not null,
  seq bigint not null,
  role text not null check (role in ('user', 'assistant', 'system')),
  parts jsonb not null,
  status text not null check (status in ('pending', 'streaming', 'awaiting_approval', 'complete', 'stopped', 'failed')),
  channel text not null check (channel in ('web', 'telegram', 'api', 'cli')),
  external_id text,
  model text,
  usage jsonb,
  cost_usd numeric(12, 6),
  error text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (thread_id, seq),
  unique (thread_id, channel, external_id)
);
-- Exactly one reply per turn, and one question.
create unique index messages_one_per_turn on messages (turn_id, role);
create index messages_user on messages (user_id);
select protect_table('messages', 'owned');
