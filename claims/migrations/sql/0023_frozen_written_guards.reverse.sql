drop trigger claims_check_frozen_subject on claims_frozenpaper;
drop function claims_check_frozen_subject();
drop function claims_written_digest(bigint);
