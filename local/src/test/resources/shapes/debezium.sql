SELECT op, changed_at, committed_at, connector, source_table, transaction_id, order_id, status, old_status, total FROM debezium ORDER BY changed_at
----
c|2025-10-09T08:53:20.123Z|2025-10-09T08:53:20.118Z|postgresql|orders|571|17|placed|null|12.50
u|2025-10-09T08:53:21Z|2025-10-09T08:53:20.995Z|postgresql|orders|571|17|shipped|placed|12.50
d|2025-10-09T08:53:22Z|2025-10-09T08:53:21.995Z|postgresql|orders|571|null|null|shipped|null
