SELECT event_name, changed_at, order_id, status, old_status, total, tags, address.city AS city, new_image ->> '$.photo' AS photo, new_image -> '$.sizes' AS sizes, user_identity ->> '$.type' AS by FROM dynamodb_changes ORDER BY changed_at
----
INSERT|2025-10-09T08:53:20.123Z|A-17|placed|null|12.50|[gift, rush]|Gent|3q2+7w==|[1,2.5]|null
MODIFY|2025-10-09T08:53:21Z|A-17|shipped|placed|12.50|[gift, rush]|Gent|3q2+7w==|[1,2.5]|null
REMOVE|2025-10-09T08:53:22Z|A-17|null|shipped|null|null|null|null|null|Service
