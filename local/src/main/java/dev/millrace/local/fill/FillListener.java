package dev.millrace.local.fill;

/** Hears how a fill goes, on the thread that fills. */
public interface FillListener {

  /** There is much to read; called at most once, before most of it is read. */
  void estimated(FillEstimate estimate);

  /** Something was committed, or a shard is done. */
  void progressed(FillProgress progress);

  /** Hears nothing. */
  static FillListener silent() {
    return new FillListener() {
      @Override
      public void estimated(FillEstimate estimate) {}

      @Override
      public void progressed(FillProgress progress) {}
    };
  }
}
