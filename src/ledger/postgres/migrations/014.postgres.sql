-- machines that take part. A drained one takes no new work until it is told to go on, however often it starts meanwhile
alter table processes add column node text collate "C" not null default '';
create table nodes (
  name text collate "C" primary key,
  seen_at bigint not null,
  drained_at bigint,
  -- a hash of each of its job files, as JSON
  jobs text collate "C" not null default '{}'
);
