package dev.millrace.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest; classes run from a build folder have none. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");
    return new String[] {"millrace " + version};
  }
}
