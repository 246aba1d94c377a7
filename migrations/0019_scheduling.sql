-- Rules of every kind, what follows its user's time zone, asking again, and runs that no rule called for.

alter table schedules
  -- The wall-clock time a one-time schedule was given as; null where an instant was given.
  add column local_time text check (local_time ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$'),
  -- The DTSTART of an rrule that names none.
  add column starts_at timestamptz,
  -- Whether its zone changes with its user's.
  add column follows_user boolean not null default true,
  add column nag_every_s int check (nag_every_s >= 60),
  -- The instant that is asked about again until the user is done with it; null when nothing is open.
  add column nagging_since timestamptz,
  -- The instants of this revision come after it.
  add column revised_at timestamptz not null default app_now(),
  -- The wall-clock time of the last instant, as the zone's rules had it then: no newer rules fire it again.
  add column last_due_local text check (last_due_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$'),
  add constraint schedules_local_time_once check (local_time is null or type = 'one_time'),
  add constraint schedules_rrule_starts check ((rrule is null) = (starts_at is null));

update schedules s set follows_user = s.timezone = u.timezone from users u where u.id = s.user_id;
-- Nothing has used it so far.
alter table reminders drop column nag_every_s;

-- What made it due: the rule, asking again about an instant of the rule, the user at that moment, or the user for a
-- time that has passed.
alter table occurrences
  add column trigger text not null default 'schedule' check (trigger in ('schedule', 'nag', 'manual', 'backfill')),
  drop constraint occurrences_schedule_id_revision_due_at_key,
  add constraint occurrences_identity unique (schedule_id, revision, due_at, trigger);
