package dev.millrace.verify;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import org.junit.jupiter.api.Test;

/** The arrows that Maven's module dependencies leave open. */
class ArrowsTest {
  /** Test classes come in a jar of their own, which the predefined option does not know. */
  private static final ImportOption NO_TEST_JARS = location -> !location.contains("-tests.jar");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(NO_TEST_JARS)
          .importPackages("dev.millrace");

  /** Of a plugin, which is on no class path of this module: the build has made them before. */
  private static JavaClasses classesOf(String module) {
    return new ClassFileImporter().importPath(Repository.file(module + "/target/classes"));
  }

  private static final JavaClasses TRINO = classesOf("trino");
  private static final JavaClasses PRESTO = classesOf("presto");
  private static final JavaClasses PINOT = classesOf("pinot");

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }

  private static DescribedPredicate<JavaClass> in(String... packages) {
    return resideInAnyPackage(packages);
  }

  @Test
  void stream_usesTheJdkAlone() {
    check(
        classes()
            .that(in("dev.millrace.stream..", "dev.millrace.read.."))
            .should()
            .onlyDependOnClassesThat(
                in("dev.millrace.stream..", "dev.millrace.read..", "java..", "org.jspecify..")));
  }

  @Test
  void streamValues_doNotKnowTheReader() {
    check(
        noClasses()
            .that(in("dev.millrace.stream.."))
            .should()
            .dependOnClassesThat(in("dev.millrace.read..")));
  }

  @Test
  void tables_knowNeitherTheReaderNorAnEngine() {
    check(
        noClasses()
            .that(in("dev.millrace.table..", "dev.millrace.decode..", "dev.millrace.infer.."))
            .should()
            .dependOnClassesThat(
                in(
                    "dev.millrace.read..",
                    "dev.millrace.local..",
                    "dev.millrace.aws..",
                    "java.sql..")));
  }

  @Test
  void tableDefinitions_doNotKnowHowTheyAreDecoded() {
    check(
        noClasses()
            .that(in("dev.millrace.table.."))
            .should()
            .dependOnClassesThat(in("dev.millrace.decode..")));
  }

  @Test
  void inference_isKnownToNeither() {
    check(
        noClasses()
            .that(in("dev.millrace.table..", "dev.millrace.decode.."))
            .should()
            .dependOnClassesThat(in("dev.millrace.infer..")));
  }

  @Test
  void awsSdk_isImportedByAwsAlone() {
    check(
        noClasses()
            .that(in("dev.millrace.."))
            .and(DescribedPredicate.not(in("dev.millrace.aws..", "dev.millrace.bench..")))
            .should()
            .dependOnClassesThat(in("software.amazon..")));
  }

  @Test
  void duckDb_isImportedByLocalAlone() {
    check(
        noClasses()
            .that(in("dev.millrace.."))
            .and(DescribedPredicate.not(in("dev.millrace.local..", "dev.millrace.bench..")))
            .should()
            .dependOnClassesThat(in("org.duckdb..")));
  }

  @Test
  void micrometer_isImportedByItsBindingAlone() {
    check(
        noClasses()
            .that(in("dev.millrace.."))
            .and(DescribedPredicate.not(in("dev.millrace.micrometer..")))
            .should()
            .dependOnClassesThat(in("io.micrometer..")));
  }

  @Test
  void emulator_dependsOnNoModuleOfOurs() {
    check(
        noClasses()
            .that(in("dev.millrace.emulator.."))
            .should()
            .dependOnClassesThat(
                in("dev.millrace..").and(DescribedPredicate.not(in("dev.millrace.emulator..")))));
  }

  @Test
  void nothing_dependsOnTheCommandLine() {
    check(
        noClasses()
            .that(DescribedPredicate.not(in("dev.millrace.cli..", "dev.millrace.bench..")))
            .should()
            .dependOnClassesThat(in("dev.millrace.cli..")));
  }

  @Test
  void connector_knowsNoEngine() {
    check(
        noClasses()
            .that(in("dev.millrace.connector.."))
            .should()
            .dependOnClassesThat(
                in(
                    "io.trino..",
                    "io.airlift..",
                    "com.facebook..",
                    "dev.millrace.trino..",
                    "dev.millrace.presto..",
                    "dev.millrace.local..")));
  }

  @Test
  void plugins_doNotKnowEachOther() {
    check(
        noClasses()
            .that(in("dev.millrace.trino.."))
            .should()
            .dependOnClassesThat(in("dev.millrace.presto..", "com.facebook.."))
            .allowEmptyShould(true));
    check(
        noClasses()
            .that(in("dev.millrace.presto.."))
            .should()
            .dependOnClassesThat(in("dev.millrace.trino..", "io.trino.."))
            .allowEmptyShould(true));
  }

  @Test
  void connector_knowsNeitherAnEngineNorAnotherHome() {
    check(
        noClasses()
            .that(in("dev.millrace.connector.."))
            .should()
            .dependOnClassesThat(
                in(
                    "dev.millrace.trino..",
                    "dev.millrace.presto..",
                    "dev.millrace.local..",
                    "dev.millrace.cli..",
                    "dev.millrace.emulator..")));
  }

  @Test
  void engines_areImportedByTheirPluginsAlone() {
    check(
        noClasses()
            .that(in("dev.millrace.."))
            .should()
            .dependOnClassesThat(
                in("io.trino..", "com.facebook.presto..", "io.airlift..", "org.apache.pinot..")));
  }

  @Test
  void plugins_knowTheConnectorAndNotEachOther() {
    check(PRESTO, "dev.millrace.presto..", "io.trino..");
    check(TRINO, "dev.millrace.trino..", "com.facebook.presto..");
  }

  private static void check(JavaClasses plugin, String own, String otherEngine) {
    classes()
        .that(in(own))
        .should(
            onlyDependOnClassesOfOursIn(
                own,
                "dev.millrace.connector..",
                "dev.millrace.stream..",
                "dev.millrace.read..",
                "dev.millrace.table.."))
        .check(plugin);
    noClasses()
        .that(in(own))
        .should()
        .dependOnClassesThat(in(otherEngine, "software.amazon..", "org.duckdb.."))
        .check(plugin);
  }

  private static ArchCondition<JavaClass> onlyDependOnClassesOfOursIn(String... packages) {
    return ArchConditions.onlyDependOnClassesThat(
        in(packages).or(DescribedPredicate.not(in("dev.millrace.."))));
  }

  @Test
  void pinotPlugin_knowsNoOtherHomeAndNotTheSdk() {
    classes()
        .that(in("dev.millrace.pinot.."))
        .should(
            onlyDependOnClassesOfOursIn(
                "dev.millrace.pinot..",
                "dev.millrace.stream..",
                "dev.millrace.read..",
                "dev.millrace.table..",
                "dev.millrace.decode..",
                "dev.millrace.aws.."))
        .check(PINOT);
    noClasses()
        .that(in("dev.millrace.pinot.."))
        .should()
        .dependOnClassesThat(in("software.amazon..", "org.duckdb.."))
        .check(PINOT);
    slices().matching("dev.millrace.(**)").should().beFreeOfCycles().check(PINOT);
  }

  @Test
  void packages_haveNoCycles() {
    check(slices().matching("dev.millrace.(**)").should().beFreeOfCycles());
  }
}
