-- A rating that a lead took out was not skipped by its reviewer.
alter table assignment drop constraint assignment_status_check;
alter table assignment add constraint assignment_status_check
    check (status in ('leased', 'rated', 'skipped', 'retracted'));
update assignment a
   set status = 'retracted', skip_reason = null
 where status = 'skipped'
   and exists (select 1 from rating r join retracted_rating x on x.rating_id = r.id where r.assignment_id = a.id);
