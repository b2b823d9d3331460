-- db-scheduler's table, as the lane `storage.job`: short work, somebody may be waiting for it.
CREATE TABLE storage.job (
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
CREATE INDEX job_due ON storage.job (priority DESC, execution_time) WHERE NOT picked;
CREATE INDEX job_heartbeat ON storage.job (last_heartbeat) WHERE picked;

CREATE TABLE storage.dead_letter (
    id        uuid        PRIMARY KEY,
    kind      text        NOT NULL,
    payload   jsonb       NOT NULL,
    attempts  integer     NOT NULL,
    reason    text        NOT NULL,
    failed_at timestamptz NOT NULL
);

-- The same for long work: making videos playable.
CREATE TABLE storage.long_job (LIKE storage.job INCLUDING ALL);
