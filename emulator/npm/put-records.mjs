// Puts records through another hand: the AWS SDK for JavaScript.
//
//   node put-records.mjs ENDPOINT STREAM FILE [SHARDS]
//
// FILE holds one JSON object a line: {"key": "partition key", "data": "base64"}. With SHARDS the
// stream is created first. Prints one line a record, in the file's order: shard id, space, sequence
// number.
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import {
  CreateStreamCommand,
  KinesisClient,
  PutRecordsCommand,
  waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";

const MAX_RECORDS = 500;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_ATTEMPTS = 50;

const [endpoint, stream, file, shards] = process.argv.slice(2);
const client = new KinesisClient({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  // The SDK's own choice is HTTP/2, which a plain HTTP/1.1 endpoint does not speak.
  requestHandler: new NodeHttpHandler(),
});

if (shards) {
  await client.send(new CreateStreamCommand({ StreamName: stream, ShardCount: Number(shards) }));
  await waitUntilStreamExists(
    { client, minDelay: 1, maxDelay: 1, maxWaitTime: 30 },
    { StreamName: stream },
  );
}

const records = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line))
  .map(({ key, data }) => ({ PartitionKey: key, Data: Buffer.from(data, "base64") }));

for (const batch of batches(records)) {
  for (const result of await putAll(batch)) {
    console.log(`${result.ShardId} ${result.SequenceNumber}`);
  }
}

function* batches(all) {
  let batch = [];
  let bytes = 0;
  for (const record of all) {
    const size = record.Data.length + Buffer.byteLength(record.PartitionKey);
    if (batch.length === MAX_RECORDS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) {
    yield batch;
  }
}

// PutRecords may take some records and refuse others: the refused ones are put again.
async function putAll(batch) {
  const results = new Array(batch.length);
  let left = batch.map((record, index) => ({ record, index }));
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === MAX_ATTEMPTS) {
      throw new Error(`${left.length} records were refused ${MAX_ATTEMPTS} times`);
    }
    if (attempt > 0) {
      await setTimeout(100);
    }
    const answer = await client.send(
      new PutRecordsCommand({ StreamName: stream, Records: left.map(({ record }) => record) }),
    );
    answer.Records.forEach((result, i) => {
      if (!result.ErrorCode) {
        results[left[i].index] = result;
      }
    });
    left = left.filter((_, i) => answer.Records[i].ErrorCode);
  }
  return results;
}
