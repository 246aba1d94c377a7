-- Attached MCP servers. Their tools are rows of tools with tool_type mcp and without user_id; which server one is of, what
-- it is called there and whether it has changed stands in its config.
create table mcp_servers (
  id uuid primary key,
  name text not null,
  transport text not null check (transport in ('http', 'stdio')),
  url text,
  command text,
  args jsonb not null default '[]',
  -- Sealed JSON: the headers of an http server, the environment of a stdio one. Their names stand beside it.
  secrets bytea,
  secret_names text[] not null default '{}',
  timeout_s integer not null default 60,
  is_active boolean not null default true,
  -- Counts changes of how it is reached: who is connected by an older one connects anew.
  revision integer not null default 1,
  -- Why it cannot be reached; null when it could be the last time.
  error text,
  -- When its tools were read last.
  refreshed_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  check (case transport when 'http' then url is not null and command is null
                        else url is null and command is not null end)
);
create unique index mcp_servers_name on mcp_servers (lower(name));
select protect_table('mcp_servers', 'system');
select protect_sealed('mcp_servers', 'secrets');

create unique index tools_mcp on tools ((config ->> 'server_id'), (config ->> 'remote_name'))
  where tool_type = 'mcp' and user_id is null;
