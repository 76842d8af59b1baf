-- of `update:` anchors: the content that the card shows for sure, and the delivery that may be writing over it; 'several'
-- when more than one may, which is never taken for sure again
alter table anchors add column shown text;
alter table anchors add column writing text;

-- what was cut off the run's cards to make them fit, as JSON
alter table runs add column cuts text not null default '[]';

-- where Feishu refuses a card of the run for its content, a plain one goes out in a run of its own
alter table runs add column fallback integer not null default 0;
