-- What a delivered rating says of two responses: above 0 the first is better, below 0 the second, 0 is a tie.
create table delivered_comparison (
    rating_id          uuid    not null references delivered_rating on delete cascade,
    first_response_id  bigint  not null references response,
    second_response_id bigint  not null references response,
    strength           int     not null check (strength between -3 and 3),
    both_bad           boolean not null,
    primary key (rating_id, first_response_id, second_response_id)
);
insert into delivered_comparison
select d.rating_id, least(a.response_id, b.response_id), greatest(a.response_id, b.response_id),
       case when d.verdict <> 'preference' then 0
            when d.preferred_response_id = least(a.response_id, b.response_id) then d.strength
            else -d.strength end,
       d.verdict = 'both_bad'
  from delivered_rating d
  join task_response a on a.task_id = d.task_id and a.position = 0
  join task_response b on b.task_id = d.task_id and b.position = 1
 where d.verdict <> 'withdrawn';
alter table delivered_rating add withdrawn boolean not null default false;
update delivered_rating set withdrawn = verdict = 'withdrawn';
alter table delivered_rating alter withdrawn drop default;
alter table delivered_rating drop column verdict;
alter table delivered_rating drop column preferred_response_id;
alter table delivered_rating drop column other_response_id;
alter table delivered_rating drop column strength;
alter table delivered_rating rename column guidelines_version to instructions_version;

-- A task of several responses makes a pair of each two that were told apart.
alter table pair drop constraint pair_task_id_key;
create unique index pair_of_task on pair (task_id, least(chosen_response_id, rejected_response_id),
                                          greatest(chosen_response_id, rejected_response_id));

-- Ratings that were stored but not yet delivered go out again as events of the new form.
delete from outbox where published_at is null and topic = 'feedback.rating.v1';
insert into outbox (event_id, topic, record_key, type, payload, created_at)
select gen_random_uuid(), 'feedback.rating.v2', r.task_id::text, 'dev.ratchet.feedback.rating.v2',
       jsonb_build_object('ratingId', r.id, 'revision', r.revision, 'projectId', t.project_id, 'taskId', r.task_id,
           'reviewer', c.pseudonym, 'withdrawn', r.withdrawn, 'instructionsVersion', r.instructions_version,
           'occurredAt', to_char(r.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'comparisons', case when r.withdrawn then '[]' else jsonb_build_array(jsonb_build_object(
               'firstResponseId', least(a.shown[1], a.shown[2]), 'secondResponseId', greatest(a.shown[1], a.shown[2]),
               'bothBad', r.answers #>> '{preference,verdict}' = 'both_bad',
               -- Below 0 the one shown first was better.
               'strength', coalesce((r.answers #>> '{preference,strength}')::int, 0)
                           * case when a.shown[1] < a.shown[2] then -1 else 1 end)) end)::text,
       r.created_at
  from rating r
  join task t on t.id = r.task_id
  join assignment a on a.id = r.assignment_id
  join account c on c.id = r.account_id
  left join delivered_rating d on d.rating_id = r.id
 where not exists (select 1 from rating n where n.id = r.id and n.revision > r.revision)
   and (d.rating_id is null or d.revision < r.revision)
 order by r.created_at;
