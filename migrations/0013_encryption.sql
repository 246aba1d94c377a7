-- Data keys of the envelope encryption, each wrapped by a key derived from SECRET_KEY. One is in use: the one that is
-- not retired; the others open what was sealed before a rotation, and are deleted when nothing is left of that.
create table encryption_keys (
  id uuid primary key,
  wrapped_key bytea not null,
  -- The same, wrapped for the SECRET_KEY that the next start may bring (./manage keys change-secret).
  next_wrapped_key bytea,
  retired_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now()
);
create unique index encryption_keys_in_use on encryption_keys ((retired_at is null)) where retired_at is null;
select protect_table('encryption_keys', 'system');

-- Makes a bytea column one of sealed values: beside it, <column>_sealed_by says which key sealed the value (its bytes
-- 2 to 17) and references it. So nothing that is not sealed gets in, and no key is deleted that something needs, not
-- even by a rotation that meets a writer who is late.
create function protect_sealed(table_name text, column_name text) returns void language plpgsql as $$
declare
  sealed_by constant text := column_name || '_sealed_by';
begin
  execute format('alter table %I add column %I uuid
                    generated always as (encode(substring(%I from 2 for 16), ''hex'')::uuid) stored
                    references encryption_keys', table_name, sealed_by, column_name);
  execute format('create index %I on %I (%I)', table_name || '_' || sealed_by, table_name, sealed_by);
end $$;

select protect_sealed('signing_keys', 'private_key');
select protect_sealed('idempotency_keys', 'answer');
