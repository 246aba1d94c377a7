create table users (
  id uuid primary key,
  email text,
  first_name text,
  last_name text,
  name text not null,
  password_hash text,
  role text not null default 'member' check (role in ('admin', 'member')),
  timezone text not null default 'UTC',
  locale text not null default 'en',
  telegram_id bigint unique,
  telegram_username text,
  quiet_hours jsonb,
  daily_budget_usd numeric(12, 4),
  event_seq bigint not null default 0,
  is_active boolean not null default true,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index users_email_key on users (lower(email));

-- A user sees their own row; rights on single columns keep the password hash and the counter out of reach.
grant select, insert, update, delete on users to {{system_role}};
grant select (id, email, first_name, last_name, name, role, timezone, locale, telegram_id, telegram_username,
              quiet_hours, daily_budget_usd, is_active, created_at, updated_at) on users to {{app_role}};
grant update (first_name, last_name, name, timezone, locale, quiet_hours) on users to {{app_role}};
alter table users enable row level security;
create policy system_all on users to {{system_role}} using (true) with check (true);
create policy tenant on users to {{app_role}}
  using (id = (select app_user_id())) with check (id = (select app_user_id()));
create trigger touch_updated_at before update of email, first_name, last_name, name, password_hash, role, timezone, locale,
    telegram_id, telegram_username, quiet_hours, daily_budget_usd, is_active on users
  for each row execute function touch_updated_at();

create table api_tokens (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  token_hash text not null unique,
  name text not null,
  scopes text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index api_tokens_user on api_tokens (user_id);
select protect_table('api_tokens', 'owned');

create table activity (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  actor text not null check (actor in ('user', 'assistant', 'system')),
  type text not null,
  level text not null default 'info' check (level in ('info', 'warning', 'error')),
  message text not null,
  metadata jsonb not null default '{}',
  subject text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index activity_user on activity (user_id, id desc);
select protect_table('activity', 'append_only');
