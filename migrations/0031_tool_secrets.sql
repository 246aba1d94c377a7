-- Headers of a user's `http` tools that hold keys. The value is encrypted (platform/encryption); a new one is a new row,
-- since it is sealed for its row's id.
create table tool_secrets (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  tool_id uuid not null references tools on delete cascade,
  -- The header's name, as its user wrote it.
  name text not null,
  value bytea not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index tool_secrets_name on tool_secrets (tool_id, lower(name));
create index tool_secrets_user on tool_secrets (user_id);
select protect_table('tool_secrets', 'owned');
select protect_sealed('tool_secrets', 'value');
