SELECT batch, order_id, sku, quantity, _row FROM order_items ORDER BY order_id
----
b-1|1|A-1|2|0
b-1|2|B-2|1|1
