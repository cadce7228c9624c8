package dev.millrace.pinot.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The table of Pinot's Kinesis page, with what a stream on loopback needs beside it. */
record KinesisTable(String name, int replicas, String tenant, Map<String, String> streamConfigs) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static KinesisTable of(String name, String stream, String endpoint) {
    Map<String, String> configs = new LinkedHashMap<>();
    configs.put("streamType", "kinesis");
    configs.put("stream.kinesis.topic.name", stream);
    configs.put("region", "us-east-1");
    configs.put("accessKey", "test");
    configs.put("secretKey", "test");
    configs.put("shardIteratorType", "AFTER_SEQUENCE_NUMBER");
    configs.put("stream.kinesis.consumer.type", "lowlevel");
    configs.put("stream.kinesis.fetch.timeout.millis", "30000");
    configs.put(
        "stream.kinesis.decoder.class.name",
        "org.apache.pinot.plugin.stream.kafka.KafkaJSONMessageDecoder");
    configs.put(
        "stream.kinesis.consumer.factory.class.name",
        "org.apache.pinot.plugin.stream.kinesis.KinesisConsumerFactory");
    configs.put("realtime.segment.flush.threshold.rows", "1000000");
    configs.put("realtime.segment.flush.threshold.time", "6h");
    configs.put("endpoint", endpoint);
    return new KinesisTable(name, 1, "DefaultTenant", configs);
  }

  KinesisTable with(String key, String value) {
    Map<String, String> configs = new LinkedHashMap<>(streamConfigs);
    configs.put(key, value);
    return new KinesisTable(name, replicas, tenant, configs);
  }

  KinesisTable withReplicas(int count) {
    return new KinesisTable(name, count, tenant, streamConfigs);
  }

  /** On the servers of that tenant alone. */
  KinesisTable withTenant(String server) {
    return new KinesisTable(name, replicas, server, streamConfigs);
  }

  String nameWithType() {
    return name + "_REALTIME";
  }

  String schema() {
    return """
        {"schemaName": "%s",
         "dimensionFieldSpecs": [
           {"name": "id", "dataType": "INT"}, {"name": "who", "dataType": "STRING"}],
         "dateTimeFieldSpecs": [
           {"name": "timestamp", "dataType": "LONG", "format": "1:MILLISECONDS:EPOCH",
            "granularity": "1:MILLISECONDS"}]}
        """
        .formatted(name);
  }

  String config() {
    try {
      return """
          {"tableName": "%s", "tableType": "REALTIME",
           "segmentsConfig": {"timeColumnName": "timestamp", "replicasPerPartition": "%d",
             "schemaName": "%s"},
           "tenants": {"server": "%s"},
           "tableIndexConfig": {"loadMode": "MMAP", "streamConfigs": %s},
           "metadata": {"customConfigs": {}}}
          """
          .formatted(name, replicas, name, tenant, MAPPER.writeValueAsString(streamConfigs));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the controller set it up: schema, table, first consuming segments. */
  void create(PinotController controller) throws Exception {
    controller.post("/schemas", schema());
    controller.post("/tables", config());
  }

  void change(PinotController controller) throws Exception {
    controller.put("/tables/" + name, config());
  }
}
