-- Frozen papers: nothing of them is ever changed, each has all its files, and versions are numbered without gaps --------------

create trigger append_only before update or delete on claims_frozenpaper for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_frozenclaim for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_frozenfile for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_frozenfigure for each row execute function claims_append_only();

alter table claims_frozenfile add constraint frozen_file_digest_true check (
  digest = encode(sha256(content), 'hex') and size = octet_length(content));

create function claims_check_frozen_paper() returns trigger language plpgsql as $$
begin
  if new.number <> 1 + coalesce((select max(number) from claims_frozenpaper
                                  where kind = new.kind and subject = new.subject and public = new.public), 0) then
    perform claims_refuse('frozen_version_once', 'versions of a paper are numbered one after the other');
  end if;
  if new.public and not exists (select from claims_frozenpaper
                                 where id = new.internal_id and not public and kind = new.kind and subject = new.subject) then
    perform claims_refuse('frozen_public_of_internal', 'a public version is made from an internal version of the same paper');
  end if;
  new.written_in := pg_current_xact_id()::text::bigint;
  return new;
end $$;

create trigger claims_check_frozen_paper before insert on claims_frozenpaper
  for each row execute function claims_check_frozen_paper();

-- Files and figures come with their paper, in one transaction: a paper that is there takes no more of them. ------------------
create function claims_frozen_whole() returns trigger language plpgsql as $$
begin
  if (select count(*) from claims_frozenfile where paper_id = new.id and format in ('pdf', 'docx', 'odt')) <> 3
     or not exists (select from claims_frozenclaim where paper_id = new.id) then
    perform claims_refuse('frozen_whole', 'a frozen paper has its PDF, DOCX and ODT and names its claims');
  end if;
  return null;
end $$;

create constraint trigger claims_frozen_whole after insert on claims_frozenpaper deferrable initially deferred
  for each row execute function claims_frozen_whole();

create function claims_frozen_with_its_paper() returns trigger language plpgsql as $$
begin
  if not exists (select from claims_frozenpaper where id = new.paper_id and written_in = pg_current_xact_id()::text::bigint) then
    perform claims_refuse('append_only', 'a frozen paper takes nothing more');
  end if;
  return new;
end $$;

create trigger claims_frozen_with_its_paper before insert on claims_frozenclaim
  for each row execute function claims_frozen_with_its_paper();
create trigger claims_frozen_with_its_paper before insert on claims_frozenfile
  for each row execute function claims_frozen_with_its_paper();
create trigger claims_frozen_with_its_paper before insert on claims_frozenfigure
  for each row execute function claims_frozen_with_its_paper();

-- Redactions: what is left out and why never changes; each is confirmed once by another person, and withdrawn once --------------

create function claims_guard_redaction() returns trigger language plpgsql as $$
declare
  free text[] := array['confirmed_by_id', 'confirmed_at', 'withdrawn_by_id', 'withdrawn_at'];
begin
  if tg_op = 'INSERT' then
    if new.confirmed_at is not null or new.withdrawn_at is not null then
      perform claims_refuse('redaction_stands', 'a redaction is first proposed');
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' or to_jsonb(new) - free is distinct from to_jsonb(old) - free
     or old.withdrawn_at is not null
     or old.confirmed_at is not null and (new.confirmed_at, new.confirmed_by_id) is distinct from (old.confirmed_at, old.confirmed_by_id) then
    perform claims_refuse('redaction_stands', 'a redaction is confirmed or withdrawn, never changed');
  end if;
  return new;
end $$;

create trigger claims_guard_redaction before insert or update or delete on claims_redaction
  for each row execute function claims_guard_redaction();

-- Sets for the House: made once, of papers that stay ---------------------------------------------------------------------------

alter table claims_houseset add constraint house_set_digests_true check (
  (archive is null or archive_digest = encode(sha256(archive), 'hex'))
  and (reading is null or reading_digest = encode(sha256(reading), 'hex')));

create function claims_guard_house_set() returns trigger language plpgsql as $$
declare
  free text[] := array['state', 'message', 'archive', 'archive_digest', 'reading', 'reading_digest'];
begin
  if tg_op = 'DELETE' or old.state = 'done' or to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    perform claims_refuse('append_only', 'a set for the House is made once and never changed or removed');
  end if;
  return new;
end $$;

create trigger claims_guard_house_set before update or delete on claims_houseset
  for each row execute function claims_guard_house_set();
create trigger append_only before update or delete on claims_housesetpaper for each row execute function claims_append_only();
