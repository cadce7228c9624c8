package dev.millrace.aws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/** The user's AWS configuration files, at the places the options' environment names. */
final class Profiles {
  private final ProfileFile file;
  private final String name;

  private Profiles(ProfileFile file, String name) {
    this.file = file;
    this.name = name;
  }

  static Profiles load(AwsOptions options) {
    ProfileFile.Aggregator files = ProfileFile.aggregator();
    add(files, options, "AWS_SHARED_CREDENTIALS_FILE", "credentials", ProfileFile.Type.CREDENTIALS);
    add(files, options, "AWS_CONFIG_FILE", "config", ProfileFile.Type.CONFIGURATION);
    String name = options.profile().or(() -> options.variable("AWS_PROFILE")).orElse("default");
    return new Profiles(files.build(), name);
  }

  private static void add(
      ProfileFile.Aggregator files,
      AwsOptions options,
      String variable,
      String defaultName,
      ProfileFile.Type type) {
    Path home = Path.of(options.variable("HOME").orElse(System.getProperty("user.home")));
    Path path =
        options.variable(variable).map(Path::of).orElse(home.resolve(".aws").resolve(defaultName));
    if (Files.isReadable(path)) {
      files.addFile(ProfileFile.builder().content(path).type(type).build());
    }
  }

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
