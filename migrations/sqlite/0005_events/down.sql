DROP TABLE event_sessions;
DROP TABLE events;
DROP TABLE bookings;
