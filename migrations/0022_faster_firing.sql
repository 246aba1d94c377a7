-- What fires ten thousand reminders at once, in fewer steps.

-- commit_effects: all users that are told something are locked in one order and counted on in one statement, each looked
-- up by its whole key; their events go in by another, which looks nothing up. So these plans fit tables of any size.
do $$
declare
  before constant text := pg_get_functiondef('commit_effects'::regproc);
  from_here constant int := position('  if jsonb_array_length(events) > 0 then' in before);
  to_here constant int := position(E'\n  perform end_privileged();' in before);
  declared constant text := '  item_priority smallint;';
  at_once constant text := $new$  if jsonb_array_length(events) > 0 then
    if by_tenant then
      perform from jsonb_array_elements(events) e
        where tenant is null or (e ->> 'user_id')::uuid is distinct from tenant;
      if found then
        raise insufficient_privilege using message = 'an event of another tenant';
      end if;
    end if;
    select array_agg(t.user_id), array_agg(t.total) into told, totals from (
      select (e ->> 'user_id')::uuid as user_id, count(*) as total from jsonb_array_elements(events) e
        where e ->> 'user_id' is not null group by 1 order by 1) as t;
    perform from users u where u.id = any (told) order by u.id for no key update;
    -- Without those that are no more: nobody is left to be told.
    with counted as (
      -- A user's place among those told, who are in order.
      update users u set event_seq = u.event_seq + totals[width_bucket(u.id, told)] where u.id = any (told)
        returning u.id, u.event_seq
    )
    select array_agg(c.id), array_agg(c.event_seq) into told, totals from (select * from counted order by id) as c;
    insert into events (user_id, seq, type, subject, payload, at)
      select t.user_id, totals[t.place] - t.behind, t.event ->> 'type', t.event ->> 'subject', t.event -> 'payload', now_at
      from (
        select e.user_id, e.event, width_bucket(e.user_id, told) as place,
               row_number() over (partition by e.user_id order by e.position desc) - 1 as behind
        from (select (event ->> 'user_id')::uuid as user_id, event, position
              from jsonb_array_elements(events) with ordinality as t(event, position)) as e
      ) as t
      where told[t.place] = t.user_id order by t.user_id, t.behind desc;
  end if;
$new$;
  after constant text := replace(
    left(before, from_here - 1) || at_once || substr(before, to_here),
    declared,
    declared || E'\n  told uuid[];\n  totals bigint[];'
  );
begin
  if from_here = 0 or to_here < from_here or position('totals bigint[]' in after) = 0 then
    raise exception 'commit_effects is not as it was';
  end if;
  execute after;
end $$;

-- The clock is asked once for a batch, not for each schedule that has fired: whoever sets updated_at has asked it.
create or replace trigger touch_updated_at before update on schedules
  for each row when (new.updated_at = old.updated_at) execute function touch_updated_at();

-- What is said behind fired reminders goes by many.
update lane_items set payload = jsonb_build_object('occurrence_ids', jsonb_build_array(payload -> 'occurrence_id'))
  where kind = 'reminder.speak' and finished_at is null and payload ? 'occurrence_id';
