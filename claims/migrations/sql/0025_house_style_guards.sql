-- A reference document is what papers were made with: its file is never changed or removed, only taken into use or out of it ------

alter table claims_housestyle add constraint house_style_digest_true check (
  digest = encode(sha256(content), 'hex') and size = octet_length(content));

create function claims_guard_house_style() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - 'in_use' is distinct from to_jsonb(old) - 'in_use' then
    perform claims_refuse('append_only', 'a house style file is kept as it was added');
  end if;
  return new;
end $$;

create trigger claims_guard_house_style before update or delete on claims_housestyle
  for each row execute function claims_guard_house_style();
