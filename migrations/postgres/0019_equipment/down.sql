-- Before this nothing could be lent.
DELETE FROM bookings WHERE holder_kind = 'loan' OR resource_kind = 'loan';
ALTER TABLE bookings DROP CONSTRAINT bookings_holder_kind_check;
ALTER TABLE bookings ADD CONSTRAINT bookings_holder_kind_check CHECK (holder_kind IN ('event_session'));
ALTER TABLE bookings DROP CONSTRAINT bookings_resource_kind_check;
ALTER TABLE bookings ADD CONSTRAINT bookings_resource_kind_check CHECK (resource_kind IN ('space', 'person', 'equipment'));
DROP TABLE loans;
DROP TABLE equipment;
