-- db-scheduler's table, as its lane `member.outbox`: the news of this schema that is still to be delivered.
CREATE TABLE member.outbox (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX outbox_due ON member.outbox (priority DESC, execution_time) WHERE NOT picked;
CREATE INDEX outbox_heartbeat ON member.outbox (last_heartbeat) WHERE picked;

CREATE TABLE member.dead_letter (
    id        uuid        PRIMARY KEY,
    kind      text        NOT NULL,
    payload   jsonb       NOT NULL,
    attempts  integer     NOT NULL,
    reason    text        NOT NULL,
    failed_at timestamptz NOT NULL
);
