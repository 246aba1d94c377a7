-- What opens an account: sessions, passwords, second factors, passkeys. The auth library (better-auth) works on these
-- tables as the system role; the app role sees a user's own sessions and passkeys without what is secret in them.

alter table users
  add column email_verified boolean not null default false,
  add column image text,
  add column two_factor_enabled boolean not null default false;
grant select (email_verified, image, two_factor_enabled) on users to {{app_role}};

-- How a user may sign in; provider_id 'credential' is the password, a PHC string of argon2id.
create table accounts (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (provider_id, account_id)
);
create index accounts_user on accounts (user_id);
select protect_table('accounts', 'system');

insert into accounts (id, user_id, provider_id, account_id, password)
  select gen_random_uuid(), id, 'credential', id::text, password_hash from users where password_hash is not null;
drop trigger touch_updated_at on users;
alter table users drop column password_hash;
create trigger touch_updated_at before update of email, first_name, last_name, name, role, timezone, locale, telegram_id,
    telegram_username, quiet_hours, daily_budget_usd, is_active, email_verified, image, two_factor_enabled on users
  for each row execute function touch_updated_at();

-- A sign-in on one device, by browser (token is set) or by POST /api/auth/token (a family of refresh tokens).
create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  status text not null default 'authenticated' check (status in ('pending', 'authenticated', 'error', 'expired')),
  token text unique,
  expires_at timestamptz not null,
  session_metadata jsonb not null default '{}',
  device_info jsonb not null default '{}',
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index sessions_user on sessions (user_id, id desc);
create index sessions_expires_at on sessions (expires_at);
select protect_table('sessions', 'system');
grant select (id, user_id, status, expires_at, session_metadata, device_info, created_at, updated_at)
  on sessions to {{app_role}};
create policy tenant_read on sessions for select to {{app_role}} using (user_id = (select app_user_id()));

-- What the auth library remembers for minutes: challenges, second factors under way.
create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index verifications_identifier on verifications (identifier);
create index verifications_expires_at on verifications (expires_at);
select protect_table('verifications', 'system');

-- Secret and recovery codes are encrypted by the auth library.
create table two_factors (
  id uuid primary key,
  user_id uuid not null unique references users on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
select protect_table('two_factors', 'system');

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  device_type text not null,
  is_backed_up boolean not null,
  last_used_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index passkeys_user on passkeys (user_id);
select protect_table('passkeys', 'owned');
