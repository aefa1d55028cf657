do $$
declare
  watched text;
begin
  for watched in
    select tgrelid::regclass::text from pg_trigger where tgname = 'register_changes'
  loop
    execute format('drop trigger register_changes on %s', watched);
    execute format('drop trigger register_emptied on %s', watched);
  end loop;
end $$;
