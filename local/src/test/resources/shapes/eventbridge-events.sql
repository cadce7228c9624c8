SELECT id, detail_type, source, time, resources[1] AS resource, instance_id, state FROM eventbridge_events
----
6a7e8feb-b491-4cf7-a9f1-bf3703467718|EC2 Instance State-change Notification|aws.ec2|2025-10-09T08:53:20Z|arn:aws:ec2:eu-west-1:123456789012:instance/i-1234567890abcdef0|i-1234567890abcdef0|terminated
