SELECT contact_id, last_update, agent, agent_interaction_seconds, queue, customer_endpoint, attributes['tier'] AS tier, recordings FROM connect_contacts QUALIFY row_number() OVER (PARTITION BY contact_id, last_update ORDER BY _sequence_number) = 1 ORDER BY last_update
----
8bb1a5f1-0001-4d8a-a7f5-0a4a2b1c3d4e|2025-10-09T08:56:00Z|zoe|42|orders|{Address=+3291234567, Type=TELEPHONE_NUMBER}|gold|null
8bb1a5f1-0001-4d8a-a7f5-0a4a2b1c3d4e|2025-10-09T08:57:00Z|zoe|42|orders|{Address=+3291234567, Type=TELEPHONE_NUMBER}|gold|null
