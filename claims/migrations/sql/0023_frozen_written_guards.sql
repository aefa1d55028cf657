-- What a frozen paper is about is there, and a nota's or letter's texts and head are marked as they were -----------------------

create function claims_written_digest(asked bigint) returns text language sql stable as $$
  select encode(sha256(convert_to(jsonb_build_object(
      'head', to_jsonb(p) - array['version', 'sent_on', 'document', 'created_at', 'created_by_id'],
      'texts', (select jsonb_agg(jsonb_build_array(s.heading_id, s.text) order by s.heading_id)
                  from claims_papersection s where s.paper_id = p.id and s.text <> ''),
      'claims', (select jsonb_agg(c.claim_id order by c.position, c.id) from claims_paperclaim c where c.paper_id = p.id),
      'addressees', (select jsonb_agg(a.party_id order by a.party_id)
                       from claims_writtenpaper_addressees a where a.writtenpaper_id = p.id),
      'results', (select jsonb_agg(r.result_id order by r.result_id)
                    from claims_writtenpaper_key_results r where r.writtenpaper_id = p.id),
      'items', (select jsonb_agg(h.houseitem_id order by h.houseitem_id)
                  from claims_writtenpaper_house_items h where h.writtenpaper_id = p.id))::text, 'UTF8')), 'hex')
    from claims_writtenpaper p where p.id = asked
$$;

create function claims_check_frozen_subject() returns trigger language plpgsql as $$
begin
  if new.written_id is null then
    new.written_digest := '';
    if not exists (select from claims_claim where public_id = new.subject) then
      perform claims_refuse('frozen_subject_one', 'a frozen paper is about a claim that is there');
    end if;
    return new;
  end if;
  if not exists (select from claims_writtenpaper
                  where id = new.written_id and public_id = new.subject and kind = new.kind) then
    perform claims_refuse('frozen_subject_one', 'a frozen nota or letter is about that nota or letter');
  end if;
  new.written_digest := coalesce(
    (select written_digest from claims_frozenpaper where id = new.internal_id), claims_written_digest(new.written_id));
  return new;
end $$;

create trigger claims_check_frozen_subject before insert on claims_frozenpaper
  for each row execute function claims_check_frozen_subject();
