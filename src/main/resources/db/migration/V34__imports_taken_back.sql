-- An import can be taken back: what nothing uses yet goes again, all of it looked for by the import and by what refers to it.
alter table import_job add undone jsonb;
alter table import_job drop constraint import_job_status_check;
alter table import_job add check (status in
    ('receiving', 'checking', 'ready', 'importing', 'done', 'failed', 'discarded', 'undoing', 'undone'));
drop index import_unfinished;
create index import_unfinished on import_job (id) where status in ('checking', 'importing', 'undoing');

alter table task add import_id bigint;

-- A deletion looks for what refers to its row: without these it would read the whole table for each.
create index task_by_prompt on task (prompt_id);
create index task_response_by_response on task_response (response_id);
create index demonstration_by_prompt on demonstration (prompt_id) where prompt_id is not null;
create index evaluation_sample_by_prompt on evaluation_sample (prompt_id);
create index rating_by_task on rating (task_id);

-- Scores and comparisons are of responses that their task shows, which is what keeps those.
alter table task_score drop constraint task_score_response_id_fkey;
alter table task_score add foreign key (task_id, response_id) references task_response (task_id, response_id);
alter table delivered_comparison drop constraint delivered_comparison_first_response_id_fkey;
alter table delivered_comparison drop constraint delivered_comparison_second_response_id_fkey;
