-- Order: lanes and their items. Live events. Who is alive. See docs/architecture.md, "The two primitives".

create table workers (
  id uuid primary key,
  -- Held as an advisory lock by the worker's session: gone with it, whatever killed it.
  lock_id int generated always as identity unique,
  name text not null,
  services text[] not null,
  host text not null,
  pid int not null,
  started_at timestamptz not null default app_now(),
  seen_at timestamptz not null default app_now(),
  clock_offset_ms int not null default 0
);
select protect_table('workers', 'system');

-- The class of our advisory locks on workers.
create function worker_lock_class() returns int language sql immutable parallel safe as $$ select 46180 $$;

create function live_workers() returns setof uuid language sql stable as $$
  select w.id from workers w
  join pg_locks l on l.locktype = 'advisory' and l.classid = worker_lock_class()::oid and l.objid = w.lock_id::oid
                 and l.objsubid = 2 and l.granted
                 and l.database = (select oid from pg_database where datname = current_database())
$$;

create table lanes (
  key text primary key check (key ~ '^[a-z_]+:.'),
  scope text not null generated always as (split_part(key, ':', 1)) stored,
  user_id uuid references users on delete cascade,
  -- Who is served in turn: the user, or the system as one more.
  owner uuid not null generated always as (coalesce(user_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored,
  next_seq bigint not null default 1,
  head_seq bigint,               -- the first unfinished item; null = nothing to do
  priority smallint not null default 1 check (priority between 0 and 2),
  not_before timestamptz not null default app_now(),
  leased_by uuid,
  lease_until timestamptz,
  fence bigint not null default 0,
  idle_since timestamptz
) with (fillfactor = 80);
create index lanes_ready on lanes (scope, priority, owner, not_before) where head_seq is not null and leased_by is null;
create index lanes_leased on lanes (scope, owner) where leased_by is not null;
create index lanes_idle on lanes (idle_since) where head_seq is null;
create index lanes_user on lanes (user_id);
select protect_table('lanes', 'system');

create table lane_items (
  lane_key text not null references lanes on delete cascade,
  seq bigint not null,
  type text not null check (type in ('dialog', 'user', 'system')),
  kind text not null,
  payload jsonb not null,
  priority smallint not null check (priority between 0 and 2),
  status text not null default 'pending'
    check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled', 'parked')),
  attempt int not null default 0,
  cancel_requested boolean not null default false,
  dedupe_key text,
  error text,
  enqueued_at timestamptz not null default app_now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (lane_key, seq)
) with (fillfactor = 80);
create unique index lane_items_dedupe on lane_items (lane_key, dedupe_key) where dedupe_key is not null;
-- By finished_at, not by status, so that starting an item changes no indexed column and stays a HOT update.
create index lane_items_unfinished on lane_items (lane_key, priority) where finished_at is null;
create index lane_items_finished on lane_items (finished_at) where finished_at is not null;
select protect_table('lane_items', 'system');

create table events (
  user_id uuid not null references users on delete cascade,
  seq bigint not null,
  type text not null,
  subject text,
  payload jsonb not null,
  at timestamptz not null default app_now(),
  primary key (user_id, seq)
);
create index events_at on events (at);
select protect_table('events', 'system');
grant select on events to {{app_role}};
create policy tenant_read on events for select to {{app_role}} using (user_id = (select app_user_id()));

-- The end of every transaction: the lane it holds, the items it enqueues, the events it tells, in one call
-- and in one order of locks (lanes by key, then users by id), so that commit order is order and nothing deadlocks.
--   held:   null or {key, worker, fence, seq, outcome: keep|completed|failed|cancelled|parked|retry, error, retry_in_ms,
--           uncounted}
--   items:  [{key, user_id, type, kind, payload, priority, not_before, dedupe_key}]
--   events: [{user_id, type, subject, payload}]
-- Raises 'lane_lost' (P0001) when the caller no longer holds the lane: then nothing of the transaction may commit.
--
-- Row by row on purpose: a plan is made once a session, perhaps while the tables are small, and kept while they grow.
-- A join that read all of a small table then reads all of a large one at every commit; a look-up by a whole key can't
-- go wrong. What can only be scanned looks so dear without scans that PostgreSQL would compile it (73 ms): so no JIT.
create function commit_effects(held jsonb, items jsonb, events jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off set jit = off as $$
declare
  now_at constant timestamptz := app_now();
  by_tenant constant boolean := session_user = {{app_role_literal}};
  tenant constant uuid := app_user_id();
  held_key constant text := held ->> 'key';
  held_by constant uuid := (held ->> 'worker')::uuid;
  held_fence constant bigint := (held ->> 'fence')::bigint;
  held_seq constant bigint := (held ->> 'seq')::bigint;
  outcome constant text := held ->> 'outcome';
  entry record;
  lane record;
  at_key text;
  at_user uuid;
  at_seq bigint;
  next_head bigint;
  lane_priority smallint;
  item_priority smallint;
begin
  if jsonb_array_length(items) > 0 then
    -- The items by lane, the lane that is held among them in its place, and an end.
    for entry in
      select i ->> 'key' as key, i as item, position, (i ->> 'user_id')::uuid as user_id,
             coalesce((i ->> 'priority')::smallint, 1::smallint) as priority
        from jsonb_array_elements(items) with ordinality as t(i, position)
      union all select held_key, null, null, null, null where held is not null
      union all select null, null, null, null, null
      order by 1 nulls last, 3 nulls first
    loop
      if entry.key is distinct from at_key then
        if at_seq is not null then
          -- A lane takes the highest priority that waits in it: what is urgent pulls what stands before it.
          update lanes l set next_seq = at_seq, head_seq = lane.head_seq, not_before = lane.not_before,
              priority = lane.priority, idle_since = null
            where l.key = at_key;
        end if;
        at_key := entry.key;
        at_seq := null;
        while at_key is not null loop
          select l.user_id, l.next_seq, l.head_seq, l.priority, l.not_before into lane from lanes l
            where l.key = at_key for no key update;
          -- A lane that is held and gone is noticed below.
          exit when found or entry.item is null;
          -- A new key, or its empty lane was pruned a moment ago.
          insert into lanes (key, user_id, idle_since) values (at_key, entry.user_id, now_at) on conflict (key) do nothing;
        end loop;
      end if;
      continue when entry.item is null;

      if by_tenant and (tenant is null or entry.user_id is distinct from tenant) then
        raise insufficient_privilege using message = 'an item of another tenant';
      end if;
      if lane.user_id is distinct from entry.user_id then
        raise insufficient_privilege using message = 'an item for a lane of another user';
      end if;
      if entry.item ->> 'dedupe_key' is not null then
        perform from lane_items e where e.lane_key = at_key and e.dedupe_key = entry.item ->> 'dedupe_key';
        continue when found;
      end if;
      at_seq := coalesce(at_seq, lane.next_seq);
      insert into lane_items (lane_key, seq, type, kind, payload, priority, dedupe_key, enqueued_at)
        values (at_key, at_seq, entry.item ->> 'type', entry.item ->> 'kind', entry.item -> 'payload', entry.priority,
                entry.item ->> 'dedupe_key', now_at);
      if lane.head_seq is null then
        lane.head_seq := at_seq;
        lane.not_before := coalesce((entry.item ->> 'not_before')::timestamptz, now_at);
        lane.priority := entry.priority;
      else
        lane.priority := least(lane.priority, entry.priority);
      end if;
      at_seq := at_seq + 1;
    end loop;
  end if;

  if held is not null then
    -- The check of the lease and what becomes of the lane, in one: seq has no gaps, so that next_seq tells whether an
    -- item stands behind this one, also when it was enqueued while we waited for the lock.
    if outcome = 'keep' then
      perform from lanes l
        where l.key = held_key and (l.leased_by, l.fence) is not distinct from (held_by, held_fence)
          and (not by_tenant or l.user_id = tenant) for no key update;
    elsif outcome = 'retry' then
      update lanes l set leased_by = null, lease_until = null,
          not_before = now_at + (held ->> 'retry_in_ms')::int * interval '1 millisecond'
        where l.key = held_key and (l.leased_by, l.fence) is not distinct from (held_by, held_fence)
          and (not by_tenant or l.user_id = tenant);
    else
      update lanes l set leased_by = null, lease_until = null, not_before = now_at,
          head_seq = case when l.next_seq > held_seq + 1 then held_seq + 1 end,
          idle_since = case when l.next_seq > held_seq + 1 then null else now_at end
        where l.key = held_key and (l.leased_by, l.fence) is not distinct from (held_by, held_fence)
          and (not by_tenant or l.user_id = tenant)
        returning l.head_seq, l.priority into next_head, lane_priority;
    end if;
    if not found then
      raise exception 'lane_lost';
    end if;

    if outcome = 'retry' then
      update lane_items set status = 'pending', error = held ->> 'error',
          attempt = attempt - case when (held ->> 'uncounted')::boolean then 1 else 0 end
        where lane_key = held_key and seq = held_seq;
    elsif outcome <> 'keep' then
      update lane_items set status = outcome, error = held ->> 'error', finished_at = now_at
        where lane_key = held_key and seq = held_seq returning priority into item_priority;
      -- When what was urgent is done, the lane falls back to the highest priority that still waits in it.
      if next_head is not null and item_priority = lane_priority then
        select min(i.priority) into item_priority from lane_items i
          where i.lane_key = held_key and i.finished_at is null;
        if item_priority > lane_priority then
          update lanes set priority = item_priority where key = held_key;
        end if;
      end if;
    end if;
  end if;

  if jsonb_array_length(events) > 0 then
    at_user := null;
    for entry in
      select (e ->> 'user_id')::uuid as user_id, e as event, count(*) over (partition by e ->> 'user_id') as total
        from jsonb_array_elements(events) with ordinality as t(e, position) order by 1, position
    loop
      if by_tenant and (tenant is null or entry.user_id is distinct from tenant) then
        raise insufficient_privilege using message = 'an event of another tenant';
      end if;
      if entry.user_id is distinct from at_user then
        at_user := entry.user_id;
        -- Null when there is no such user any more: nobody is left to be told.
        at_seq := null;
        update users u set event_seq = u.event_seq + entry.total where u.id = at_user
          returning u.event_seq - entry.total into at_seq;
      end if;
      continue when at_seq is null;
      at_seq := at_seq + 1;
      insert into events (user_id, seq, type, subject, payload, at)
        values (at_user, at_seq, entry.event ->> 'type', entry.event ->> 'subject', entry.event -> 'payload', now_at);
    end loop;
  end if;
end $$;
revoke execute on function commit_effects from public;
grant execute on function commit_effects to {{app_role}}, {{system_role}};

-- Leases up to max_count lanes for a worker, one after the other: priority first, within it round-robin over
-- owners beginning after cursor_owner, at most user_cap leased lanes of a scope per user (not for the system's own;
-- workers that claim at the same moment may each add one).
create function claim_lanes(worker uuid, scopes text[], max_count int, user_cap int, lease_ms int, cursor_owner uuid)
returns table (key text, user_id uuid, fence bigint, seq bigint, type text, kind text, payload jsonb, attempt int,
               cancel_requested boolean, enqueued_at timestamptz, waited_ms bigint)
language plpgsql set enable_seqscan = off set jit = off as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  now_at constant timestamptz := app_now();
  lane record;
  at_owner uuid;
  taken int := 0;
  idle_rounds int;
begin
  -- A claim that a crash of PostgreSQL undoes is made again: no wait for the disk.
  perform set_config('synchronous_commit', 'off', true);
  for level in 0..2 loop
    for s in 1..cardinality(scopes) loop
      at_owner := cursor_owner;
      idle_rounds := 0;
      while taken < max_count and idle_rounds < 2 loop
        select l.key, l.owner, l.head_seq into lane from lanes l
          where l.scope = scopes[s] and l.priority = level and l.head_seq is not null and l.leased_by is null
            and l.owner > at_owner and l.not_before <= now_at
          order by l.owner, l.not_before limit 1 for no key update skip locked;
        if not found then
          -- Round once: the system's own lanes have their turn, then the first user again.
          idle_rounds := idle_rounds + 1;
          at_owner := nobody;
          select l.key, l.owner, l.head_seq into lane from lanes l
            where l.scope = scopes[s] and l.priority = level and l.head_seq is not null and l.leased_by is null
              and l.owner = nobody and l.not_before <= now_at
            order by l.not_before limit 1 for no key update skip locked;
          if not found then
            continue;
          end if;
        end if;
        at_owner := lane.owner;
        if lane.owner <> nobody and
           (select count(*) from lanes l
             where l.scope = scopes[s] and l.owner = lane.owner and l.leased_by is not null) >= user_cap then
          continue;
        end if;
        idle_rounds := 0;
        taken := taken + 1;
        update lanes l set leased_by = worker, fence = l.fence + 1,
            lease_until = now_at + lease_ms * interval '1 millisecond'
          where l.key = lane.key
          returning l.key, l.user_id, l.fence, (extract(epoch from now_at - l.not_before) * 1000)::bigint
            into claim_lanes.key, claim_lanes.user_id, claim_lanes.fence, claim_lanes.waited_ms;
        update lane_items i set status = 'processing', attempt = i.attempt + 1, started_at = now_at
          where i.lane_key = lane.key and i.seq = lane.head_seq
          returning i.seq, i.type, i.kind, i.payload, i.attempt, i.cancel_requested, i.enqueued_at
            into claim_lanes.seq, claim_lanes.type, claim_lanes.kind, claim_lanes.payload, claim_lanes.attempt,
                 claim_lanes.cancel_requested, claim_lanes.enqueued_at;
        return next;
      end loop;
    end loop;
  end loop;
end $$;

-- Frees the lanes whose lease has ended or whose worker's session is gone, `asking` itself aside: it knows what it
-- works on. Their items go back to pending and keep their place. Lanes that are being committed this very moment are
-- left to their owner.
create function release_dead_leases(asking uuid) returns setof text
language plpgsql set enable_seqscan = off set jit = off as $$
declare
  dead text[];
begin
  -- Planned anew each time: over all leased lanes there is no key to look them up by.
  execute $dead$
    select array_agg(d.key) from (
      select l.key from lanes l
      where l.leased_by is not null and l.leased_by <> $1
        and (l.lease_until < (select app_now()) or l.leased_by not in (select live_workers()))
      for no key update skip locked
    ) d$dead$ into dead using asking;
  if dead is null then
    return;
  end if;
  -- Asked again now that they are locked: a worker that began after the first look is not in what it saw.
  return query
    with freed as (
      update lanes l set leased_by = null, lease_until = null, not_before = least(l.not_before, (select app_now()))
      where l.key = any (dead) and l.leased_by is not null
        and (l.lease_until < (select app_now()) or l.leased_by not in (select live_workers()))
      returning l.key, l.head_seq
    ), returned as (
      update lane_items i set status = 'pending' from freed
      where i.lane_key = freed.key and i.seq = freed.head_seq and i.status = 'processing'
    )
    select f.key from freed f;
end $$;

-- Asks the worker of a lane's first item to stop. The item keeps its place, and its lease until the worker has
-- stopped; one that nobody works yet is handed out with the request set. Returns whether there was an item.
create function request_cancel(lane text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- The lane first, as everybody does: its item can't end or change hands meanwhile.
  perform from lanes l where l.key = lane and l.head_seq is not null
    and (session_user <> {{app_role_literal}} or l.user_id = app_user_id()) for no key update;
  if not found then
    return false;
  end if;
  update lane_items i set cancel_requested = true from lanes l
    where l.key = lane and i.lane_key = l.key and i.seq = l.head_seq;
  return found;
end $$;
revoke execute on function request_cancel from public;
grant execute on function request_cancel to {{app_role}}, {{system_role}};
