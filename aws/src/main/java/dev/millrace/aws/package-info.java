/**
 * The AWS SDK behind our own ports, and the only importer of it: the Kinesis adapter, definitions
 * kept in S3, credentials, region and endpoint.
 */
@NullMarked
package dev.millrace.aws;

import org.jspecify.annotations.NullMarked;
