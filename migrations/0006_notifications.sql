create table notifications (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  kind text not null check (kind in ('reminder', 'task', 'approval', 'draft', 'system')),
  title text,
  message text not null,
  priority smallint not null default 3 check (priority between 1 and 5),
  tags text[] not null default '{}',
  actions jsonb not null default '[]',
  subject text,
  occurrence_id uuid references occurrences on delete cascade,
  read_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index notifications_user on notifications (user_id, id desc);
-- One reminder occurrence makes exactly one notification.
create unique index notifications_one_per_reminder on notifications (occurrence_id) where kind = 'reminder';
create index notifications_occurrence on notifications (occurrence_id) where occurrence_id is not null;
select protect_table('notifications', 'owned');

create table deliveries (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  notification_id uuid references notifications on delete cascade,
  channel text not null check (channel in ('web', 'redis')),
  target text,
  body jsonb,
  status text not null default 'pending'
    check (status in ('pending', 'sending', 'sent', 'uncertain', 'failed', 'cancelled')),
  attempts int not null default 0,
  external_id text,
  idempotency_key text not null unique,
  error text,
  sent_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index deliveries_notification on deliveries (notification_id);
create index deliveries_user on deliveries (user_id);
select protect_table('deliveries', 'owned');
