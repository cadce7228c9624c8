SELECT order_id, customer, total, tags FROM glue_protobuf ORDER BY order_id
----
1|Zoë|12.5|[gift, rush]
2|Ann|3.0|[]
