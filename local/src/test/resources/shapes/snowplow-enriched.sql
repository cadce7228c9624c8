SELECT event, collector_tstamp, geo_latitude, page_title, page_urlport, contexts ->> '$.data[0].data.tier' AS tier, br_cookies, dvce_ismobile, tr_total, user_id, true_tstamp, _message_valid FROM snowplow_enriched ORDER BY collector_tstamp
----
page_view|2025-10-09T08:53:20.123Z|51.05|A "mill"|443|gold|true|false|null|null|null|true
transaction|2025-10-09T08:53:21Z|51.05|A "mill"|443|null|true|false|12.50|null|2025-10-09T08:53:20.500Z|true
