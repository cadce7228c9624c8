SELECT type, event, user_id, occurred_at, ip, library.name AS library, page_path, revenue, properties ->> '$.products[0].sku' AS sku FROM segment_events ORDER BY occurred_at
----
track|Order Completed|u-17|2025-10-09T08:53:20.123Z|203.0.113.7|analytics.js|/mill|12.50|A-1
identify|null|u-17|2025-10-09T08:53:21Z|null|null|null|null|null
