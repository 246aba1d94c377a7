-- What protects the API: answers kept for repeated requests, and counters of attempts.

-- A POST with an Idempotency-Key that was carried out: written by the very transaction that did it. Its status is null
-- until the answer is kept. The answer is encrypted (platform/encryption): one may show a token. It lives for a day and
-- needs no key longer: when that is gone, so is the answer.
create table idempotency_keys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- Verb and path.
  route text not null,
  key text not null,
  request_hash text not null,
  -- Whose answer it is: not to be had when that process is gone.
  worker_id uuid not null,
  status integer,
  answer bytea,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (user_id, route, key)
);
create index idempotency_keys_expires_at on idempotency_keys (expires_at);
select protect_table('idempotency_keys', 'owned');

-- Attempts counted over all processes; key is a hash of what is counted (an address, an account), recent holds the
-- instants of the attempts let through last, oldest first.
create table rate_limits (
  key text primary key,
  recent timestamptz[] not null default '{}',
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index rate_limits_expires_at on rate_limits (expires_at);
select protect_table('rate_limits', 'system');

-- Counts one attempt under every key, if each has had fewer than `most` within `span`; else counts none. Null, or how
-- long to wait. The span slides: in no stretch of that length, wherever it begins, are there more than `most`.
create function count_attempt(keys text[], most integer, span interval) returns interval
language plpgsql as $$
declare
  at timestamptz;
  wait interval;
begin
  -- Locks the rows, in one order.
  insert into rate_limits as counted (key, expires_at)
    select key, app_now() + span from unnest(keys) as key order by key
    on conflict (key) do update set expires_at = greatest(counted.expires_at, excluded.expires_at);
  at = app_now();
  select max(counted.recent[cardinality(counted.recent) - most + 1] + span - at) into wait
    from rate_limits counted
    where counted.key = any(keys) and cardinality(counted.recent) >= most
      and counted.recent[cardinality(counted.recent) - most + 1] > at - span
      -- The clock was set back: what lies ahead says nothing.
      and counted.recent[cardinality(counted.recent) - most + 1] <= at;
  if wait is null then
    update rate_limits counted
      set recent = (counted.recent || at)[greatest(1, cardinality(counted.recent) + 2 - most):]
      where counted.key = any(keys);
  end if;
  return wait;
end $$;
