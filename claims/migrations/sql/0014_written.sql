-- Papers that are closed (a nota's decision fed back, a letter sent) keep their texts ----------------------------------

create function claims_guard_written_paper() returns trigger language plpgsql as $$
declare
  closing text[] := array['version', 'outcome', 'decided_on', 'decided_by_id', 'decision_remark', 'sent_on', 'document'];
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from claims_papertemplate t where t.id = new.template_id and t.kind = new.kind) then
      perform claims_refuse('paper_template_kind', 'the version belongs to another kind of paper');
    end if;
  elsif (old.outcome <> '' or old.sent_on is not null)
    and to_jsonb(new) - closing is distinct from to_jsonb(old) - closing then
    perform claims_refuse('paper_is_open', 'a closed paper does not change');
  end if;
  return new;
end $$;

create trigger claims_guard_written_paper before insert or update on claims_writtenpaper
  for each row execute function claims_guard_written_paper();

create function claims_guard_paper_part() returns trigger language plpgsql as $$
declare
  owner bigint := coalesce((to_jsonb(new) ->> 'paper_id')::bigint, (to_jsonb(old) ->> 'paper_id')::bigint);
begin
  if exists (select 1 from claims_writtenpaper p where p.id = owner and (p.outcome <> '' or p.sent_on is not null)) then
    perform claims_refuse('paper_is_open', 'a closed paper does not change');
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;

create trigger claims_guard_paper_part before insert or update or delete on claims_papersection
  for each row execute function claims_guard_paper_part();
create trigger claims_guard_paper_part before insert or update or delete on claims_paperclaim
  for each row execute function claims_guard_paper_part();

create trigger append_only before update on claims_paperanswer for each row execute function claims_append_only();
