SELECT log_group, interface_id, srcaddr, dstport, bytes, start, action, log_status, _message_valid FROM vpc_flow_logs ORDER BY start
----
/vpc/flow|eni-0a1b2c3d|10.0.1.5|443|8400|2025-10-09T08:53:20Z|ACCEPT|OK|true
/vpc/flow|eni-0a1b2c3d|null|null|null|2025-10-09T08:54:20Z|null|NODATA|true
