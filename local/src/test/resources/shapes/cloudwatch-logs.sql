SELECT log_group, log_stream, owner, subscription_filters, logged_at, message, _row FROM cloudwatch_logs ORDER BY logged_at
----
/shop/web|web-1|123456789012|[to-kinesis]|2025-10-09T08:53:20.123Z|GET /mill 200|0
/shop/web|web-1|123456789012|[to-kinesis]|2025-10-09T08:53:21Z|say "hé"	then\nstop|1
/shop/web|web-2|123456789012|[to-kinesis]|2025-10-09T08:53:22Z||0
