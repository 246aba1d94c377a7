-- Lists over all of a user's occurrences, unread notifications, and lane items as jobs that a person may end.

-- All of a user's occurrences by time, and apart those that did not come: few among many.
create index occurrences_user_due on occurrences (user_id, due_at desc, id desc);
drop index occurrences_user;
create index occurrences_user_lost on occurrences (user_id, due_at desc, id desc)
  where fate in ('skipped', 'missed', 'failed');

create index notifications_unread on notifications (user_id, id desc) where read_at is null;

create index lane_items_enqueued on lane_items (enqueued_at desc, lane_key desc, seq desc);
-- By error, not by status, for the reason of lane_items_unfinished: what goes well never has one.
create index lane_items_troubled on lane_items (enqueued_at desc, lane_key desc, seq desc) where error is not null;

-- An item that waits in the middle of a lane may be ended by a person (platform/lanes/manage.ts): what follows an item
-- is the next one that is unfinished. Looked up once the lane is locked, so that none is overlooked.
do $$
declare
  before constant text := pg_get_functiondef('commit_effects'::regproc);
  at constant text := '      -- When what was urgent is done,';
  skipping constant text := $skip$
      -- What was ended by hand while it waited is stepped over.
      if next_head is not null then
        perform from lane_items i where i.lane_key = held_key and i.seq = next_head and i.finished_at is null;
        if not found then
          at_seq := next_head;
          select i.seq into next_head from lane_items i
            where i.lane_key = held_key and i.seq > at_seq and i.finished_at is null order by i.seq limit 1;
          update lanes set head_seq = next_head, idle_since = case when next_head is null then now_at end
            where key = held_key;
        end if;
      end if;
$skip$;
  after constant text := replace(before, at, ltrim(skipping, E'\n') || at);
begin
  if length(after) <> length(before) + length(ltrim(skipping, E'\n')) then
    raise exception 'commit_effects is not as it was';
  end if;
  execute after;
end $$;
