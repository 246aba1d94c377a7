create table schedules (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  kind text not null check (kind in ('reminder', 'task', 'system')),
  type text not null check (type in ('one_time', 'recurring')),
  trigger_at timestamptz,
  cron_expression text,
  rrule text,
  timezone text not null,
  status text not null default 'active' check (status in ('active', 'paused', 'completed', 'cancelled')),
  catch_up text not null default 'latest' check (catch_up in ('latest', 'all', 'skip')),
  catch_up_window_s int check (catch_up_window_s > 0),
  jitter_s int not null default 0 check (jitter_s >= 0),
  snoozed_from uuid references schedules on delete set null,
  revision int not null default 1,
  last_fired_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  constraint schedules_one_rule check (
    case type when 'one_time' then trigger_at is not null and cron_expression is null and rrule is null
              else trigger_at is null and num_nonnulls(cron_expression, rrule) = 1 end)
);
create index schedules_user on schedules (user_id, id desc);
create index schedules_active on schedules (user_id) where status = 'active';
create index schedules_snoozed_from on schedules (snoozed_from) where snoozed_from is not null;
select protect_table('schedules', 'owned');

-- Time: the next instant of every active schedule, and nothing else.
create table due (
  schedule_id uuid primary key references schedules on delete cascade,
  revision int not null,
  fire_at timestamptz not null
);
create index due_fire_at on due (fire_at);
select protect_table('due', 'system');

-- The app role writes due only for its tenant's schedules. A null fire_at takes the row away.
create function set_due(schedule uuid, rule_revision int, next_fire_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if session_user = {{app_role_literal}} then
    perform from schedules s where s.id = schedule and s.user_id = app_user_id();
    if not found then
      raise insufficient_privilege using message = 'a schedule of another tenant';
    end if;
  end if;
  if next_fire_at is null then
    delete from due where schedule_id = schedule;
  else
    insert into due (schedule_id, revision, fire_at) values (schedule, rule_revision, next_fire_at)
      on conflict (schedule_id) do update set revision = excluded.revision, fire_at = excluded.fire_at;
  end if;
end $$;
revoke execute on function set_due from public;
grant execute on function set_due to {{app_role}}, {{system_role}};

-- What a user may read of due: their own schedules' next instants.
grant select on due to {{app_role}};
create policy tenant_read on due for select to {{app_role}}
  using (schedule_id in (select id from schedules where user_id = (select app_user_id())));

create table occurrences (
  id uuid primary key,
  schedule_id uuid not null references schedules on delete cascade,
  user_id uuid references users on delete cascade,
  revision int not null,
  due_at timestamptz not null,
  until timestamptz,
  count int not null default 1 check (count > 0),
  fired_at timestamptz,
  fate text not null check (fate in ('fired', 'delivered', 'skipped', 'missed', 'failed')),
  late_ms int check (late_ms >= 0),
  reason text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  unique (schedule_id, revision, due_at),
  constraint occurrences_fired_has_lateness check ((fired_at is null) = (late_ms is null))
);
create index occurrences_user on occurrences (user_id, id desc);
select protect_table('occurrences', 'owned');

create table reminders (
  id uuid primary key,
  schedule_id uuid not null unique references schedules on delete cascade,
  user_id uuid not null references users on delete cascade,
  assistant_id uuid not null references assistants on delete cascade,
  title text,
  payload jsonb not null check (jsonb_typeof(payload) = 'object' and payload ? 'text'),
  prepared_text text,
  nag_every_s int check (nag_every_s > 0),
  done_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index reminders_user on reminders (user_id, id desc);
create index reminders_assistant on reminders (assistant_id);
select protect_table('reminders', 'owned');
