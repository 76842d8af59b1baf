-- the last run that failed
alter table incidents add column last_run text not null default '';
-- of an app's incident the names of its jobs; of a job's the app's incident that is told instead of it
alter table incidents add column jobs text not null default '[]';
alter table incidents add column because integer;

-- the latest notice: what it says, its run, the ways it was tried by, when and to whom; and how many there were
alter table incidents add column notice text;
alter table incidents add column notice_run text;
alter table incidents add column notices integer not null default 0;
alter table incidents add column tried text not null default '[]';
alter table incidents add column noticed_at integer;
alter table incidents add column told_to text;
-- a program is telling it until then
alter table incidents add column call_until integer;

update incidents set last_run = run;
update incidents set tell = 'told', noticed_at = coalesce(closed_at, opened_at),
  notice = case state when 'open' then 'failure' else 'recovery' end
  where tell = 'queued';

create index incidents_to_tell on incidents (id) where tell = 'due';
create index incidents_calling on incidents (call_until) where tell = 'calling';
create index incidents_notice on incidents (notice_run) where notice_run is not null;
create index incidents_closed on incidents (closed_at) where state = 'closed';
