-- As before, but where nothing is ready nothing is looked for twice: a look at each priority of each scope, all in one
-- statement, and the lanes one by one only where there are some.
create or replace function claim_lanes(worker uuid, scopes text[], max_count int, user_cap int, lease_ms int, cursor_owner uuid)
returns table (key text, user_id uuid, fence bigint, seq bigint, type text, kind text, payload jsonb, attempt int,
               cancel_requested boolean, enqueued_at timestamptz, waited_ms bigint)
language plpgsql set enable_seqscan = off set jit = off as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  now_at constant timestamptz := app_now();
  place record;
  lane record;
  at_owner uuid;
  taken int := 0;
  idle_rounds int;
begin
  -- A claim that a crash of PostgreSQL undoes is made again: no wait for the disk.
  perform set_config('synchronous_commit', 'off', true);
  for place in
    select s.scope, level::smallint as priority
      from generate_series(0, 2) as level
      cross join unnest(scopes) with ordinality as s(scope, nr)
      cross join lateral (
        select from lanes l
          where l.scope = s.scope and l.priority = level and l.head_seq is not null and l.leased_by is null
            and l.not_before <= now_at
          limit 1
      ) as ready
      order by level, s.nr
  loop
    at_owner := cursor_owner;
    idle_rounds := 0;
    while taken < max_count and idle_rounds < 2 loop
      select l.key, l.owner, l.head_seq into lane from lanes l
        where l.scope = place.scope and l.priority = place.priority and l.head_seq is not null and l.leased_by is null
          and l.owner > at_owner and l.not_before <= now_at
        order by l.owner, l.not_before limit 1 for no key update skip locked;
      if not found then
        -- Round once: the system's own lanes have their turn, then the first user again.
        idle_rounds := idle_rounds + 1;
        at_owner := nobody;
        select l.key, l.owner, l.head_seq into lane from lanes l
          where l.scope = place.scope and l.priority = place.priority and l.head_seq is not null and l.leased_by is null
            and l.owner = nobody and l.not_before <= now_at
          order by l.not_before limit 1 for no key update skip locked;
        if not found then
          continue;
        end if;
      end if;
      at_owner := lane.owner;
      if lane.owner <> nobody and
         (select count(*) from lanes l
           where l.scope = place.scope and l.owner = lane.owner and l.leased_by is not null) >= user_cap then
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
end $$;
