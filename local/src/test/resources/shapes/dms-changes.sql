SELECT operation, record_type, committed_at, source_table, transaction_id, order_id, status, total FROM dms_changes ORDER BY committed_at
----
create-table|control|2025-10-09T08:53:19Z|orders|77309411405|null|null|null
insert|data|2025-10-09T08:53:20.123456Z|orders|77309411405|17|placed|12.50
update|data|2025-10-09T08:53:21Z|orders|77309411405|17|shipped|12.50
