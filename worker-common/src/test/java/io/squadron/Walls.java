package io.squadron;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;

/** The walls of the house, one rule each; every module holds its own packages against those that concern it. */
public final class Walls {
    private Walls() {}

    /** The production classes of {@code root} and below. */
    public static JavaClasses of(String root) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
    }

    /** Spark stays where Spark is spoken. */
    public static ArchRule sparkOnlyIn(String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..")
                .because("training must run, and be tested, without a cluster; Spark is one way to run a round")
                .allowEmptyShould(true);
    }

    /** Of Spark, {@code packages} know spark-network-common and nothing above it. */
    public static ArchRule onlySparksNetworkIn(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "scala..")
                        .and(not(resideInAnyPackage("org.apache.spark.network.."))))
                .because("replicas must talk, and be tested to talk, without a cluster")
                .allowEmptyShould(true);
    }

    /** Hadoop stays behind the verbs of storage. */
    public static ArchRule hadoopOnlyInStorage() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.squadron.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop..")
                .because("file:, hdfs: and s3a: behave alike only if one package knows their differences")
                .allowEmptyShould(true);
    }

    /** {@code pattern} names the rooms, as "io.squadron.(*)..". */
    public static ArchRule noCycles(String pattern) {
        return slices().matching(pattern)
                .should()
                .beFreeOfCycles()
                .because("a room that needs another which needs it is one room with a wall in the wrong place")
                .allowEmptyShould(true);
    }

    /** A function of its arguments: no clock, no unseeded randomness. */
    public static ArchRule pure(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(SplittableRandom.class)
                .because(
                        "what these rooms give must be a function of (seed, position): a resumed run gives the same bits")
                .allowEmptyShould(true);
    }

    /** Standard streams belong to the commands and to the report on the terminal. */
    public static ArchRule noPrintingOutside(String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("an executor's standard output is read by nobody: log a thing, or throw it")
                .allowEmptyShould(true);
    }

    /** One logging interface. */
    public static ArchRule noJavaLogging() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("all logging goes through slf4j, which Spark routes and the operator configures")
                .allowEmptyShould(true);
    }

    /** Plans and events are data. */
    public static ArchRule plansAndEventsAreRecords() {
        return classes()
                .that()
                .haveSimpleNameEndingWith("Plan")
                .or()
                .haveSimpleNameEndingWith("Event")
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .because("plans and events are values: they are compared, printed and sent")
                .allowEmptyShould(true);
    }
}
