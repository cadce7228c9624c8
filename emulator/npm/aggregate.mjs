// Makes one aggregate through another hand: the aggregation library for Node.
//
//   node aggregate.mjs < FILE
//
// FILE holds one JSON object a line: {"key": "partition key", "hashKey": "explicit hash key, or
// absent", "data": "base64"}. Prints the aggregate in base64.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { RecordAggregator } = createRequire(import.meta.url)("aws-kinesis-agg");

const aggregator = new RecordAggregator();
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { key, hashKey, data } = JSON.parse(line);
  aggregator.putRecords.push({
    partitionKey: key,
    explicitHashKey: hashKey,
    data: Buffer.from(data, "base64"),
  });
}
console.log(aggregator.build().data.toString("base64"));
