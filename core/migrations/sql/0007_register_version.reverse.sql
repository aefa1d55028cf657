drop procedure core_watch(text[]);
drop function core_register_state();
drop function core_register_changes();
drop function core_register_changed();
drop sequence core_register_version;
