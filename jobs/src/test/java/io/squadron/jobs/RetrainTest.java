package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.registry.Lease;
import io.squadron.driver.registry.Night;
import io.squadron.driver.registry.Registry;
import io.squadron.driver.registry.Stage;
import io.squadron.exchange.ModelFile;
import io.squadron.jobs.compose.TornNight;
import io.squadron.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A week of {@code retrain} on one registry: each test is a night, and goes on where the one before it ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetrainTest {
    private static final Storage STORAGE = Storage.of(Map.of());

    /** Whatever so little training gives is promoted, so that what follows does not hang on it. */
    private static final String[] LENIENT = {
        "training.engine=onednn",
        "training.epochs=1",
        "prepare.test-share=0.3",
        "retrain.margin=1",
        "retrain.class-fall=1"
    };

    @TempDir
    private static Path folder;

    private static Registry registry;

    @BeforeAll
    static void draw() {
        registry = Registry.at(STORAGE, folder.resolve("registry").toString());
        RealJobs.draw(STORAGE, uri("images"), 10, List.of("circle", "square"));
    }

    private static String uri(String name) {
        return folder.resolve(name).toUri().toString();
    }

    @Test
    @Order(1)
    void theFirstNightPromotesAndTellsSo() throws Exception {
        Path told = folder.resolve("told");
        Terminal night = night("monday", "retrain.notification=[sh, -c, \"env > %s; exit 3\"]".formatted(told));
        assertThat(night.exitCode()).as("exit code: %s", night).isZero();
        assertThat(night.out()).as("result").contains("night monday: promoted");
        assertThat(night.err()).as("a notification that fails fails nothing").contains("exit code 3");
        assertThat(Files.readString(told))
                .as("environment")
                .contains("SQUADRON_OUTCOME=promoted", "SQUADRON_NIGHT=monday", "SQUADRON_PROMOTED=monday");
        assertThat(registry.pointer().model()).as("promoted").isEqualTo("monday");
        assertThat(STORAGE.read(Storage.child(registry.directory(), "models/monday/lineage.json")))
                .as("lineage")
                .asString()
                .contains("\"fingerprint\"", "\"code\"", "\"configuration\"", "\"metrics\"");
    }

    @Test
    @Order(2)
    void theSameNightAgainSaysWhatItDid() {
        Terminal night = night("monday");
        assertThat(night.exitCode()).as("exit code: %s", night).isZero();
        assertThat(night.out()).as("result").contains("night monday: promoted", "done at");
    }

    @Test
    @Order(3)
    void aNightWithoutNewsHasNothingToDo() {
        Terminal night = night("tuesday");
        assertThat(night.exitCode()).as("exit code: %s", night).isEqualTo(10);
        assertThat(night.out()).as("result").contains("nothing-to-do", "as it was in night monday");
        assertThat(night("tuesday").exitCode())
                .as("exit code of the same night")
                .isEqualTo(10);
    }

    @Test
    @Order(4)
    void whoFindsAnotherAtWorkLeaves() {
        Lease.Attempt other =
                Lease.take(STORAGE, registry.lock(), "another", Duration.ofMinutes(5), System::currentTimeMillis);
        Terminal night = night("wednesday");
        assertThat(night.exitCode()).as("exit code: %s", night).isEqualTo(12);
        assertThat(night.out()).as("result").contains("another is at work");
        ((Lease.Attempt.Taken) other).lease().release();
        assertThat(registry.night("wednesday").find(Stage.Begun.class))
                .as("what it left")
                .isEmpty();
    }

    @Test
    @Order(5)
    void aBadDeliveryFailsAndTouchesNothingUntilItIsMended() {
        for (int i = 0; i < 3; i++) {
            STORAGE.publish(uri("images/circle/bad%d.png".formatted(i)), new byte[] {1, 2, 3});
        }
        Terminal night = night("wednesday", "prepare.reject-share=0.5");
        assertThat(night.exitCode()).as("exit code: %s", night).isEqualTo(3);
        assertThat(night.err()).as("error").contains("3 of 3 images are damaged", "rejects.jsonl");
        assertThat(registry.pointer().model()).as("promoted").isEqualTo("monday");
        assertThat(STORAGE.exists(registry.dataset("wednesday"))).as("dataset").isFalse();
        for (int i = 0; i < 3; i++) {
            STORAGE.delete(uri("images/circle/bad%d.png".formatted(i)));
        }
        Terminal mended = night("wednesday");
        assertThat(mended.exitCode()).as("exit code once mended: %s", mended).isEqualTo(10);
    }

    @Test
    @Order(6)
    void aNewClassAndACrashBetweenTrainingAndPromotion() {
        RealJobs.draw(STORAGE, uri("images"), 10, List.of("triangle"));
        TornNight.after(Stage.Trained.class, arguments("thursday"));
        Night torn = registry.night("thursday");
        assertThat(torn.find(Stage.Trained.class)).as("trained").isPresent();
        assertThat(torn.find(Stage.Ended.class)).as("ended").isEmpty();
        assertThat(registry.pointer().model()).as("promoted after the crash").isEqualTo("monday");

        Terminal night = night("thursday");
        assertThat(night.exitCode()).as("exit code: %s", night).isZero();
        assertThat(night.err()).as("progress").doesNotContain("epoch");
        assertThat(registry.pointer().model()).as("promoted").isEqualTo("thursday");
        assertThat(ModelFile.read(STORAGE, registry.promoted()).facts().classes())
                .as("classes")
                .containsExactly("circle", "square", "triangle");
        assertThat(torn.find(Stage.Compared.class).orElseThrow().comparison().classes())
                .as("the champion did not know the new class")
                .anySatisfy(each -> assertThat(each.champion()).isEqualTo(-1));
    }

    @Test
    @Order(7)
    void aRollbackIsNotUndoneByTheNextNight() {
        Terminal back = RealJobs.run("rollback", "--registry", registry.directory());
        assertThat(back.out()).as("result: %s", back).contains("promoted: monday (before: thursday)");
        Terminal night = night("friday");
        assertThat(night.exitCode()).as("exit code: %s", night).isEqualTo(10);
        assertThat(registry.pointer().model()).as("promoted").isEqualTo("monday");
    }

    @Test
    @Order(8)
    void aChallengerThatIsNotProvenBetterIsRejected() {
        RealJobs.draw(STORAGE, uri("images"), 8, List.of("star"));
        Terminal night = night("saturday", "retrain.margin=-0.99");
        assertThat(night.exitCode()).as("exit code: %s", night).isEqualTo(11);
        assertThat(night.out()).as("result").contains("rejected", "retrain.margin");
        assertThat(registry.pointer().model()).as("promoted").isEqualTo("monday");
        Terminal history = RealJobs.run("registry", registry.directory());
        assertThat(history.out())
                .as("history")
                .contains("monday", "nothing to do", "rejected", "rolled back from thursday to monday")
                .contains("promoted: monday");
        assertThat(RealJobs.run("registry", registry.directory(), "--promoted").out())
                .as("promoted")
                .isEqualToIgnoringNewLines(registry.model("monday"));
    }

    private static Terminal night(String id, String... further) {
        return RealJobs.run(arguments(id, further).toArray(String[]::new));
    }

    private static List<String> arguments(String id, String... further) {
        List<String> settings = new ArrayList<>(List.of(LENIENT));
        settings.addAll(List.of(further));
        return RealJobs.small(
                List.of("retrain", "--from", uri("images"), "--registry", registry.directory(), "--id", id), settings);
    }
}
