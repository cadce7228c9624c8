package dev.millrace.pinot.group;

import dev.millrace.read.Pause;

/** What the providers of one JVM share: Pinot makes one for each question. */
record GroupParts(EndProbe probe, KnownGroups known, ValidationTrigger trigger) {
  private static final GroupParts OF_JVM =
      new GroupParts(new EndProbe(Pause.sleeping()), new KnownGroups(), ValidationTrigger.ofJvm());

  static GroupParts ofJvm() {
    return OF_JVM;
  }
}
