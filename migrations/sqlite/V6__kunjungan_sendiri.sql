-- What was entered with a visit and differs from what is known of the guest whose number it is: it is the visit's own, so that
-- neither is lost.

ALTER TABLE janji_temu ADD COLUMN instansi TEXT;
ALTER TABLE janji_temu ADD COLUMN email TEXT;
