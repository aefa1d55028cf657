-- A certificate says for good what was removed.
create function core_removals_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'a certificate of removal is never changed or removed' using errcode = '23514', constraint = 'append_only';
end $$;

create trigger append_only before update or delete on core_removal
  for each row execute function core_removals_append_only();
