package dev.millrace.infer;

import java.util.List;
import java.util.Set;

/** VPC flow logs in their default format, told by what stands where. */
final class VpcFlowLogs {
  static final List<String> NAMES =
      List.of(
          "version",
          "account_id",
          "interface_id",
          "srcaddr",
          "dstaddr",
          "srcport",
          "dstport",
          "protocol",
          "packets",
          "bytes",
          "start_time",
          "end_time",
          "action",
          "log_status");

  private static final Set<String> STATUS = Set.of("OK", "NODATA", "SKIPDATA");

  private VpcFlowLogs() {}

  static boolean are(List<List<String>> lines, char delimiter) {
    return delimiter == ' ' && Share.isEnough(lines, VpcFlowLogs::isOne);
  }

  private static boolean isOne(List<String> values) {
    return values.size() == NAMES.size()
        && values.get(2).startsWith("eni-")
        && STATUS.contains(values.get(NAMES.size() - 1));
  }
}
