create table memories (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  assistant_id uuid references assistants on delete set null,
  key text not null,
  value text not null,
  source text not null check (source in ('user', 'assistant', 'import')),
  source_ref text,
  trust text not null default 'trusted' check (trust in ('trusted', 'tainted')),
  pinned boolean not null default false,
  is_active boolean not null default true,
  expires_at timestamptz,
  last_used_at timestamptz,
  -- The 'simple' dictionary: words as they are, in any language; recall adds the languages' stems.
  search tsvector generated always as (to_tsvector('simple', key || ' ' || value)) stored,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (user_id, key)
);
create index memories_user on memories (user_id, id desc);
select protect_table('memories', 'owned');
