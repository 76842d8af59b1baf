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

alter table app_gates add column closed_at integer not null default 0;

-- Feishu's clock at its last answer, and this machine's uptime and boot then
alter table meta add column feishu_at integer;
alter table meta add column feishu_uptime integer;
alter table meta add column feishu_boot text;

-- the latest time that was ever seen: behind it, the clock was set back
alter table meta add column clock integer not null default 0;
