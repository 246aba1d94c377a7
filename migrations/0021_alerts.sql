-- What is wrong now or was, and how the schedulers are. See docs/operations.md, "What is wrong now".

create table alerts (
  id uuid primary key,
  user_id uuid references users on delete cascade,   -- null = the system's
  -- What is wrong, open once at most. A user's has an id of theirs in it, so that no two users share one.
  key text not null,
  level text not null check (level in ('warning', 'error')),
  code text not null,
  message text not null,
  subject text,
  metadata jsonb not null default '{}',
  raised_at timestamptz not null default app_now(),
  cleared_at timestamptz,
  -- Whether it became a notification: what comes and goes does not each time.
  is_notified boolean not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index alerts_open on alerts (key) where cleared_at is null;
create index alerts_key on alerts (key, raised_at);
create index alerts_user on alerts (user_id, id desc);
create index alerts_cleared on alerts (cleared_at) where cleared_at is not null;
select protect_table('alerts', 'owned');
-- The system's: admins see them all, everybody what keeps their reminders from coming now.
create policy shared_read on alerts for select to {{app_role}} using (
  user_id is null and (select app_user_id()) is not null
  and ((cleared_at is null and level = 'error')
       or (select role from users where id = (select app_user_id())) = 'admin'));

alter table workers
  -- The last time the loop of its scheduler has looked at due, and the last time it has fired something.
  add column scheduler_seen_at timestamptz,
  add column scheduler_fired_at timestamptz;

-- How long ago the first due row should have fired, ms; null when none is due, NaN when due is locked against reading.
-- A row whose schedule is told of as stuck does not count: it fails for itself and holds nothing up.
--
-- Row by row along the index, whatever PostgreSQL believes of the tables when it makes the plan: see commit_effects. A
-- thousand stuck ones are more than single schedules: from there on they count.
create function due_lag_ms() returns double precision
language plpgsql volatile set lock_timeout = '200ms' set enable_seqscan = off set enable_sort = off set jit = off as $$
declare
  now_at constant timestamptz := app_now();
  first_at timestamptz;
  stuck int := 0;
  entry record;
begin
  for entry in select d.schedule_id, d.fire_at from due d where d.fire_at <= now_at order by d.fire_at limit 1000 loop
    first_at := coalesce(first_at, entry.fire_at);
    perform from alerts a where a.key = 'schedule_stuck:' || entry.schedule_id and a.cleared_at is null;
    if not found then
      return extract(epoch from now_at - entry.fire_at) * 1000;
    end if;
    stuck := stuck + 1;
  end loop;
  return case when stuck = 1000 then extract(epoch from now_at - first_at) * 1000 end;
exception when lock_not_available then
  return 'NaN';
end $$;
