-- How far each listener has come with the news of each member. Written in the transaction of the listener's effect, so
-- that an event that comes twice has one effect, and one that comes early waits for those before it. One row, however
-- much news there is: nothing to prune, and a dead letter may be replayed after years. After a deletion, the row is all
-- that is left of a member: it says that nothing comes any more.
CREATE TABLE storage.inbox (
    member_id uuid   NOT NULL,
    listener  text   NOT NULL, -- '*': of everybody: where a new listener begins, and whether the member has gone
    sequence  bigint NOT NULL, -- the largest number after the deletion, which nothing follows
    PRIMARY KEY (member_id, listener)
);

-- The sign-ups of those who are here were delivered before there was an inbox.
INSERT INTO storage.inbox (member_id, listener, sequence) SELECT owner_id, '*', 1 FROM storage.space;
