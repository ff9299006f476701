-- How a project's ratings become pairs, and what each reviewer's word was worth in a snapshot.
alter table project add aggregation text not null default 'mean-strength-v1'
    check (aggregation in ('mean-strength-v1', 'reliability-v1'));

create table snapshot_reviewer (
    snapshot_id bigint           not null references snapshot,
    -- Their pseudonym.
    reviewer    uuid             not null,
    weight      double precision not null check (weight between 0 and 1),
    accuracy    double precision not null,
    labels      int              not null,
    primary key (snapshot_id, reviewer)
);
