-- Until when a run may still begin: what waits longer is missed, and its owner hears. Null: until its messages would be late.
alter table runs add column start_until integer;

-- What is older than it is kept for goes. A body that many messages share stays with the latest of them.
alter table contents add column used_at integer not null default 0;
update contents set used_at = cast(unixepoch('subsec') * 1000 as integer);
create index contents_by_use on contents (used_at);
alter table meta add column pruned_at integer not null default 0;
-- up to this run, in the order in which they were opened, the tries of their messages are gone
alter table meta add column attempts_gone integer not null default 0;
alter table meta add column attempts_gone_run text not null default '';
