SELECT id, item, price, sold_at, _row FROM firehose_lines ORDER BY id
----
1|mill 1|1.50|2025-10-09T08:53:21Z|0
2|mill 2|2.50|2025-10-09T08:53:22Z|1
3|mill 3|3.50|2025-10-09T08:53:23Z|2
4|mill 4|4.50|2025-10-09T08:53:24Z|0
5|mill 5|5.50|2025-10-09T08:53:25Z|1
