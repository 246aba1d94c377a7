-- A ticket opens one WebSocket within seconds: browsers can't send a header with it, and tokens never stand in URLs.
create table stream_tickets (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  ticket_hash text not null unique,
  caller jsonb not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index stream_tickets_user on stream_tickets (user_id);
create index stream_tickets_expires_at on stream_tickets (expires_at);
select protect_table('stream_tickets', 'system');
