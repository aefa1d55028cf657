drop trigger claims_guard_house_style on claims_housestyle;
drop function claims_guard_house_style();
alter table claims_housestyle drop constraint house_style_digest_true;
