-- Whether a reminder was set where strangers' words had been read: what it says then is theirs, too.
alter table reminders add column tainted boolean not null default false;
