package dev.millrace.aws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;

/** The user's AWS configuration files, at the places the options' environment names. */
final class Profiles {
  private final ProfileFileSupplier current;
  private final ProfileFile file;
  private final String name;

  private Profiles(ProfileFileSupplier current, String name) {
    this.current = current;
    this.file = current.get();
    this.name = name;
  }

  static Profiles load(AwsOptions options) {
    List<ProfileFileSupplier> files = new ArrayList<>();
    add(files, options, "AWS_SHARED_CREDENTIALS_FILE", "credentials", ProfileFile.Type.CREDENTIALS);
    add(files, options, "AWS_CONFIG_FILE", "config", ProfileFile.Type.CONFIGURATION);
    String name = options.profile().or(() -> options.variable("AWS_PROFILE")).orElse("default");
    ProfileFileSupplier all =
        files.isEmpty()
            ? ProfileFileSupplier.fixedProfileFile(ProfileFile.aggregator().build())
            : ProfileFileSupplier.aggregate(files.toArray(ProfileFileSupplier[]::new));
    return new Profiles(all, name);
  }

  private static void add(
      List<ProfileFileSupplier> files,
      AwsOptions options,
      String variable,
      String defaultName,
      ProfileFile.Type type) {
    Path home = Path.of(options.variable("HOME").orElse(System.getProperty("user.home")));
    Path path =
        options.variable(variable).map(Path::of).orElse(home.resolve(".aws").resolve(defaultName));
    if (Files.isReadable(path)) {
      files.add(ProfileFileSupplier.reloadWhenModified(path, type));
    }
  }

  /** The files as they are when it is asked: what renews credentials writes them into these. */
  ProfileFileSupplier current() {
    return current;
  }

  /** The files as they were at the start: settings do not change while we run. */
  ProfileFile file() {
    return file;
  }

  String name() {
    return name;
  }

  boolean hasProfile() {
    return file.profile(name).isPresent();
  }

  /** A setting of the profile in use. */
  Optional<String> find(String property) {
    Optional<Profile> profile = file.profile(name);
    return profile.flatMap(found -> found.property(property));
  }
}
