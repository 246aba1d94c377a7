-- What requests to models that are under way may cost at most, so that those of one user that run at the same moment keep
-- to the day's budget together.
create table usage_reservations (
  -- The turn, or what else asks one model after the other.
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  cost_usd numeric(14, 8) not null,
  -- When it lapses, should its process have died.
  expires_at timestamptz not null
);
create index usage_reservations_user on usage_reservations (user_id);
select protect_table('usage_reservations', 'owned');
