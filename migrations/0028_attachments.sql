-- Files in messages.

-- What the keys of this installation's stored files begin with, so that others may use the same store.
create table file_space (
  only_row boolean primary key default true check (only_row),
  id uuid not null default gen_random_uuid()
);
insert into file_space default values;
grant select on file_space to {{system_role}};

-- A file that a user has uploaded. Its bytes lie in the file store; what lies there without a row is swept up, so that
-- whatever deletes the row deletes the file.
create table attachments (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- Null until it is sent.
  message_id uuid references messages on delete cascade,
  name text not null,
  -- By its bytes, not by what it is said to be.
  media_type text not null,
  size_bytes integer not null check (size_bytes > 0),
  sha256 text not null,
  -- Of images.
  width integer,
  height integer,
  storage_key text not null unique,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create index attachments_user on attachments (user_id, id desc);
create index attachments_message on attachments (message_id) where message_id is not null;
create index attachments_unsent on attachments (created_at) where message_id is null;
select protect_table('attachments', 'owned');
