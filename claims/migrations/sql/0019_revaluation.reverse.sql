drop trigger claims_check_revaluation on claims_revaluation;
drop function claims_check_revaluation();
alter table claims_revaluation drop constraint revaluation_reckoned;
drop trigger append_only on claims_revaluation;
