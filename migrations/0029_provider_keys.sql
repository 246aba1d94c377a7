-- What an admin set for a provider of models while Famulus runs: over what the environment says, each where it is not null.
-- The key is encrypted (platform/encryption). A new key is a new row, since it is sealed for its row's id.
create table provider_keys (
  id uuid primary key,
  provider text not null unique check (provider in ('openai', 'anthropic', 'google', 'ollama', 'compatible')),
  api_key bytea,
  base_url text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  check (api_key is not null or base_url is not null)
);
select protect_table('provider_keys', 'system');
select protect_sealed('provider_keys', 'api_key');
