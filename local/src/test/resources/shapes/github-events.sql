SELECT id, type, actor.login AS login, repo.name AS repo, public, created_at, action, commits[1].message AS first_commit FROM events ORDER BY created_at
----
22249084947|PushEvent|octocat|octocat/Hello-World|true|2025-10-09T08:53:20Z|null|commit
22237752260|WatchEvent|octocat|octocat/Hello-World|true|2025-10-09T08:53:21Z|started|null
