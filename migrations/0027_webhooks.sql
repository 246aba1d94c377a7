-- Outgoing webhooks: whom a user's events are told, how far each has got in the user's stream, and what was sent.

create table webhooks (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  url text not null,
  description text not null,
  -- Types of events; '*' for all of them.
  events text[] not null,
  is_active boolean not null,
  -- Switched off by us: it failed for too long, or said that it is gone (410).
  disabled_at timestamptz,
  disabled_reason text check (disabled_reason in ('failing', 'gone')),
  secret bytea not null,
  -- Signs beside the new one until then.
  old_secret bytea,
  old_secret_until timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  check ((disabled_at is null) = (disabled_reason is null)),
  check ((old_secret is null) = (old_secret_until is null))
);
create index webhooks_user on webhooks (user_id, id desc);
select protect_table('webhooks', 'owned');
select protect_sealed('webhooks', 'secret');
select protect_sealed('webhooks', 'old_secret');

-- What changes with every event, apart from what people set.
create table webhook_progress (
  webhook_id uuid primary key references webhooks on delete cascade,
  user_id uuid not null references users on delete cascade,
  -- The last event of the user's that was looked at.
  after_seq bigint not null,
  -- Attempts since the last that succeeded.
  failures int not null default 0,
  last_sent_at timestamptz,
  last_failed_at timestamptz,
  last_error text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
) with (fillfactor = 70);
create index webhook_progress_user on webhook_progress (user_id);
select protect_table('webhook_progress', 'owned');

-- One event for one webhook. Its id is the message's, whatever happens. What an event is about is read anew for each
-- attempt, so that no content is kept here.
create table webhook_deliveries (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  webhook_id uuid not null references webhooks on delete cascade,
  -- Null for a test, which is no event.
  event_seq bigint,
  event_type text not null,
  subject text,
  payload jsonb not null,
  event_at timestamptz not null,
  status text not null default 'pending' check (status in ('pending', 'sent', 'failed', 'cancelled')),
  attempts int not null default 0,
  next_attempt_at timestamptz,
  response_status int,
  error text,
  duration_ms int,
  finished_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (webhook_id, event_seq)
);
create index webhook_deliveries_list on webhook_deliveries (webhook_id, id desc);
create index webhook_deliveries_user on webhook_deliveries (user_id);
create index webhook_deliveries_finished on webhook_deliveries (finished_at) where finished_at is not null;
select protect_table('webhook_deliveries', 'owned');

-- Lets a lane's first item be tried now instead of after its wait. One that is worked this moment is left alone.
create function hurry_lane(lane text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  by_tenant constant boolean := begin_privileged();
begin
  update lanes l set not_before = (select app_now())
    where l.key = lane and l.head_seq is not null and l.leased_by is null and l.not_before > (select app_now())
      and (not by_tenant or l.user_id = app_user_id());
  perform end_privileged();
end $$;
revoke execute on function hurry_lane from public;
grant execute on function hurry_lane to {{app_role}}, {{system_role}};

-- Conversations of clients of /v1, which send all that was said with each request.
-- 'api': shown apart from those people have here.
alter table threads
  add column origin text check (origin in ('api')),
  -- What the client tells the assistant beside its instructions.
  add column instructions text,
  -- A hash of the conversation up to the last question, by which the next request finds it.
  add column client_key text;
create index threads_client_key on threads (user_id, client_key) where client_key is not null;
create index threads_by_origin on threads (origin, last_message_at) where origin is not null;
