-- Settings of the whole installation that an admin changes while it runs. A key that is absent has its default.
create table settings (
  key text primary key,
  value jsonb not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
select protect_table('settings', 'system');
grant select on settings to {{app_role}};
create policy shared_read on settings for select to {{app_role}} using ((select app_user_id()) is not null);
