drop trigger append_only on core_removal;
drop function core_removals_append_only();
