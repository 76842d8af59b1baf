-- since when a job is paused; without `paused_until` for ever
alter table jobs add column paused_at integer;
