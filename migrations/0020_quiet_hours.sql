-- What is not urgent waits for the end of its user's quiet hours: until then it is there, and not told.
alter table notifications add column held_until timestamptz;
