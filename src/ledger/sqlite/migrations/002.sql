-- the run's priority beside each delivery, so that what is urgent is found first without a sort
alter table deliveries add column priority integer not null default 2;
update deliveries set priority = coalesce((select priority from runs where runs.id = deliveries.run), 2);
drop index deliveries_open;
create index deliveries_open on deliveries (app, priority, not_before)
  where state in ('queued', 'retrying', 'unknown') and settled = 0;

-- 0: the other side does not know our uuid, so a lost answer is never repeated by itself
alter table deliveries add column remembers integer not null default 1;

-- recalled_at says when it was taken back; recall_refused why it could not be, as JSON
alter table deliveries add column recall_refused text;
create index runs_recalled on runs (id) where recall = 1;

create index pace_learnt on pace (key) where window_ms is not null;

alter table app_gates add column closed_at integer not null default 0;

-- Feishu's clock at its last answer, and this machine's uptime and boot then
alter table meta add column feishu_at integer;
alter table meta add column feishu_uptime integer;
alter table meta add column feishu_boot text;

-- the latest time that was ever seen: behind it, the clock was set back
alter table meta add column clock integer not null default 0;

-- one tree instead of three: an attempt is found by its delivery and its number
alter table attempts rename to attempts_001;
create table attempts (
  delivery text not null references deliveries (id) on delete cascade,
  n integer not null,
  begun_at integer not null,
  -- the same instant in Feishu's time or earlier, 0 when nothing was known: its memory of a uuid counts from here
  begun_feishu integer not null,
  ended_at integer,
  outcome text,
  http integer,
  code integer,
  log_id text,
  primary key (delivery, n)
) without rowid;
insert into attempts select delivery, n, begun_at, begun_feishu, ended_at, outcome, http, code, log_id from attempts_001;
drop table attempts_001;
