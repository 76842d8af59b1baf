-- when the message that `baseline` is about arrived; null: it was remembered without one
alter table jobs add column baseline_at integer;
