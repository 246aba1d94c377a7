-- What every table stands on: the clock, the tenant, and how a table is protected.
-- {{app_role}} and {{system_role}} are replaced by this database's two log-in roles, quoted.

-- The clock that decides. clock_timestamp() plus an offset that only tests may set.
create table app_clock (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null default 0
);
insert into app_clock default values;

-- In PL/pgSQL, which keeps its plan for the session: as SQL it takes three times as long.
create function app_now() returns timestamptz
language plpgsql volatile parallel safe security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return clock_timestamp() + (select offset_ms from public.app_clock) * interval '1 millisecond';
end $$;

-- The user on whose behalf this transaction runs; null when there is none.
create function app_user_id() returns uuid
language sql stable parallel safe as $$
  select nullif(current_setting('app.user_id', true), '')::uuid
$$;

create function touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at = app_now();
  return new;
end $$;

-- Protects a table: rights, row-level security and the updated_at trigger, in one place.
--   'owned'       rows belong to user_id: the app role sees and writes its tenant's only
--   'shared'      as owned, and rows without user_id are readable by every tenant, writable by the system
--   'append_only' as owned, but the app role may only add and read
--   'system'      no right for the app role at all
create function protect_table(name text, kind text) returns void language plpgsql as $$
declare
  mine constant text := 'user_id = (select app_user_id())';
begin
  execute format('grant select, insert, update, delete on %I to {{system_role}}', name);
  execute format('alter table %I enable row level security', name);
  execute format('create policy system_all on %I to {{system_role}} using (true) with check (true)', name);
  if exists (select from information_schema.columns c
             where c.table_schema = 'public' and c.table_name = name and c.column_name = 'updated_at') then
    execute format('create trigger touch_updated_at before update on %I
                    for each row execute function touch_updated_at()', name);
  end if;
  case kind
    when 'system' then
      null;
    when 'owned' then
      execute format('grant select, insert, update, delete on %I to {{app_role}}', name);
      execute format('create policy tenant on %I to {{app_role}} using (%s) with check (%s)', name, mine, mine);
    when 'shared' then
      execute format('grant select, insert, update, delete on %I to {{app_role}}', name);
      execute format('create policy tenant on %I to {{app_role}} using (%s) with check (%s)', name, mine, mine);
      execute format('create policy shared_read on %I for select to {{app_role}}
                      using (user_id is null and (select app_user_id()) is not null)', name);
    when 'append_only' then
      execute format('grant select, insert on %I to {{app_role}}', name);
      execute format('create policy tenant_read on %I for select to {{app_role}} using (%s)', name, mine);
      execute format('create policy tenant_add on %I for insert to {{app_role}} with check (%s)', name, mine);
    else
      raise exception 'protect_table: unknown kind %', kind;
  end case;
end $$;

-- Only tests may move the clock; they connect as the owner.
grant select on app_clock to {{system_role}};
