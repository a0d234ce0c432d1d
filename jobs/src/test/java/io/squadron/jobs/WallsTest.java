package io.squadron.jobs;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.squadron.Walls;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses CLASSES = Walls.of("io.squadron.jobs");

    @Test
    void onlyStorageKnowsHadoop() {
        Walls.hadoopOnlyInStorage().check(CLASSES);
    }

    @Test
    void onlyTheComposersKnowSpark() {
        Walls.sparkOnlyIn("io.squadron.jobs.compose", "io.squadron.jobs.ml").check(CLASSES);
    }

    @Test
    void roomsHaveNoCycles() {
        Walls.noCycles("io.squadron.jobs.(*)..").check(CLASSES);
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
