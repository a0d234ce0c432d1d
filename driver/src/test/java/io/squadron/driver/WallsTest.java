package io.squadron.driver;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.squadron.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses CLASSES = Walls.of("io.squadron.driver");

    @Test
    void onlyTheSparkRoomKnowsSpark() {
        Walls.sparkOnlyIn("io.squadron.driver.spark..", "io.squadron.driver.dl4j..", "io.squadron.driver.transport..")
                .check(CLASSES);
    }

    @Test
    void theTransportKnowsOnlyTheNetworkOfSpark() {
        Walls.onlySparksNetworkIn("io.squadron.driver.transport..").check(CLASSES);
    }

    @Test
    void onlyStorageKnowsHadoop() {
        Walls.hadoopOnlyInStorage().check(CLASSES);
    }

    @Test
    void roomsHaveNoCycles() {
        Walls.noCycles("io.squadron.driver.(*)..").check(CLASSES);
    }

    @Test
    void schedulesAndPlansAreFunctions() {
        Walls.pure("io.squadron.driver.schedule..", "io.squadron.driver.experiment..")
                .check(CLASSES);
    }

    @Test
    void onlyTheReportPrints() {
        Walls.noPrintingOutside("io.squadron.driver.report..").check(CLASSES);
    }

    @Test
    void allLoggingIsSlf4j() {
        Walls.noJavaLogging().check(CLASSES);
    }

    @Test
    void plansAndEventsAreRecords() {
        Walls.plansAndEventsAreRecords().check(CLASSES);
    }
}
