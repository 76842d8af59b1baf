-- `update:DAY` or `thread:DAY`: the message or the thread that a job's messages of one day share (table anchors)
alter table deliveries add column anchor text;
-- the message whose card it renews, or that it answers to: as of its last try
alter table deliveries add column renews text;
alter table deliveries add column replies_to text;

-- app, sms, phone; and how it went, as JSON: begun is written before the request leaves, which is never repeated
alter table deliveries add column urgent text;
alter table deliveries add column urged text;
create index deliveries_to_urge on deliveries (app) where urgent is not null and urged is null and state = 'delivered';

-- what Feishu last said of a batch, as JSON, and when it is asked again; null: never
alter table deliveries add column progress text;
alter table deliveries add column follow_at integer;
create index deliveries_to_follow on deliveries (app, follow_at) where follow_at is not null;

-- not unique: a renewed message has one delivery that made it, and any number that renewed it
drop index deliveries_message;
create index deliveries_message on deliveries (app, message_id) where message_id is not null;
