SELECT type, version, octet_length(events) AS event_bytes, data_key FROM aurora_activity
----
DatabaseActivityMonitoringRecords|1.1|32|[65, 81, 73, 68, 65, 72, 104, 101, 110, 99, 114, 121, 112, 116, 101, 100]
