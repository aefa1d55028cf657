drop trigger append_only on core_exchangerate;
drop function core_rates_append_only();
