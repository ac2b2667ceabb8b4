-- The role that a person had until then; absent in rows from before: the role they have now.
ALTER TABLE person_past ADD COLUMN role INTEGER CHECK (role IN (1, 2));
