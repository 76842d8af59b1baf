-- the last run whose message arrived, as JSON: due_at, delivered_at, since, figures
alter table jobs add column last text;
-- how the job's condition stands, as JSON: since, streak, held_back; and the due time of the run that moved it
alter table jobs add column watch text;
alter table jobs add column watch_due integer;

-- what of a run becomes the job's `last` when a message of it has arrived, as JSON: since, figures
alter table runs add column candidate_last text;
-- each recipient has a message of their own: nobody is sent another's
alter table runs add column own_messages integer not null default 0;
create index runs_candidates on runs (job) where candidate_baseline is not null;
