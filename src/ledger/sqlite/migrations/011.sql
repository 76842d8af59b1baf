-- What is looked for all the time is found without reading the history: an index of a list of states is none for one.
drop index runs_open;
create index runs_pending on runs (priority, not_before, created_at) where state = 'pending';
create index runs_running on runs (deadline_at) where state = 'running';
create index runs_delivering on runs (id) where state = 'delivering';
