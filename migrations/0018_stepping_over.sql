-- What was ended by hand is stepped over item by item, each looked up by its whole key. With `finished_at is null` among
-- the conditions PostgreSQL may go by the index of unfinished items, and reads all that waits in a long lane at every
-- commit.
do $$
declare
  before constant text := pg_get_functiondef('commit_effects'::regproc);
  declared constant text := '  item_priority smallint;';
  stepping constant text := $old$      if next_head is not null then
        perform from lane_items i where i.lane_key = held_key and i.seq = next_head and i.finished_at is null;
        if not found then
          at_seq := next_head;
          select i.seq into next_head from lane_items i
            where i.lane_key = held_key and i.seq > at_seq and i.finished_at is null order by i.seq limit 1;
          update lanes set head_seq = next_head, idle_since = case when next_head is null then now_at end
            where key = held_key;
        end if;
      end if;
$old$;
  by_key constant text := $new$      at_seq := next_head;
      while next_head is not null loop
        select i.finished_at is null into waits from lane_items i
          where i.lane_key = held_key and i.seq = next_head;
        exit when waits;
        -- One that was put back at the end has left a gap.
        select case when l.next_seq > next_head + 1 then next_head + 1 end into next_head
          from lanes l where l.key = held_key;
      end loop;
      if next_head is distinct from at_seq then
        update lanes set head_seq = next_head, idle_since = case when next_head is null then now_at end
          where key = held_key;
      end if;
$new$;
  after constant text := replace(replace(before, stepping, by_key), declared, declared || E'\n  waits boolean;');
begin
  if position(by_key in after) = 0 or position('waits boolean;' in after) = 0 then
    raise exception 'commit_effects is not as it was';
  end if;
  execute after;
end $$;
