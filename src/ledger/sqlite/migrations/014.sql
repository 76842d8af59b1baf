-- machines that take part. A drained one takes no new work until it is told to go on, however often it starts meanwhile
alter table processes add column node text not null default '';
create table nodes (
  name text primary key,
  seen_at integer not null,
  drained_at integer,
  -- a hash of each of its job files, as JSON
  jobs text not null default '{}'
) without rowid;
