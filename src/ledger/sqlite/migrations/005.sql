-- of the latest notice: who has it (as reports show them), and who was missed by which way and why, as JSON
alter table incidents add column heard text not null default '[]';
alter table incidents add column misses text not null default '[]';
-- the ways by which anybody heard that it fails
alter table incidents add column heard_by text not null default '[]';
update incidents set heard_by = tried where state = 'open' and tell = 'told';

-- the incidents in which this run has counted as a failure: however often it is resent, it counts once
alter table runs add column counted_in text not null default '[]';
