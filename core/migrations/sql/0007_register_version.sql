-- The register's version: a number that grows with every statement that writes content, whoever writes it.
-- What was made of the register at a version may be shown again for as long as the version is the same and nobody is writing.
create sequence core_register_version;

-- The lock goes before the number. Who reads the number and finds no lock then knows that every writer up to it has ended:
-- a lock is given up only after what was written can be seen. With its owner's rights: roles are given theirs only later.
create function core_register_changed() returns void language plpgsql security definer set search_path from current as $$
begin
  perform pg_advisory_xact_lock_shared(7203, 1);
  perform nextval('core_register_version');
end $$;

create function core_register_changes() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform core_register_changed();
  return null;
end $$;

-- First the number, then the locks: two statements, in this order. A sequence of which nothing was drawn says 1, as after its first.
create function core_register_state(out version bigint, out changing boolean) language plpgsql security definer
  set search_path from current as $$
begin
  select last_value + is_called::int into version from core_register_version;
  changing := exists (
    select from pg_locks
     where locktype = 'advisory' and classid = 7203 and objid = 1 and objsubid = 2
       and database = (select oid from pg_database where datname = current_database()));
end $$;

create procedure core_watch(tables text[]) language plpgsql as $$
declare
  watched text;
begin
  foreach watched in array tables loop
    execute format('create trigger register_changes after insert or update or delete on %I'
                   ' for each statement execute function core_register_changes()', watched);
    execute format('create trigger register_emptied after truncate on %I'
                   ' for each statement execute function core_register_changes()', watched);
  end loop;
end $$;
