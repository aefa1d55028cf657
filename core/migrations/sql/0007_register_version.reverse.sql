drop procedure core_watch(text[]);
drop function core_register_state();
drop function core_register_changes();
drop sequence core_register_version;
