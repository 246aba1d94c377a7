-- What of a thread fits into a model's window, and what is said when a reminder comes.

alter table threads
  -- Tokens as the provider of the last turn counted them, by those we had estimated.
  add column token_ratio real not null default 1 check (token_ratio between 0.5 and 2);

alter table reminders
  -- The instant prepared_text was worded for, or is being since prepared_at.
  add column prepared_for timestamptz,
  add column prepared_at timestamptz;
-- What is prepared is no change of the reminder.
create or replace trigger touch_updated_at before update of schedule_id, assistant_id, title, payload, done_at
    on reminders
  for each row execute function touch_updated_at();
