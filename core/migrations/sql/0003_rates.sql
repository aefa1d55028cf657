-- A rate that was published stays as it was: what was reckoned with it can be reckoned again.
create function core_rates_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'exchange rates are never changed or removed' using errcode = '23514', constraint = 'rate_append_only';
end $$;

create trigger append_only before update or delete on core_exchangerate
  for each row execute function core_rates_append_only();
