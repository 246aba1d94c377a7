-- How a user wants the web app: only what its contract names.
alter table users add column preferences jsonb not null default '{}';
grant select (preferences), update (preferences) on users to {{app_role}};
create or replace trigger touch_updated_at before update of email, first_name, last_name, name, role, timezone, locale,
    telegram_id, telegram_username, quiet_hours, daily_budget_usd, is_active, email_verified, image, two_factor_enabled,
    preferences on users
  for each row execute function touch_updated_at();

-- Whether there is an admin is asked by everybody who opens the sign-in page.
create index users_admins on users (id) where role = 'admin';
