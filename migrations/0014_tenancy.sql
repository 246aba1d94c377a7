-- Tenants where the database's user can't make roles. See docs/decisions/0010-database-roles.md.

-- How the two roles are had here, as {mode, app, system}:
--   log_in   both log in for themselves
--   granted  both were made by the operator and are taken on by the database's user
--   owner    there are none: app and system are both the owner, under forced row security, told apart by the setting
--            app.system, 'on' for connections that work for all users
-- A constant that is written anew when the program finds it to be another way.
create function tenancy() returns jsonb language sql immutable parallel safe as $$ select {{tenancy_literal}}::jsonb $$;

-- Whether a tenant asks; in a privileged function too, where current_user is the owner.
create function app_by_tenant() returns boolean language sql stable parallel safe as $$
  select case tenancy() ->> 'mode'
    when 'owner' then current_setting('app.system', true) is distinct from 'on'
    when 'granted' then current_setting('role') = tenancy() ->> 'app'
    else session_user = tenancy() ->> 'app' end
$$;

-- Begins and ends what a `security definer` function does beyond its caller's rights: the owner needs the setting for
-- it where row security is forced. Answers app_by_tenant(). An error in between undoes the setting.
create function begin_privileged() returns boolean language plpgsql as $$
begin
  if not app_by_tenant() then
    return false;
  end if;
  if tenancy() ->> 'mode' = 'owner' then
    perform set_config('app.system', 'within', true);
  end if;
  return true;
end $$;

create function end_privileged() returns void language plpgsql as $$
begin
  if tenancy() ->> 'mode' = 'owner' and current_setting('app.system', true) = 'within' then
    perform set_config('app.system', '', true);
  end if;
end $$;

do $$
declare
  before constant text := pg_get_functiondef('commit_effects'::regproc);
  after text := replace(before, 'session_user = ' || quote_literal({{app_role_literal}}), 'begin_privileged()');
begin
  after := regexp_replace(after, 'end\s*\$function\$\s*$', E'\n  perform end_privileged();\nend $function$');
  if after !~ ':= begin_privileged\(\);.*perform end_privileged\(\);' then
    raise exception 'commit_effects is not as it was';
  end if;
  execute after;
end $$;

create or replace function request_cancel(lane text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  by_tenant constant boolean := begin_privileged();
  asked boolean := false;
begin
  -- The lane first, as everybody does: its item can't end or change hands meanwhile.
  perform from lanes l where l.key = lane and l.head_seq is not null
    and (not by_tenant or l.user_id = app_user_id()) for no key update;
  if found then
    update lane_items i set cancel_requested = true from lanes l
      where l.key = lane and i.lane_key = l.key and i.seq = l.head_seq;
    asked := found;
  end if;
  perform end_privileged();
  return asked;
end $$;

create or replace function set_due(schedule uuid, rule_revision int, next_fire_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if begin_privileged() then
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
  perform end_privileged();
end $$;

-- What of an account its user does not decide. The app role has no right to it; this holds for the owner too.
create function refuse_tenant() returns trigger language plpgsql as $$
begin
  if app_by_tenant() then
    raise insufficient_privilege using message = 'not for a user to change';
  end if;
  return new;
end $$;
create trigger refuse_tenant before update of id, email, role, is_active, telegram_id, telegram_username, daily_budget_usd,
    email_verified, two_factor_enabled on users
  for each row execute function refuse_tenant();

-- As in 0001, but for the roles as they are now, and so that it may be done again.
create or replace function protect_table(name text, kind text) returns void language plpgsql as $$
declare
  app constant text := tenancy() ->> 'app';
  system constant text := tenancy() ->> 'system';
  mine constant text := 'user_id = (select app_user_id())';
  policy text;
begin
  execute format('grant select, insert, update, delete on %I to %I', name, system);
  execute format('alter table %I enable row level security', name);
  foreach policy in array array['system_all', 'tenant', 'shared_read', 'tenant_read', 'tenant_add'] loop
    if exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = name and p.policyname = policy) then
      execute format('drop policy %I on %I', policy, name);
    end if;
  end loop;
  execute format('create policy system_all on %I to %I using (true) with check (true)', name, system);
  if exists (select from information_schema.columns c
             where c.table_schema = 'public' and c.table_name = name and c.column_name = 'updated_at') then
    execute format('create or replace trigger touch_updated_at before update on %I
                    for each row execute function touch_updated_at()', name);
  end if;
  case kind
    when 'system' then
      null;
    when 'owned' then
      execute format('grant select, insert, update, delete on %I to %I', name, app);
      execute format('create policy tenant on %I to %I using (%s) with check (%s)', name, app, mine, mine);
    when 'shared' then
      execute format('grant select, insert, update, delete on %I to %I', name, app);
      execute format('create policy tenant on %I to %I using (%s) with check (%s)', name, app, mine, mine);
      execute format('create policy shared_read on %I for select to %I
                      using (user_id is null and (select app_user_id()) is not null)', name, app);
    when 'append_only' then
      execute format('grant select, insert on %I to %I', name, app);
      execute format('create policy tenant_read on %I for select to %I using (%s)', name, app, mine);
      execute format('create policy tenant_add on %I for insert to %I with check (%s)', name, app, mine);
    else
      raise exception 'protect_table: unknown kind %', kind;
  end case;
end $$;

-- Run after migrations: where there is but the owner, row security holds for it too, and what is the system's asks for
-- its setting. Where there are roles, the owner does nothing but migrate and lend its rights to privileged functions:
-- to force row security upon it would take a policy that lets it through everywhere.
create function settle_tenancy() returns void language plpgsql as $$
declare
  forced constant boolean := tenancy() ->> 'mode' = 'owner';
  asks constant text := $asks$(select current_setting('app.system', true)) in ('on', 'within')$asks$;
  at record;
begin
  for at in
    select c.relname as name, c.relforcerowsecurity as is_forced, p.qual
      from pg_class c
      left join pg_policies p on p.schemaname = 'public' and p.tablename = c.relname and p.policyname = 'system_all'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity
  loop
    if at.is_forced <> forced then
      execute format('alter table %I %s row level security', at.name, case when forced then 'force' else 'no force' end);
    end if;
    if forced and at.qual = 'true' then
      execute format('alter policy system_all on %I using (%s) with check (%s)', at.name, asks, asks);
    end if;
  end loop;
end $$;
