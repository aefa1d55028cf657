-- Every table with content of the register is watched; not those that only tell what happened to it or to a request
-- (tests/house/test_register_version.py names them).
do $$
declare
  content text[];
begin
  select array_agg(relname::text order by relname) into content
    from pg_class
   where relkind = 'r' and relnamespace = current_schema()::regnamespace
     and relname ~ '^(core|partners|results|claims)_' and relname !~ 'event$'
     and relname not in (
       'core_cacheentry', 'core_deployment', 'core_removal', 'core_sending', 'core_session',
       'claims_bookswork', 'claims_freezing', 'claims_printout', 'claims_render');
  call core_watch(content);
end $$;
