-- Refresh tokens, the keys that sign access tokens, and links that open an account once.

-- Of a session made by POST /api/auth/token; each is used once, and using one twice ends the session (its family).
create table refresh_tokens (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  family uuid not null references sessions on delete cascade,
  token_hash text not null unique,
  used_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index refresh_tokens_family on refresh_tokens (family);
create index refresh_tokens_user on refresh_tokens (user_id);
create index refresh_tokens_expires_at on refresh_tokens (expires_at);
select protect_table('refresh_tokens', 'system');

-- Private keys are encrypted (platform/encryption). Kind 'access_token': an Ed25519 key of the JWKS; 'cookie': the auth
-- library's own secret.
create table signing_keys (
  id uuid primary key,
  kind text not null check (kind in ('access_token', 'cookie')),
  public_key jsonb,
  private_key bytea not null,
  retired_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
select protect_table('signing_keys', 'system');

create table invitations (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  email text,
  role text not null default 'member' check (role in ('admin', 'member')),
  code_hash text not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by uuid references users on delete set null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index invitations_user on invitations (user_id);
create index invitations_used_by on invitations (used_by);
select protect_table('invitations', 'system');

-- One-time links: 'setup' makes the first admin (user_id null), 'reset' sets a user's password anew.
create table account_links (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  kind text not null check (kind in ('setup', 'reset')),
  token_hash text not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  check ((kind = 'reset') = (user_id is not null))
);
create index account_links_user on account_links (user_id);
select protect_table('account_links', 'system');
