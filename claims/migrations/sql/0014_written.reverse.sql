drop trigger append_only on claims_paperanswer;
drop trigger claims_guard_paper_part on claims_paperclaim;
drop trigger claims_guard_paper_part on claims_papersection;
drop function claims_guard_paper_part();
drop trigger claims_guard_written_paper on claims_writtenpaper;
drop function claims_guard_written_paper();
