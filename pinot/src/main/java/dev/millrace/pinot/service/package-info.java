/**
 * What all tables of a server, or of a controller, share: one client for each way into Kinesis, one
 * set of threads, one read budget for each shard. It lives while somebody holds a lease.
 */
@NullMarked
package dev.millrace.pinot.service;

import org.jspecify.annotations.NullMarked;
