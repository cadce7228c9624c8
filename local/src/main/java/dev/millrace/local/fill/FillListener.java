package dev.millrace.local.fill;

import dev.millrace.read.Estimate;

/** Hears how a fill goes, on the thread that fills. */
public interface FillListener {

  /** There is much to read; called at most once, before most of it is read. */
  void estimated(Estimate estimate);

  /** Something was committed, or a shard is done. */
  void progressed(FillProgress progress);

  /** Hears nothing. */
  static FillListener silent() {
    return new FillListener() {
      @Override
      public void estimated(Estimate estimate) {}

      @Override
      public void progressed(FillProgress progress) {}
    };
  }
}
