-- What was entered with a visit and differs from what is known of the guest whose number it is: it is the visit's own, so that
-- neither is lost.

ALTER TABLE dbo.janji_temu ADD instansi NVARCHAR(200) COLLATE Latin1_General_CI_AS NULL;
ALTER TABLE dbo.janji_temu ADD email NVARCHAR(254) COLLATE Latin1_General_BIN2 NULL;
