-- The few tasks that somebody holds now: what the rating page counts places of.
create index assignment_leased on assignment (expires_at) include (task_id) where status = 'leased';
