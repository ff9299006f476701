-- Imports bring rows by the million, and half of what each cost was the look-up of rows that the same transaction had
-- written or locked (for key share) a moment before. What an import writes is therefore not looked up again; every other
-- row is, and nothing that is referred to can be deleted.

-- A pair's prompt and project are those of its responses.
alter table pair drop constraint pair_project_id_fkey;
alter table pair drop constraint pair_prompt_id_fkey;
alter table pair drop constraint pair_chosen_response_id_fkey;
alter table pair drop constraint pair_rejected_response_id_fkey;
alter table response drop constraint response_prompt_id_fkey;

create function response_needs_prompt() returns trigger language plpgsql as $$
begin
    perform from prompt where id = new.prompt_id for key share;
    if not found then
        raise foreign_key_violation using message = format('response %s: prompt %s is not there', new.id, new.prompt_id);
    end if;
    return null;
end $$;
create trigger response_needs_prompt after insert or update of prompt_id on response
    for each row when (new.import_id is null) execute function response_needs_prompt();

create function pair_needs_responses() returns trigger language plpgsql as $$
begin
    if (select count(*) from (select from response where id in (new.chosen_response_id, new.rejected_response_id)
                                 and prompt_id = new.prompt_id for key share) as found) < 2 then
        raise foreign_key_violation using message = format('pair %s: response %s or %s is no answer to prompt %s',
            new.id, new.chosen_response_id, new.rejected_response_id, new.prompt_id);
    end if;
    return null;
end $$;
create trigger pair_needs_responses
    after insert or update of prompt_id, chosen_response_id, rejected_response_id on pair
    for each row when (new.import_id is null) execute function pair_needs_responses();

-- One index by prompt serves both its responses and what keeps the imported ones single (no digest is equal to no other).
drop index response_by_prompt;
drop index response_of_import;
create unique index response_by_prompt on response (prompt_id, digest);

-- The same for pairs of imports, found by their prompt; and pairs without a task need no place in the index by task.
drop index pair_of_import;
create unique index pair_of_import on pair (prompt_id, chosen_response_id, rejected_response_id)
    where source = 'import';
drop index pair_of_task;
create unique index pair_of_task on pair (task_id, least(chosen_response_id, rejected_response_id),
                                          greatest(chosen_response_id, rejected_response_id))
    where task_id is not null;

-- Once a statement instead of once a row. A pair of ratings has a task, whose responses are referred to as such.
create function prompt_has_responses() returns trigger language plpgsql as $$
begin
    if exists (select from gone g join response r on r.prompt_id = g.id) then
        raise foreign_key_violation using message = 'a prompt that has responses cannot be deleted';
    end if;
    return null;
end $$;
create trigger prompt_has_responses after delete on prompt
    referencing old table as gone for each statement execute function prompt_has_responses();

create function response_has_pairs() returns trigger language plpgsql as $$
begin
    if exists (select from gone g join pair p on p.source = 'import' and p.prompt_id = g.prompt_id
                 and g.id in (p.chosen_response_id, p.rejected_response_id)) then
        raise foreign_key_violation using message = 'a response that has pairs cannot be deleted';
    end if;
    return null;
end $$;
create trigger response_has_pairs after delete on response
    referencing old table as gone for each statement execute function response_has_pairs();
