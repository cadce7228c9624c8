SELECT timestamp, c_ip, sc_status, cs_uri_stem, cs_user_agent, cs_referer, cs_uri_query, x_edge_result_type FROM cloudfront_logs ORDER BY timestamp
----
2025-10-09T08:53:20.123Z|203.0.113.7|200|/a mill/index.html|Mozilla/5.0 (X11; Linux x86_64)|null|q=café&n=1|Hit
2025-10-09T08:53:21Z|2001:db8::1|403|/admin|null|https://example.com/|null|Error
