-- Replies made anew, messages edited and sent again, and what a list of threads is ordered by.

-- The message that took this one's place, in the same thread. Nothing is deleted; what is superseded is not shown to
-- models. Checked at the end of the transaction: a reply makes room in its turn before the next is there.
alter table messages add column superseded_by uuid references messages deferrable initially deferred;
-- Looked up for every message that is deleted.
create index messages_superseded_by on messages (superseded_by) where superseded_by is not null;

-- Exactly one reply per turn, and one question, besides those that are superseded.
drop index messages_one_per_turn;
create unique index messages_one_per_turn on messages (turn_id, role) where superseded_by is null;

-- When the thread's last message came; until there is one, when the thread was made. In milliseconds, as cursors have it.
alter table threads add column last_message_at timestamptz(3) not null default app_now();
alter table threads disable trigger touch_updated_at;
-- Where row security is forced on the owner, it works for all users here.
select set_config('app.system', 'on', true);
update threads t set last_message_at = coalesce(
  (select m.created_at from messages m where m.thread_id = t.id order by m.seq desc limit 1), t.created_at);
select set_config('app.system', '', true);
alter table threads enable trigger touch_updated_at;
create index threads_by_activity on threads (user_id, last_message_at desc, id desc);

-- Asks the worker of a lane's first item to stop, where the item's payload has all of `wanted`. The item keeps its place,
-- and its lease until the worker has stopped; one that nobody works yet is handed out with the request set. Returns
-- whether there was such an item. It is the one that is first when this is asked: the next is not meant, should that one
-- end while we wait for the lane.
drop function request_cancel(text);
create function request_cancel(lane text, wanted jsonb default '{}') returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  by_tenant constant boolean := begin_privileged();
  first_seq bigint;
  asked boolean := false;
begin
  select l.head_seq into first_seq from lanes l where l.key = lane and (not by_tenant or l.user_id = app_user_id());
  -- The lane first, as everybody does: its item can't end or change hands meanwhile.
  perform from lanes l where l.key = lane and l.head_seq = first_seq for no key update;
  if found then
    update lane_items i set cancel_requested = true
      where i.lane_key = lane and i.seq = first_seq and i.payload @> wanted;
    asked := found;
  end if;
  perform end_privileged();
  return asked;
end $$;
revoke execute on function request_cancel from public;
grant execute on function request_cancel to {{app_role}}, {{system_role}};
