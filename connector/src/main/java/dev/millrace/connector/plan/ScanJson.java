package dev.millrace.connector.plan;

/** Scans and splits as JSON, written and read without a tree. */
final class ScanJson {
  private ScanJson() {}

  static String write(TableScan scan) {
    throw new UnsupportedOperationException("TableScan.encode");
  }

  static TableScan readTable(String text) {
    throw new UnsupportedOperationException("TableScan.decode");
  }

  static String write(SplitScan scan) {
    throw new UnsupportedOperationException("SplitScan.encode");
  }

  static SplitScan readSplit(String text) {
    throw new UnsupportedOperationException("SplitScan.decode");
  }
}
