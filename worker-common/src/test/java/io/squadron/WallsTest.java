package io.squadron;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.squadron.dataset.SampleOrder;
import io.squadron.dataset.Share;
import io.squadron.dataset.Shares;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses CLASSES = Walls.of("io.squadron");

    @Test
    void workersKnowNoSpark() {
        Walls.sparkOnlyIn("io.squadron.driver.spark..", "io.squadron.jobs..").check(CLASSES);
    }

    @Test
    void onlyStorageKnowsHadoop() {
        Walls.hadoopOnlyInStorage().check(CLASSES);
    }

    @Test
    void roomsHaveNoCycles() {
        Walls.noCycles("io.squadron.(*)..").check(CLASSES);
    }

    @Test
    void pureRoomsAreFunctions() {
        Walls.pure(
                        "io.squadron.model",
                        "io.squadron.random..",
                        "io.squadron.optim..",
                        "io.squadron.image..",
                        "io.squadron.evaluation..")
                .check(CLASSES);
    }

    @Test
    void theSampleOrderKnowsNoClockAndNoLibraryRandomness() {
        noClasses()
                .that(belongToAnyOf(SampleOrder.class, Share.class, Shares.class))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("which sample comes when is a function of (seed, epoch, n) alone")
                .check(CLASSES);
    }

    @Test
    void workersPrintNothing() {
        Walls.noPrintingOutside().check(CLASSES);
    }

    @Test
    void allLoggingIsSlf4j() {
        Walls.noJavaLogging().check(CLASSES);
    }

    @Test
    void plansAreRecords() {
        Walls.plansAndEventsAreRecords().check(CLASSES);
    }

    /** A wall that nothing runs into is seen to stand. */
    @Test
    void theWallsStandWhereSomethingRunsIntoThem() {
        JavaClasses offenders = new ClassFileImporter().importClasses(OffenderPlan.class);
        assertThatThrownBy(() -> Walls.pure("io.squadron..").check(offenders)).hasMessageContaining("nanoTime");
        assertThatThrownBy(() -> Walls.pure("io.squadron..").check(offenders)).hasMessageContaining("java.util.Random");
        assertThatThrownBy(() -> Walls.noPrintingOutside().check(offenders)).hasMessageContaining("System.out");
        assertThatThrownBy(() -> Walls.noJavaLogging().check(offenders)).hasMessageContaining("java.util.logging");
        assertThatThrownBy(() -> Walls.plansAndEventsAreRecords().check(offenders))
                .hasMessageContaining("OffenderPlan");
    }

    /** Does everything that is forbidden; is never run. */
    private static final class OffenderPlan {
        private final java.util.logging.Logger logger = java.util.logging.Logger.getLogger("offender");
        private final Random random = new Random();

        @Override
        public String toString() {
            System.out.println(logger.getName());
            return Long.toString(System.nanoTime() + random.nextInt());
        }
    }
}
